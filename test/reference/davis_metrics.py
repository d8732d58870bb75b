"""J, F, Dice, pixel accuracy and DAVIS's statistics, from their published definitions, for test/metrics.

Reads one JSON object a line on stdin ({width, height, mask, truth: base64 of uint8, 0 or 1, and void, what the truth says
nothing of}, or {values: [...]})
and writes one a line. Perazzi et al., A Benchmark Dataset and Evaluation Methodology for Video Object Segmentation,
CVPR 2016: region similarity J, contour accuracy F with a tolerance of 0.008 of the diagonal; mean, recall (over 0.5) and
decay (first quarter minus last).
"""
import base64
import json
import math
import sys

import cv2
import numpy as np
from scipy.spatial import cKDTree


def contour(mask):
    padded = np.pad(mask, ((0, 1), (0, 1)), mode="edge")
    here, right, below, both = mask, padded[:-1, 1:], padded[1:, :-1], padded[1:, 1:]
    edge = (here != right) | (here != below) | (here != both)
    edge[-1, :] = (here != right)[-1, :]
    edge[:, -1] = (here != below)[:, -1]
    edge[-1, -1] = False
    return edge


def contour_accuracy(mask, truth):
    radius = math.ceil(0.008 * math.hypot(*mask.shape))
    own, wanted = contour(mask), contour(truth)
    if not own.any() or not wanted.any():
        return 1.0 if own.any() == wanted.any() else 0.0
    # Once by growing with a disk, once by distances between points: they must say the same.
    grid = np.arange(-radius, radius + 1)
    disk = (grid[:, None] ** 2 + grid[None, :] ** 2 <= radius**2).astype(np.uint8)
    grow = lambda edge: cv2.dilate(edge.astype(np.uint8), disk) > 0
    precision = (own & grow(wanted)).sum() / own.sum()
    recall = (wanted & grow(own)).sum() / wanted.sum()
    own_points, wanted_points = np.argwhere(own), np.argwhere(wanted)
    near = cKDTree(wanted_points).query(own_points)[0] <= radius + 1e-9
    assert abs(near.mean() - precision) < 1e-12
    return 0.0 if precision + recall == 0 else 2 * precision * recall / (precision + recall)


def compare(width, height, mask, truth, void):
    read = lambda text: np.frombuffer(base64.b64decode(text), np.uint8).reshape(height, width) > 0
    mask, truth, known = read(mask), read(truth), ~read(void)
    both, either = (mask & truth & known).sum(), ((mask | truth) & known).sum()
    total = mask[known].sum() + truth[known].sum()
    return {
        "iou": 1.0 if either == 0 else both / either,
        "dice": 1.0 if total == 0 else 2 * both / total,
        "accuracy": (mask == truth)[known].mean() if known.any() else 1.0,
        "boundary": contour_accuracy(mask & known, truth & known),
    }


def statistics(values):
    values = np.array(values)
    bounds = np.round(np.linspace(1, len(values), 5) + 1e-10).astype(int) - 1
    quarters = [values[bounds[i] : bounds[i + 1] + 1] for i in range(4)]
    return {
        "mean": values.mean(),
        "recall": (values > 0.5).mean(),
        "decay": quarters[0].mean() - quarters[3].mean(),
    }


for line in sys.stdin:
    asked = json.loads(line)
    print(json.dumps(statistics(**asked) if "values" in asked else compare(**asked), default=float))
