"""Films in memory, letterboxed to 512 px, and what is done to them before each step."""

from dataclasses import dataclass

import numpy as np

from ..films import Film, letterbox, read_gray, stretch

SIDE = 512
PERCENTILES = (0.5, 99.5)
# a drawn marker that changes its box by less than this share of the grey scale cannot be seen
VISIBLE = 0.06


@dataclass
class Sample:
    """uint8 [512, 512]; boxes in its px."""

    image: np.ndarray
    boxes: np.ndarray
    labels: np.ndarray
    seen: np.ndarray


def load(film: Film) -> Sample:
    gray = stretch(read_gray(film.path), *PERCENTILES)
    square, scale = letterbox(gray, SIDE)
    seen = np.ones(len(film.boxes), bool)
    if film.background is not None and film.background.exists():
        seen = visible(film, gray)
    return Sample((square * 255 + 0.5).astype(np.uint8), film.boxes * scale, film.labels, seen)


def visible(film: Film, gray: np.ndarray) -> np.ndarray:
    """Real markers are in the background too and do not differ from it: they were drawn by hand and are seen."""
    before, after = read_gray(film.background), read_gray(film.path)
    span = max(1.0, float(np.ptp(np.percentile(after, PERCENTILES))))
    seen = []
    for x0, y0, x1, y1 in film.boxes.astype(int):
        change = np.abs(after - before)[y0:y1, x0:x1]
        strong = np.percentile(change, 90) / span if change.size else 0.0
        seen.append(strong == 0.0 or strong >= VISIBLE)
    return np.array(seen, bool)


def augment(sample: Sample, random: np.random.Generator) -> Sample:
    """Mirror, scale and shift, grey scale, blur, noise; markers that leave the frame by more than half are dropped."""
    image = sample.image.astype(np.float32) / 255
    boxes = sample.boxes.copy()
    labels = sample.labels
    if random.random() < 0.5:
        image, boxes = image[:, ::-1], boxes[:, [2, 1, 0, 3]] * [-1, 1, -1, 1] + [SIDE, 0, SIDE, 0]
        labels = np.where(labels == 2, 2, 1 - labels)
    image, boxes, kept = shift_and_scale(image, boxes, random)
    image = shade(image, random)
    return Sample(image.astype(np.float32), boxes[kept].astype(np.float32), labels[kept], sample.seen[kept])


def shift_and_scale(image: np.ndarray, boxes: np.ndarray, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    from PIL import Image

    sx, sy = random.uniform(0.75, 1.35) * np.array([random.uniform(0.92, 1.08), random.uniform(0.92, 1.08)])
    tx, ty = random.uniform(-0.08, 0.08, 2) * SIDE + (1 - np.array([sx, sy])) * SIDE * random.uniform(0, 1, 2)
    back = (1 / sx, 0, -tx / sx, 0, 1 / sy, -ty / sy)
    moved = Image.fromarray(image.astype(np.float32)).transform((SIDE, SIDE), Image.AFFINE, back, Image.BILINEAR)
    placed = boxes * [sx, sy, sx, sy] + [tx, ty, tx, ty]
    inside = np.clip(placed, 0, SIDE)
    area = lambda b: (b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1])  # noqa: E731
    kept = (area(inside) > 0.5 * area(placed)) & (area(inside) > 20)
    return np.asarray(moved), inside, kept


def shade(image: np.ndarray, random: np.random.Generator) -> np.ndarray:
    image = image ** np.exp(random.uniform(-0.5, 0.5))
    low, high = random.uniform(-0.15, 0.15), random.uniform(0.8, 1.2)
    image = low + image * (high - low)
    if random.random() < 0.3:
        image = blur(image)
    return np.clip(image + random.normal(0, random.uniform(0, 0.03), image.shape), 0, 1)


def blur(image: np.ndarray) -> np.ndarray:
    padded = np.pad(image, 1, mode="edge")
    rows = padded[:-2] + 2 * padded[1:-1] + padded[2:]
    return (rows[:, :-2] + 2 * rows[:, 1:-1] + rows[:, 2:]) / 16


def folder_samples(films: list[Film], note: str) -> list[Sample]:
    print(f"{note}: {len(films)} films", flush=True)
    return [load(film) for film in films]
