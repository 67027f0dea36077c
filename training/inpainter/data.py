"""Patches without markers, cut as the agent cuts them, with holes as markers leave them."""

from pathlib import Path

import numpy as np
from PIL import Image

from ..films import Film, read_gray

# px of a patch; the agent rounds twice the hole up to one of these and scales what is larger down to the last
SIDES = (128, 192, 256)
# dilation of the house's mask policy: at least 4 px, or a tenth
DILATE_PX, DILATE_SHARE = 4, 0.1


class Ground:
    """A film, and where nothing may be cut because a marker lies there."""

    def __init__(self, film: Film, source: Path) -> None:
        self.pixels = read_gray(source)
        self.free = np.ones(self.pixels.shape, bool)
        taken = [] if source.parent.name == "clean" else film.boxes.astype(int).tolist()
        for x0, y0, x1, y1 in taken:
            self.free[max(0, y0 - 6) : y1 + 6, max(0, x0 - 6) : x1 + 6] = False
        self.shapes = [(b[2] - b[0], b[3] - b[1]) for b in film.boxes.tolist()]


class Patches:
    """Endless patches [1, side, side] in [0, 1] with holes [1, side, side], whose side is one of SIDES."""

    def __init__(self, folders: list[list[Ground]], shares: list[float], seed: int) -> None:
        self.folders, self.shares = folders, np.array(shares) / np.sum(shares)
        self.shapes = [shape for grounds in folders for ground in grounds for shape in ground.shapes]
        self.random = np.random.default_rng(seed)

    def batch(self, size: int) -> tuple[np.ndarray, np.ndarray]:
        """[size, 1, side, side] twice; large patches come in smaller batches, so that every step costs about the same."""
        side = int(self.random.choice(SIDES, p=(0.6, 0.25, 0.15)))
        wanted = max(2, round(size * (SIDES[0] / side) ** 2))
        drawn = []
        while len(drawn) < wanted:
            grounds = self.folders[self.random.choice(len(self.folders), p=self.shares)]
            one = self.cut(grounds[self.random.integers(len(grounds))], side)
            if one is not None:
                drawn.append(one)
        images, holes = zip(*drawn)
        return np.stack(images), np.stack(holes)

    def cut(self, ground: Ground, side: int) -> tuple[np.ndarray, np.ndarray] | None:
        """A hole at a place where markers lie, of the size that leads to a patch of this side; None where none fits."""
        random = self.random
        height, width = ground.pixels.shape
        w, h = np.array(self.shapes[random.integers(len(self.shapes))]) * random.uniform(0.8, 1.25, 2)
        if side > SIDES[0]:
            w, h = np.array([w, h]) * (side * random.uniform(0.38, 0.5) / max(w, h))
        w, h = (min(int(n + 2 * max(DILATE_PX, DILATE_SHARE * n)), side // 2) for n in (w, h))
        cx, cy = self.centre(width, height)
        box = np.array([cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2]).round().astype(int)
        box = np.clip(box, 0, [width, height, width, height])
        if box[2] - box[0] < 6 or box[3] - box[1] < 6:
            return None
        ys = mirror(np.arange(side) + (box[1] + box[3] - side) // 2, height)
        xs = mirror(np.arange(side) + (box[0] + box[2] - side) // 2, width)
        if not ground.free[np.ix_(ys, xs)].all():
            return None
        patch = ground.pixels[np.ix_(ys, xs)]
        hole = ((ys >= box[1]) & (ys < box[3]))[:, None] & ((xs >= box[0]) & (xs < box[2]))[None]
        return self.finish(patch, hole)

    def centre(self, width: int, height: int) -> tuple[float, float]:
        """Where markers lie: upper corners, sides, edges; sometimes anywhere."""
        random = self.random
        if random.random() < 0.2:
            return random.uniform(0, width), random.uniform(0, height)
        across = random.uniform(0, 0.2) if random.random() < 0.7 else random.uniform(0, 0.05)
        x = across if random.random() < 0.5 else 1 - across
        return x * width, random.uniform(0, 0.45) ** 1.2 * height if random.random() < 0.8 else random.uniform(0, 1) * height

    def finish(self, patch: np.ndarray, hole: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
        known = patch[~hole]
        low, high = known.min(), known.max()
        if high - low < 8:
            return None
        scaled = np.clip((patch - low) / (high - low), 0, 1).astype(np.float32)
        if self.random.random() < 0.2:
            scaled = smoothed(scaled, self.random.uniform(0.3, 0.8))
        if self.random.random() < 0.5:
            scaled, hole = scaled[:, ::-1], hole[:, ::-1]
        return scaled[None].copy(), hole[None].astype(np.float32).copy()


def smoothed(patch: np.ndarray, scale: float) -> np.ndarray:
    """As of a film that was stored small: no grain is left to be continued."""
    side = len(patch)
    small = Image.fromarray(patch).resize((round(side * scale),) * 2, Image.BILINEAR)
    return np.asarray(small.resize((side, side), Image.BICUBIC)).clip(0, 1)


def mirror(index: np.ndarray, size: int) -> np.ndarray:
    period = 2 * (size - 1)
    at = index % period
    return np.where(at < size, at, period - at)
