"""Weights made from nothing but a tensor's name and shape.

src/engine/sam2/seeded-weights.ts makes the same bits: only 32-bit integer arithmetic, one multiplication and one
addition in float64, and one rounding to float32 are used, so no machine differs from another.
"""

import numpy as np


def name_hash(name: str) -> int:
    """FNV-1a, 32 bits."""
    value = 0x811C9DC5
    for byte in name.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


def uniform(name: str, count: int) -> np.ndarray:
    """count values in [-0.5, 0.5), exact in float32."""
    with np.errstate(over="ignore"):
        x = np.arange(count, dtype=np.uint32) * np.uint32(0x9E3779B9) + np.uint32(name_hash(name))
        x ^= x >> np.uint32(16)
        x *= np.uint32(0x7FEB352D)
        x ^= x >> np.uint32(15)
        x *= np.uint32(0x846CA68B)
        x ^= x >> np.uint32(16)
    return (x >> np.uint32(8)).astype(np.float64) / 16777216.0 - 0.5


def offset_and_scale(name: str, shape: tuple[int, ...]) -> tuple[float, float]:
    """What turns the uniform values into something a network lives with: unit gain, small biases."""
    if name.endswith("pred_obj_score_head.layers.2.bias"):
        return 3.0, 0.2
    if name.endswith("running_var") or (len(shape) == 1 and name.endswith(".weight")):
        return 1.0, 0.2
    if name.endswith("gamma"):
        return 0.3, 0.2
    if len(shape) <= 1:
        return 0.0, 0.2
    if not name.endswith(".weight") or "_embed" in name.rsplit(".", 2)[-2]:
        return 0.0, 3.4641016151377544
    return 0.0, float(np.sqrt(12.0 / np.prod(shape[1:], dtype=np.int64)))


def seeded(name: str, shape: tuple[int, ...]) -> np.ndarray:
    offset, scale = offset_and_scale(name, shape)
    count = int(np.prod(shape, dtype=np.int64))
    return (uniform(name, count) * scale + offset).astype(np.float32).reshape(shape)


def fill(model, overrides: dict[str, float] | None = None) -> None:
    """Gives every floating tensor of a torch module its seeded values; `overrides` name constants."""
    import torch

    with torch.no_grad():
        for name, tensor in model.state_dict().items():
            if not tensor.dtype.is_floating_point:
                continue
            tensor.copy_(torch.from_numpy(seeded(name, tuple(tensor.shape))))
            if overrides and name in overrides:
                tensor.fill_(overrides[name])
