"""Meta's own models, built from their official packages with seeded weights.

The packages `sam2` (SAM 2.1) and `edgetam-dimos` (EdgeTAM) share one import name; one process can use one of them.
See README.md for where they are expected.
"""

import os
import sys
from pathlib import Path

HERE = Path(__file__).parent

CONFIGS = {
    "sam2.1_hiera_tiny": "configs/sam2.1/sam2.1_hiera_t.yaml",
    "sam2.1_hiera_small": "configs/sam2.1/sam2.1_hiera_s.yaml",
    "sam2.1_hiera_base_plus": "configs/sam2.1/sam2.1_hiera_b+.yaml",
    "sam2.1_hiera_large": "configs/sam2.1/sam2.1_hiera_l.yaml",
    "edgetam": "edgetam.yaml",
}

# 128 pixels, everything small; every rule of the host loop is the same as at full size.
NANO_SIZE = 128
NANO_WIDTH = 64
NANO_MEMORY_WIDTH = 16


def uses_edgetam(name: str) -> bool:
    return "edgetam" in name


def import_package(name: str) -> None:
    """Puts the package that `name` needs in front of the path."""
    which = "edgetam" if uses_edgetam(name) else "sam2"
    folder = os.environ.get(f"MASKLET_{which.upper()}", str(HERE / "packages" / which))
    if not Path(folder, "sam2").is_dir():
        sys.exit(f"The package for {name} is not in {folder}. See models/export/README.md.")
    sys.path.insert(0, folder)


def build(name: str, size: int = 1024, overrides: dict[str, float] | None = None, **predictor):
    """Meta's video predictor with seeded weights. `predictor` sets its flags."""
    import torch
    from seeded_weights import fill

    if uses_edgetam(name):
        # EdgeTAM asks for ImageNet weights while it is built; they would be replaced at once.
        import timm.models

        create = timm.models.create_model
        timm.models.create_model = lambda *args, **kw: create(*args, **{**kw, "pretrained": False})
    from sam2.build_sam import build_sam2_video_predictor

    extra = [f"++model.{key}={value}" for key, value in predictor.items()]
    if name.startswith("nano"):
        extra += nano_overrides(name)
    elif size != 1024:
        n = size // 16
        extra += [f"++model.image_size={size}"]
        extra += [f"++model.memory_attention.layer.self_attention.feat_sizes=[{n},{n}]"]
        key = "q_sizes" if uses_edgetam(name) else "feat_sizes"
        extra += [f"++model.memory_attention.layer.cross_attention.{key}=[{n},{n}]"]
    config = CONFIGS.get(name, CONFIGS["edgetam" if uses_edgetam(name) else "sam2.1_hiera_tiny"])
    model = build_sam2_video_predictor(config, None, device="cpu", hydra_overrides_extra=extra)
    fill(model, overrides)
    return model.eval()


def nano_overrides(name: str) -> list[str]:
    width, memory, n = NANO_WIDTH, NANO_MEMORY_WIDTH, NANO_SIZE // 16
    values = {
        "image_size": NANO_SIZE,
        "image_encoder.neck.d_model": width,
        "image_encoder.neck.position_encoding.num_pos_feats": width,
        "image_encoder.neck.backbone_channel_list": "[128,64,32,16]",
        "memory_attention.d_model": width,
        "memory_attention.layer.d_model": width,
        "memory_attention.layer.dim_feedforward": 128,
        "memory_attention.layer.self_attention.embedding_dim": width,
        "memory_attention.layer.self_attention.feat_sizes": f"[{n},{n}]",
        "memory_attention.layer.cross_attention.embedding_dim": width,
        "memory_attention.layer.cross_attention.kv_in_dim": memory,
        "memory_attention.num_layers": 2,
        "memory_encoder.out_dim": memory,
        "memory_encoder.in_dim": width,
        "memory_encoder.position_encoding.num_pos_feats": memory,
        "memory_encoder.mask_downsampler.embed_dim": width,
        "memory_encoder.fuser.layer.dim": width,
    }
    if uses_edgetam(name):
        values |= {
            "memory_attention.layer.cross_attention.q_sizes": f"[{n},{n}]",
            "memory_attention.layer.cross_attention.k_sizes": "[4,4]",
            "spatial_perceiver.dim": memory,
            "spatial_perceiver.dim_head": memory,
            "spatial_perceiver.num_latents": 16,
            "spatial_perceiver.num_latents_2d": 16,
            "spatial_perceiver.position_encoding.num_pos_feats": memory,
        }
        values["image_encoder.trunk._target_"] = "sam2.modeling.backbones.hieradet.Hiera"
        values["image_encoder.trunk.window_pos_embed_bkg_spatial_size"] = "[7,7]"
        dropped = ["~model.image_encoder.trunk.name", "~model.image_encoder.trunk.features"]
    else:
        values["memory_attention.layer.cross_attention.feat_sizes"] = f"[{n},{n}]"
        dropped = []
    values |= {
        "image_encoder.trunk.embed_dim": 16,
        "image_encoder.trunk.stages": "[1,2,3,1]",
        "image_encoder.trunk.global_att_blocks": "[4]",
    }
    return dropped + [f"++model.{key}={value}" for key, value in values.items()]
