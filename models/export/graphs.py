"""The four graphs of a model as torch modules that trace cleanly: real arithmetic, no in-place writes, batch free.

Every parameter keeps the name it has in the official checkpoint; buffers named `gen_` are position tables that the
converter computes.
"""

import torch
import torch.nn as nn
import torch.nn.functional as F


class FusedAttention(torch.autograd.Function):
    """q, k, v [B, tokens, heads * width] -> [B, tokens of q, width of v]; com.microsoft.MultiHeadAttention in the graph."""

    @staticmethod
    def forward(ctx, q, k, v, heads):
        def split(x):
            return x.reshape(x.shape[0], x.shape[1], heads, -1).transpose(1, 2)

        out = F.scaled_dot_product_attention(split(q), split(k), split(v))
        return out.transpose(1, 2).reshape(q.shape[0], q.shape[1], v.shape[2])

    @staticmethod
    def symbolic(g, q, k, v, heads):
        out = g.op("com.microsoft::MultiHeadAttention", q, k, v, num_heads_i=heads)
        out.setType(q.type().with_sizes([None, None, None]))
        return out


def attend(q, k, v, fused):
    """One head. Fused: a third of the memory at 1024 pixels; plain: quicker where memories are few tokens."""
    if fused:
        return FusedAttention.apply(q, k, v, 1)
    return torch.softmax((q * q.shape[-1] ** -0.5) @ k.transpose(-1, -2), -1) @ v


def project_in_halves(projection, x):
    """A projection whose channels come first ones of pairs first: queries and keys alike, so that products stay.

    Rotary positions turn pairs of neighbouring channels; on halves the same is done without strides.
    """
    width = projection.weight.shape[0]
    order = torch.cat([torch.arange(0, width, 2), torch.arange(1, width, 2)])
    return F.linear(x, projection.weight[order], projection.bias[order])


def rotate(x, cos, sin):
    """Rotary position encoding of channels in halves; x [..., T, C], tables [T, C / 2]."""
    half = x.shape[-1] // 2
    a, b = x[..., :half], x[..., half:]
    return torch.cat((a * cos - b * sin, a * sin + b * cos), -1)


def fuse_hiera_attention(model, least_tokens: int = 1):
    """Replaces the attention of Hiera's blocks by the fused operator."""
    from sam2.modeling.backbones import hieradet

    def forward(self, x):
        batch, height, width, _ = x.shape
        qkv = self.qkv(x).reshape(batch, height * width, 3, -1)
        q, k, v = qkv[:, :, 0], qkv[:, :, 1], qkv[:, :, 2]
        if self.q_pool:
            q = hieradet.do_pool(q.reshape(batch, height, width, -1), self.q_pool)
            height, width = q.shape[1:3]
            q = q.reshape(batch, height * width, -1)
        return self.proj(FusedAttention.apply(q, k, v, self.num_heads).reshape(batch, height, width, -1))

    for module in model.modules():
        if isinstance(module, hieradet.MultiScaleAttention):
            module.forward = forward.__get__(module)


class ImageEncoder(nn.Module):
    inputs = ["image"]
    outputs = ["feat_s0", "feat_s1", "feat_s2"]
    dynamic = {}

    def __init__(self, model, fused):
        super().__init__()
        self.image_encoder = model.image_encoder
        self.sam_mask_decoder = nn.Module()
        self.sam_mask_decoder.conv_s0 = model.sam_mask_decoder.conv_s0
        self.sam_mask_decoder.conv_s1 = model.sam_mask_decoder.conv_s1
        self.size = model.image_size

    def example(self):
        return (torch.randn(1, 3, self.size, self.size),)

    def forward(self, image):
        levels, _ = self.image_encoder.neck(self.image_encoder.trunk(image))
        decoder = self.sam_mask_decoder
        return decoder.conv_s0(levels[0]), decoder.conv_s1(levels[1]), levels[2]


class MaskDecoder(nn.Module):
    inputs = ["pix_feat", "feat_s0", "feat_s1", "point_coords", "point_labels", "mask_input", "has_mask"]
    outputs = ["masks", "ious", "obj_ptrs", "object_score"]
    dynamic = {
        "pix_feat": {0: "B"},
        "point_coords": {0: "B", 1: "P"},
        "point_labels": {0: "B", 1: "P"},
        "mask_input": {0: "B"},
        "has_mask": {0: "B"},
        "masks": {0: "B"},
        "ious": {0: "B"},
        "obj_ptrs": {0: "B"},
        "object_score": {0: "B"},
    }

    def __init__(self, model, fused):
        super().__init__()
        self.sam_prompt_encoder = model.sam_prompt_encoder
        self.sam_mask_decoder = model.sam_mask_decoder
        self.obj_ptr_proj = model.obj_ptr_proj
        self.no_obj_ptr = model.no_obj_ptr
        self.size, self.width = model.image_size, model.hidden_dim

    def example(self):
        n, width, batch = self.size // 16, self.width, 2
        coords = torch.rand(batch, 2, 2) * self.size
        maps = torch.randn(1, width // 8, 4 * n, 4 * n), torch.randn(1, width // 4, 2 * n, 2 * n)
        masks = torch.randn(batch, 1, 4 * n, 4 * n), torch.ones(batch, 1, 1, 1)
        return torch.randn(batch, width, n, n), *maps, coords, torch.ones(batch, 2), *masks

    def sparse(self, coords, labels):
        """The prompt encoder's points, without writes in place; one point that says nothing is appended."""
        encoder = self.sam_prompt_encoder
        coords = coords + 0.5
        coords = torch.cat([coords, torch.zeros_like(coords[:, :1])], 1)
        labels = torch.cat([labels, torch.zeros_like(labels[:, :1]) - 1], 1)[..., None]
        sparse = encoder.pe_layer._pe_encoding(coords / float(self.size))
        sparse = torch.where(labels == -1, encoder.not_a_point_embed.weight[None], sparse)
        for kind in range(4):
            sparse = sparse + (labels == kind).float() * encoder.point_embeddings[kind].weight[None]
        return sparse

    def forward(self, pix_feat, feat_s0, feat_s1, point_coords, point_labels, mask_input, has_mask):
        encoder = self.sam_prompt_encoder
        no_mask = encoder.no_mask_embed.weight.reshape(1, -1, 1, 1)
        masks, ious, tokens, score = self.sam_mask_decoder.predict_masks(
            image_embeddings=pix_feat,
            image_pe=encoder.get_dense_pe(),
            sparse_prompt_embeddings=self.sparse(point_coords, point_labels),
            dense_prompt_embeddings=encoder.mask_downscaling(mask_input) * has_mask + no_mask * (1 - has_mask),
            repeat_image=False,
            high_res_features=[feat_s0, feat_s1],
        )
        there = score > 0
        masks = torch.where(there[:, :, None, None], masks, torch.full_like(masks, -1024.0))
        share = there.float()[:, :, None]
        pointers = share * self.obj_ptr_proj(tokens) + (1 - share) * self.no_obj_ptr
        return masks, ious, pointers, score


class MemoryEncoder(nn.Module):
    inputs = ["feat_s2", "low_res_mask", "object_score", "binarize"]
    outputs = ["memory"]
    dynamic = {"low_res_mask": {0: "B"}, "object_score": {0: "B"}, "binarize": {0: "B"}, "memory": {0: "B"}}

    def __init__(self, model, fused):
        super().__init__()
        self.memory_encoder = model.memory_encoder
        self.no_obj_embed_spatial = getattr(model, "no_obj_embed_spatial", None)
        self.spatial_perceiver = getattr(model, "spatial_perceiver", None)
        self.size, self.width, self.memory_width = model.image_size, model.hidden_dim, model.mem_dim
        n = self.size // 16
        if self.spatial_perceiver is not None:
            table = model.memory_encoder.position_encoding(torch.zeros(1, self.memory_width, n, n))
            self.register_buffer("gen_sine_channels_first", table.clone())

    def example(self):
        n, batch = self.size // 16, 2
        mask = torch.randn(batch, 1, 4 * n, 4 * n)
        return torch.randn(1, self.width, n, n), mask, torch.randn(batch, 1), torch.zeros(batch, 1, 1, 1)

    def forward(self, feat_s2, low_res_mask, object_score, binarize):
        mask = F.interpolate(low_res_mask, size=(self.size, self.size), mode="bilinear", align_corners=False)
        mask = torch.where(binarize > 0, (mask > 0).float(), torch.sigmoid(mask)) * 20.0 - 10.0
        encoder = self.memory_encoder
        x = encoder.mask_downsampler(mask) + encoder.pix_feat_proj(feat_s2)
        x = encoder.out_proj(encoder.fuser(x))
        if self.no_obj_embed_spatial is not None:
            hidden = 1 - (object_score > 0).float()
            x = x + hidden[:, :, None, None] * self.no_obj_embed_spatial[:, :, None, None]
        if self.spatial_perceiver is None:
            return x.flatten(2).transpose(1, 2)
        return self.perceive(x)

    def perceive(self, x):
        """EdgeTAM: latents that see the whole frame, and latents that see a window each."""
        perceiver, width, batch = self.spatial_perceiver, self.memory_width, x.shape[0]
        whole, _ = perceiver.forward_1d(x, self.gen_sine_channels_first.expand(batch, -1, -1, -1))
        side = int(perceiver.num_latents_2d**0.5)
        cells = self.size // 16 // side
        latents = perceiver.latents_2d.unsqueeze(0).expand(batch, -1, -1).reshape(-1, 1, width)
        windows = x.permute(0, 2, 3, 1).reshape(batch, side, cells, side, cells, width)
        windows = windows.permute(0, 1, 3, 2, 4, 5).reshape(-1, cells * cells, width)
        for layer in perceiver.layers:
            latents = layer(latents, windows)
        local = perceiver.norm(latents.reshape(batch, side * side, width))
        return torch.cat([whole, local], 1)


class MemoryAttention(nn.Module):
    """Memory comes as a list of tokens, each with its place in a frame and its row of the temporal table: so a
    caller may leave tokens out. An object's pointers are tokens too, without a place."""

    inputs = ["feat_s2", "memory", "mem_place", "mem_tpos", "obj_ptrs", "obj_ptr_tdiff"]
    outputs = ["pix_feat"]
    dynamic = {
        "memory": {0: "B", 1: "K"},
        "mem_place": {0: "K"},
        "mem_tpos": {0: "K"},
        "obj_ptrs": {0: "B", 1: "M"},
        "obj_ptr_tdiff": {0: "M"},
        "pix_feat": {0: "B"},
    }

    def __init__(self, model, fused):
        super().__init__()
        self.memory_attention = model.memory_attention
        self.maskmem_tpos_enc = model.maskmem_tpos_enc
        self.fused = fused
        self.size, self.width, self.memory_width = model.image_size, model.hidden_dim, model.mem_dim
        n = self.size // 16
        self.perceiver = getattr(model, "spatial_perceiver", None)
        self.signed = bool(model.add_tpos_enc_to_obj_ptrs)
        if self.signed:
            self.obj_ptr_tpos_proj = model.obj_ptr_tpos_proj
            half = torch.arange(self.width // 2, dtype=torch.float32)
            self.register_buffer("gen_dim_t", 10000 ** (2 * (half // 2) / (self.width // 2)))

        def tokens(table):
            return table.clone().flatten(2).transpose(1, 2)

        self.register_buffer("gen_sine", tokens(model.image_encoder.neck.position_encoding(torch.zeros(1, self.width, n, n))))
        rope = self.rope(n)
        self.register_buffer("gen_rope_cos", rope.real.clone())
        self.register_buffer("gen_rope_sin", rope.imag.clone())
        if self.perceiver is None:
            sine = tokens(model.memory_encoder.position_encoding(torch.zeros(1, self.memory_width, n, n)))
            self.register_buffer("gen_memory_sine", sine[0])
            return
        # EdgeTAM's first latents have no place: no sine, and a rotation by nothing.
        side = int(self.perceiver.num_latents_2d**0.5)
        sine = tokens(self.perceiver.position_encoding(torch.zeros(1, self.memory_width, side, side)))[0]
        self.register_buffer("gen_perceiver_sine", torch.cat([torch.zeros_like(sine), sine]))
        cos, sin = self.rope(side).real.clone(), self.rope(side).imag.clone()
        self.register_buffer("gen_perceiver_rope_cos", torch.cat([torch.ones_like(cos), cos]))
        self.register_buffer("gen_perceiver_rope_sin", torch.cat([torch.zeros_like(sin), sin]))

    def rope(self, side):
        return self.memory_attention.layers[0].self_attn.compute_cis(end_x=side, end_y=side)

    @property
    def memory_tokens(self):
        return (self.size // 16) ** 2 if self.perceiver is None else self.perceiver.num_latents + self.perceiver.num_latents_2d

    def example(self):
        n, batch, tokens = self.size // 16, 2, self.memory_tokens
        memory = torch.randn(batch, 2 * tokens, self.memory_width)
        place = torch.arange(2 * tokens, dtype=torch.int32) % tokens
        time = (torch.arange(2 * tokens) // tokens).to(torch.int32)
        pointers = torch.randn(batch, 3, self.width), torch.tensor([0.2, 0.1, 0.3])
        return torch.randn(1, self.width, n, n), memory, place, time, *pointers

    def pointer_keys(self, pointers, obj_ptr_tdiff):
        if not self.signed:
            return pointers
        angle = obj_ptr_tdiff[:, None] / self.gen_dim_t
        times = self.obj_ptr_tpos_proj(torch.cat([angle.sin(), angle.cos()], -1))
        parts = self.width // self.memory_width
        return pointers + times[:, None].expand(-1, parts, -1).reshape(1, -1, self.memory_width)

    def forward(self, feat_s2, memory, mem_place, mem_tpos, obj_ptrs, obj_ptr_tdiff):
        batch = memory.shape[0]
        parts = self.width // self.memory_width
        x = (feat_s2.flatten(2).transpose(1, 2) + 0.1 * self.gen_sine).expand(batch, -1, -1)
        if self.perceiver is None:
            sine, key_cos, key_sin = self.gen_memory_sine, self.gen_rope_cos, self.gen_rope_sin
        else:
            sine, key_cos, key_sin = self.gen_perceiver_sine, self.gen_perceiver_rope_cos, self.gen_perceiver_rope_sin
        memory_in = memory + sine[mem_place][None] + self.maskmem_tpos_enc[:, 0, 0][mem_tpos][None]
        key_cos, key_sin = key_cos[mem_place], key_sin[mem_place]
        pointers = obj_ptrs.reshape(batch, obj_ptrs.shape[1] * parts, self.memory_width)
        pointers_in = self.pointer_keys(pointers, obj_ptr_tdiff)
        values = torch.cat([memory, pointers], 1)
        cos, sin = self.gen_rope_cos, self.gen_rope_sin
        for layer in self.memory_attention.layers:
            own, cross = layer.self_attn, layer.cross_attn_image
            t = layer.norm1(x)
            q = rotate(project_in_halves(own.q_proj, t), cos, sin)
            k = rotate(project_in_halves(own.k_proj, t), cos, sin)
            x = x + own.out_proj(attend(q, k, own.v_proj(t), self.fused))
            t = layer.norm2(x)
            q = rotate(project_in_halves(cross.q_proj, t), cos, sin)
            keys = rotate(project_in_halves(cross.k_proj, memory_in), key_cos, key_sin)
            k = torch.cat([keys, project_in_halves(cross.k_proj, pointers_in)], 1)
            # Attention weights add up to one, so the values' projection may come after it: a quarter of the width.
            x = x + cross.out_proj(cross.v_proj(attend(q, k, values, self.fused)))
            x = x + layer.linear2(layer.activation(layer.linear1(layer.norm3(x))))
        x = self.memory_attention.norm(x)
        return x.transpose(1, 2).reshape(batch, self.width, self.size // 16, self.size // 16)


ROLES = {
    "image_encoder": ImageEncoder,
    "mask_decoder": MaskDecoder,
    "memory_encoder": MemoryEncoder,
    "memory_attention": MemoryAttention,
}
