"""python3 -m training.detector.export FILE.pt --out marker-detector.onnx: decoding and NMS inside the graph."""

import argparse
from pathlib import Path

import torch
from torch import nn
from torchvision.ops import nms

from ..answers import export_with_answers
from .anchors import decode, level_tables
from .data import SIDE
from .network import ANCHORS_PER_CELL, STRIDES, Detector

KEPT = 64
CANDIDATES = 300
IOU = 0.35
# share of a box's side added on each side: a mask must cover its marker
GROW = 0.07


class Deployed(nn.Module):
    """images [1, 1, 512, 512] in [0, 1] -> boxes [1, 64, 4] xyxy px, scores [1, 64], labels [1, 64]; unused rows -1."""

    def __init__(self, net: Detector) -> None:
        super().__init__()
        self.net = net
        starts, shapes = level_tables(SIDE)
        self.register_buffer("starts", starts)
        self.register_buffer("shapes", shapes)
        self.register_buffer("strides", torch.tensor(STRIDES))

    def base(self, index: torch.Tensor) -> torch.Tensor:
        """The anchors at these places of the heads' order; a table of all of them would outweigh the weights."""
        level = (index[:, None] >= self.starts[None, 1:]).long().sum(1)
        place = index - self.starts[level]
        shape = torch.remainder(place, ANCHORS_PER_CELL)
        cell = torch.div(place - shape, ANCHORS_PER_CELL, rounding_mode="trunc")
        stride = self.strides[level]
        cells = torch.div(torch.full_like(stride, SIDE), stride, rounding_mode="trunc")
        x = torch.remainder(cell, cells)
        y = torch.div(cell - x, cells, rounding_mode="trunc")
        centre = (torch.stack([x, y], 1).float() + 0.5) * stride[:, None].float()
        return torch.cat([centre, self.shapes[level, shape]], 1)

    def forward(self, images: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        logits, offsets = self.net(images)
        best, labels = torch.sigmoid(logits[0]).max(1)
        scores, order = best.topk(CANDIDATES)
        boxes = grown(decode(offsets[0][order], self.base(order))).clamp(0, SIDE)
        kept = nms(boxes, scores, IOU)
        empty = torch.full((KEPT, 1), -1.0)
        rows = torch.cat([boxes[kept], scores[kept][:, None], labels[order][kept][:, None].float()], 1)
        rows = torch.cat([rows, empty.expand(KEPT, 6)], 0)[:KEPT]
        return rows[None, :, :4], rows[None, :, 4], rows[None, :, 5].long()


def grown(boxes: torch.Tensor) -> torch.Tensor:
    margin = GROW * (boxes[:, 2:] - boxes[:, :2])
    return torch.cat([boxes[:, :2] - margin, boxes[:, 2:] + margin], 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    net = Detector()
    net.load_state_dict(torch.load(options.weights, map_location="cpu"))
    deployed = Deployed(net).eval()
    export_with_answers(deployed, options.out, {"images": (1, 1, SIDE, SIDE)}, ["boxes", "scores", "labels"])
    print(f"{options.out}: {options.out.stat().st_size / 2**20:.2f} MiB")


if __name__ == "__main__":
    main()
