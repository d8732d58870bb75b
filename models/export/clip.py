"""The clip that the fixtures were made on; test/support/sam2-clip.ts draws the same pixels. Integers only."""

import numpy as np

WIDTH, HEIGHT, FRAMES = 160, 96, 24


def frame(index: int) -> np.ndarray:
    """uint8[96, 160, 3]: a ground of coloured tiles, a square and a disc that move, and a pole they pass behind."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.int64)
    tile = (x // 8) * 7 + (y // 8) * 13
    picture = np.stack([(tile * k + 40 * c) % 200 for c, k in enumerate((29, 53, 71))], -1)
    left, top = 10 + 4 * index, 20 + index
    square = (x >= left) & (x < left + 32) & (y >= top) & (y < top + 32)
    picture[square] = np.stack([230 - (x % 5) * 4, 40 + (y % 7) * 3, 30 + (x + y) % 9], -1)[square]
    cx, cy = 130 - 3 * index, 66
    disc = (x - cx) ** 2 + (y - cy) ** 2 <= 15 * 15
    picture[disc] = np.stack([30 + (x % 3) * 5, 90 + (y % 5) * 6, 220 - (x + y) % 11], -1)[disc]
    pole = (x >= 76) & (x < 88)
    picture[pole] = np.stack([90 + 0 * x, 90 + y % 4, 95 + 0 * x], -1)[pole]
    return picture.astype(np.uint8)
