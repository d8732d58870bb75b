"""Writes the weight-free graphs and their manifests.

usage: python export.py MODEL [--size 1024] [--to ../graphs] [--check]

MODEL: sam2.1_hiera_{tiny,small,base_plus,large}, edgetam, nano, nano-edgetam. The graphs after the image encoder are
the same for all SAM 2.1 sizes and are written with tiny.
"""

import argparse
import io
import json
from pathlib import Path

import reference

HERE = Path(__file__).parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("--size", type=int, default=1024)
    parser.add_argument("--to", type=Path, default=HERE.parent / "graphs")
    parser.add_argument("--plain", action="store_true", help="attention without the fused operator, to compare")
    args = parser.parse_args()
    reference.import_package(args.model)
    model = reference.build(args.model, args.size)
    args.to.mkdir(parents=True, exist_ok=True)
    for role, file in files_of(args.model).items():
        export(model, role, args.to, file, fused=not args.plain)


def files_of(model: str) -> dict[str, str]:
    """Role of each graph to write → file name without its ending."""
    roles = ["image_encoder", "mask_decoder", "memory_encoder", "memory_attention"]
    if model == "edgetam" or model.startswith("nano"):
        return {role: f"{model}.{role}" for role in roles}
    own = {"image_encoder": f"{model}.image_encoder"}
    return own | ({role: f"sam2.1.{role}" for role in roles[1:]} if model.endswith("tiny") else {})


def export(model, role: str, folder: Path, file: str, fused: bool) -> None:
    import onnx
    import torch
    from graphs import ROLES, fuse_hiera_attention
    from slim import slim

    # EdgeTAM's memories are few tokens: there the plain attention is quicker and needs no more memory.
    fused = fused and getattr(model, "spatial_perceiver", None) is None
    if fused and role == "image_encoder":
        fuse_hiera_attention(model)
    module = ROLES[role](model, fused).eval()
    target = io.BytesIO()
    with torch.no_grad():
        torch.onnx.export(
            module,
            module.example(),
            target,
            input_names=module.inputs,
            output_names=module.outputs,
            dynamic_axes=module.dynamic,
            opset_version=17,
            do_constant_folding=False,
            dynamo=False,
            training=torch.onnx.TrainingMode.PRESERVE,
        )
    full = onnx.load_from_string(target.getvalue())
    graph, tensors, size = slim(full, f"{file}.bin")
    data = graph.SerializeToString()
    (folder / f"{file}.onnx").write_bytes(data)
    manifest = {"graph": f"{file}.onnx", "data": f"{file}.bin", "bytes": size, "tensors": tensors}
    (folder / f"{file}.json").write_text(json.dumps(manifest, separators=(",", ":")) + "\n")
    print(f"{file}: {len(graph.graph.node)} nodes, {len(data):,} bytes, {len(tensors)} tensors, {size:,} bytes of data")


if __name__ == "__main__":
    main()
