"""Small residual networks whose head is global average pooling and one linear layer, so that CAM equals Grad-CAM."""

import torch
from torch import nn
import torch.nn.functional as F

SIDE = 128
WIDTHS = (12, 24, 48, 64)


class Block(nn.Module):
    """Two convolutions and a shortcut (He et al. 2016)."""

    def __init__(self, cin: int, cout: int, stride: int) -> None:
        super().__init__()
        self.a = nn.Sequential(nn.Conv2d(cin, cout, 3, stride, 1, bias=False), nn.BatchNorm2d(cout), nn.ReLU())
        self.b = nn.Sequential(nn.Conv2d(cout, cout, 3, 1, 1, groups=cout // 4, bias=False), nn.BatchNorm2d(cout))
        self.short = nn.Sequential(nn.AvgPool2d(stride) if stride > 1 else nn.Identity(), nn.Conv2d(cin, cout, 1, bias=False))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return F.relu(self.b(self.a(x)) + self.short(x))


class Classifier(nn.Module):
    """images [n, 1, 128, 128] in [0, 1] -> logits [n, k], features [n, 64, 16, 16] (and seg [n, 1, 64, 64] logits)."""

    def __init__(self, logits: int, segments: bool = False) -> None:
        super().__init__()
        c = WIDTHS
        self.stem = nn.Sequential(nn.Conv2d(1, c[0], 3, 2, 1, bias=False), nn.BatchNorm2d(c[0]), nn.ReLU())
        self.s4 = Block(c[0], c[1], 2)
        self.s8 = Block(c[1], c[2], 2)
        self.top = Block(c[2], c[3], 1)
        self.head = nn.Linear(c[3], logits)
        self.segments = segments
        if segments:
            self.up = nn.ModuleList([nn.Conv2d(c[3] + c[1], 32, 3, 1, 1), nn.Conv2d(32 + c[0], 16, 3, 1, 1)])
            self.seg = nn.Conv2d(16, 1, 1)

    def forward(self, images: torch.Tensor) -> tuple[torch.Tensor, ...]:
        s2 = self.stem(images * 4 - 2)
        s4 = self.s4(s2)
        features = self.top(self.s8(s4))
        logits = self.head(features.mean((2, 3)))
        if not self.segments:
            return logits, features
        x = F.interpolate(features, scale_factor=2.0, mode="nearest")
        x = F.relu(self.up[0](torch.cat([x, s4], 1)))
        x = F.interpolate(x, scale_factor=2.0, mode="nearest")
        x = F.relu(self.up[1](torch.cat([x, s2], 1)))
        return logits, features, self.seg(x)


class Deployed(nn.Module):
    """A classifier with its class activation maps (Zhou et al. 2016): logits, features, cam [n, k, 16, 16] (and seg)."""

    def __init__(self, net: Classifier) -> None:
        super().__init__()
        self.net = net

    def forward(self, images: torch.Tensor) -> tuple[torch.Tensor, ...]:
        logits, features, *seg = self.net(images)
        cam = F.relu(F.conv2d(features, self.net.head.weight[:, :, None, None]))
        return (logits, features, cam, *seg)
