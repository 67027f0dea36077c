"""Focal loss (Lin et al. 2017) on classes, Huber loss on offsets."""

import torch
import torch.nn.functional as F

ALPHA = 0.25
GAMMA = 1.5
BOX_WEIGHT = 20.0
HUBER = 0.1


def detection_loss(logits: torch.Tensor, offsets: torch.Tensor, classes: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """logits [n, a, 3], offsets [n, a, 4]; classes [n, a] with -1 background and -2 not judged."""
    judged = classes > -2
    positive = classes >= 0
    count = positive.sum().clamp(min=1)
    target = F.one_hot(classes.clamp(min=0), logits.shape[-1]).float() * positive[..., None]
    entropy = F.binary_cross_entropy_with_logits(logits, target, reduction="none")
    p = torch.sigmoid(logits)
    missed = torch.where(target > 0, 1 - p, p)
    weight = torch.where(target > 0, ALPHA, 1 - ALPHA) * missed**GAMMA
    focal = (weight * entropy)[judged].sum() / count
    boxes = F.huber_loss(offsets[positive], wanted[positive], delta=HUBER, reduction="sum") / (4 * count)
    return focal + BOX_WEIGHT * boxes
