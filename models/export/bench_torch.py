"""Meta's predictor on the frames of a folder: one click, propagated; seconds a frame as JSON.

usage: python bench_torch.py MODEL FOLDER FRAMES THREADS X Y [--device cpu] [--type float32]
"""

import argparse
import json
import shutil
import tempfile
import time
from pathlib import Path

import reference


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("model", "folder"):
        parser.add_argument(name)
    for name in ("frames", "threads", "x", "y"):
        parser.add_argument(name, type=int)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--type", default="float32", choices=["float32", "tf32", "bfloat16"])
    args = parser.parse_args()
    reference.import_package(args.model)
    import torch

    torch.set_num_threads(args.threads)
    # tf32 is what onnxruntime's CUDA provider computes with; bfloat16 is what Meta's examples do.
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = args.type != "float32"
    with torch.inference_mode(), torch.autocast(args.device, torch.bfloat16, enabled=args.type == "bfloat16"):
        run(args, torch)


def run(args: argparse.Namespace, torch) -> None:
    model = reference.build(args.model).to(args.device)
    with tempfile.TemporaryDirectory() as folder:
        pictures = sorted(Path(args.folder).glob("*.jpg"))[: args.frames]
        for i, picture in enumerate(pictures):
            shutil.copy(picture, Path(folder, f"{i:05d}.jpg"))
        state = model.init_state(folder)
    import numpy as np

    model.add_new_points_or_box(state, 0, 1, points=np.array([[args.x, args.y]], np.float32), labels=np.array([1], np.int32))
    seconds, before = [], time.perf_counter()
    for _ in model.propagate_in_video(state):
        if args.device != "cpu":
            torch.cuda.synchronize()
        seconds.append(time.perf_counter() - before)
        before = time.perf_counter()
    memory = torch.cuda.max_memory_allocated() if args.device != "cpu" else None
    # The first step only hands over the prompted frame.
    print(json.dumps({"seconds": seconds[1:], "gpuBytes": memory}))


if __name__ == "__main__":
    main()
