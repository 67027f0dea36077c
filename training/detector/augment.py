"""What is done to a film before each step, so that the detector learns markers and not hospitals."""

import numpy as np
from PIL import Image

from .data import SIDE, Sample


def augment(sample: Sample, random: np.random.Generator) -> Sample:
    """Mirror, scale and shift, sharpness, grey scale, noise; markers that leave the frame by more than half are dropped."""
    image = sample.image
    boxes, labels = sample.boxes.copy(), sample.labels
    if random.random() < 0.5:
        image, boxes = image[:, ::-1], boxes[:, [2, 1, 0, 3]] * [-1, 1, -1, 1] + [SIDE, 0, SIDE, 0]
        labels = np.where(labels == 2, 2, 1 - labels)
    image, boxes, kept = shift_and_scale(image, boxes, random)
    image = shade(image, random)
    return Sample(sample.site, image, boxes[kept].astype(np.float32), labels[kept], sample.seen[kept])


def shift_and_scale(image: np.ndarray, boxes: np.ndarray, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Float [512, 512] in [0, 1], the boxes in it, and which of them are left."""
    squash = 0.25 if random.random() < 0.2 else 0.08
    sx, sy = random.uniform(0.7, 1.4) * np.array([random.uniform(1 - squash, 1 + squash), random.uniform(1 - squash, 1 + squash)])
    tx, ty = random.uniform(-0.08, 0.08, 2) * SIDE + (1 - np.array([sx, sy])) * SIDE * random.uniform(0, 1, 2)
    back = (1 / sx, 0, -tx / sx, 0, 1 / sy, -ty / sy)
    picture = Image.fromarray(np.ascontiguousarray(image))
    if random.random() < 0.25:
        # a film that was stored small
        coarse = int(SIDE * random.uniform(0.35, 0.8))
        picture = picture.resize((coarse, coarse), Image.BILINEAR).resize((SIDE, SIDE), Image.BILINEAR)
    moved = picture.transform((SIDE, SIDE), Image.AFFINE, back, Image.BILINEAR)
    placed = boxes * [sx, sy, sx, sy] + [tx, ty, tx, ty]
    inside, kept = cut(placed, np.array([0, 0, SIDE, SIDE]))
    return np.asarray(moved, np.float32) / 255, inside, kept


def shade(image: np.ndarray, random: np.random.Generator) -> np.ndarray:
    image = image ** np.float32(np.exp(random.uniform(-0.6, 0.6)))
    low, high = random.uniform(-0.15, 0.15), random.uniform(0.75, 1.25)
    image = low + image * (high - low)
    if random.random() < 0.3:
        image = blur(image)
    if random.random() < 0.02:
        image = 1 - image
    noise = random.standard_normal(image.shape, np.float32)
    return np.clip(image + random.uniform(0, 0.03) * noise, 0, 1).astype(np.float32)


def blur(image: np.ndarray) -> np.ndarray:
    padded = np.pad(image, 1, mode="edge")
    rows = padded[:-2] + 2 * padded[1:-1] + padded[2:]
    return (rows[:, :-2] + 2 * rows[:, 1:-1] + rows[:, 2:]) / 16


def crop(sample: Sample, side: int, random: np.random.Generator) -> Sample:
    """A square part of a film, anywhere; a marker in it is aimed at half of the time."""
    if side == len(sample.image):
        return sample
    room = len(sample.image) - side
    x, y = random.integers(0, room + 1, 2)
    if len(sample.boxes) > 0 and random.random() < 0.5:
        box = sample.boxes[random.integers(len(sample.boxes))]
        centre = (box[:2] + box[2:]) / 2
        x, y = np.clip(centre - side * random.uniform(0.1, 0.9, 2), 0, room).astype(int)
    boxes, kept = cut(sample.boxes, np.array([x, y, x + side, y + side]))
    moved = (boxes - [x, y, x, y])[kept].astype(np.float32)
    return Sample(sample.site, sample.image[y : y + side, x : x + side], moved, sample.labels[kept], sample.seen[kept])


def cut(boxes: np.ndarray, frame: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Boxes cut by a frame, and which of them keep more than half of themselves."""
    inside = np.concatenate([np.clip(boxes[:, :2], frame[:2], frame[2:]), np.clip(boxes[:, 2:], frame[:2], frame[2:])], 1)
    area = lambda b: (b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1])  # noqa: E731
    return inside, (area(inside) > 0.5 * area(boxes)) & (area(inside) > 20)
