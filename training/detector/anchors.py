"""Anchors, the offsets to them, and which of them answers for which marker."""

import numpy as np
import torch

from .network import STRIDES

SCALES = (1.5, 2.6)
RATIOS = (0.45, 1.0, 2.2)
POSITIVE = 0.5
NEGATIVE = 0.4


def shapes_of(stride: int) -> list[tuple[float, float]]:
    return [(s * stride * np.sqrt(r), s * stride / np.sqrt(r)) for s in SCALES for r in RATIOS]


def level_tables(side: int) -> tuple[torch.Tensor, torch.Tensor]:
    """First anchor of each level, and width and height [levels, anchors, 2] in px: `anchors` without its length."""
    sizes = [len(shapes_of(stride)) * (side // stride) ** 2 for stride in STRIDES]
    starts = torch.tensor([sum(sizes[:i]) for i in range(len(sizes))])
    return starts, torch.tensor([shapes_of(stride) for stride in STRIDES], dtype=torch.float32)


def anchors(side: int) -> torch.Tensor:
    """[n, 4] centre x, centre y, width, height in px of a square input; in the order of the heads."""
    rows = []
    for stride in STRIDES:
        cells = side // stride
        centres = (np.arange(cells, dtype=np.float32) + 0.5) * stride
        y, x = np.meshgrid(centres, centres, indexing="ij")
        level = np.stack([np.stack([x, y, np.full_like(x, w), np.full_like(x, h)], -1) for w, h in shapes_of(stride)], 2)
        rows.append(level.reshape(-1, 4))
    return torch.from_numpy(np.concatenate(rows))


def decode(offsets: torch.Tensor, base: torch.Tensor) -> torch.Tensor:
    """Offsets [..., n, 4] -> x0 y0 x1 y1 in px."""
    centre = base[:, :2] + offsets[..., :2] * base[:, 2:]
    half = 0.5 * base[:, 2:] * torch.exp(offsets[..., 2:].clamp(-3, 3))
    return torch.cat([centre - half, centre + half], -1)


def encode(boxes: torch.Tensor, base: torch.Tensor) -> torch.Tensor:
    """The offsets that decode to x0 y0 x1 y1."""
    centre = (boxes[:, :2] + boxes[:, 2:]) / 2
    size = (boxes[:, 2:] - boxes[:, :2]).clamp(min=1)
    return torch.cat([(centre - base[:, :2]) / base[:, 2:], torch.log(size / base[:, 2:])], -1)


def corners(base: torch.Tensor) -> torch.Tensor:
    return torch.cat([base[:, :2] - base[:, 2:] / 2, base[:, :2] + base[:, 2:] / 2], -1)


def overlaps(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """IoU [len(a), len(b)] of x0 y0 x1 y1."""
    size = (torch.minimum(a[:, None, 2:], b[None, :, 2:]) - torch.maximum(a[:, None, :2], b[None, :, :2])).clamp(min=0)
    shared = size[..., 0] * size[..., 1]
    area = lambda x: (x[:, 2] - x[:, 0]) * (x[:, 3] - x[:, 1])  # noqa: E731
    return shared / (area(a)[:, None] + area(b)[None] - shared).clamp(min=1e-6)


def assign(boxes: torch.Tensor, labels: torch.Tensor, seen: torch.Tensor, base: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Per anchor: class (-1 background, -2 not judged) and offsets. A marker nobody can see judges no anchor."""
    classes = torch.full((len(base),), -1, dtype=torch.long)
    offsets = torch.zeros(len(base), 4)
    if len(boxes) == 0:
        return classes, offsets
    iou = overlaps(corners(base), boxes)
    best, owner = iou.max(1)
    classes[best >= NEGATIVE] = -2
    positive = best >= POSITIVE
    # the best anchor of a marker answers for it even where none is close
    champion = iou.argmax(0)
    positive[champion] = True
    owner[champion] = torch.arange(len(boxes))
    classes[positive] = torch.where(seen[owner[positive]], labels[owner[positive]], torch.tensor(-2))
    offsets[positive] = encode(boxes[owner[positive]], base[positive])
    return classes, offsets
