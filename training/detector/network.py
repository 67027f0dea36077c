"""EfficientDet (Tan, Pang, Le 2020) scaled down: EfficientNet-style backbone, BiFPN, heads shared over levels."""

import torch
from torch import nn
import torch.nn.functional as F

STRIDES = (8, 16, 32)
ANCHORS_PER_CELL = 6
CLASSES = 3


def conv_bn(cin: int, cout: int, kernel: int = 1, stride: int = 1, groups: int = 1, act: bool = True) -> nn.Sequential:
    layers = [
        nn.Conv2d(cin, cout, kernel, stride, kernel // 2, groups=groups, bias=False),
        nn.BatchNorm2d(cout, momentum=0.03),
    ]
    return nn.Sequential(*layers, *([nn.SiLU()] if act else []))


class MBConv(nn.Module):
    """Inverted residual with squeeze and excitation (Tan & Le 2019)."""

    def __init__(self, cin: int, cout: int, stride: int, expand: int) -> None:
        super().__init__()
        wide = cin * expand
        self.residual = stride == 1 and cin == cout
        self.expand = conv_bn(cin, wide) if expand > 1 else nn.Identity()
        self.depthwise = conv_bn(wide, wide, 3, stride, groups=wide)
        self.squeeze = nn.Sequential(
            nn.AdaptiveAvgPool2d(1), nn.Conv2d(wide, max(4, cin // 4), 1), nn.SiLU(), nn.Conv2d(max(4, cin // 4), wide, 1), nn.Sigmoid()
        )
        self.project = conv_bn(wide, cout, act=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = self.depthwise(self.expand(x))
        y = self.project(y * self.squeeze(y))
        return x + y if self.residual else y


class FusedMBConv(nn.Module):
    """Inverted residual whose first convolution is a full one (Tan & Le 2021): faster where maps are large."""

    def __init__(self, cin: int, cout: int, stride: int, expand: int) -> None:
        super().__init__()
        self.residual = stride == 1 and cin == cout
        self.expand = conv_bn(cin, cin * expand, 3, stride)
        self.project = conv_bn(cin * expand, cout, act=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = self.project(self.expand(x))
        return x + y if self.residual else y


class Backbone(nn.Module):
    """Features at strides 8, 16 and 32."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = conv_bn(1, 16, 3, 2)
        self.s4 = nn.Sequential(FusedMBConv(16, 24, 2, 2), FusedMBConv(24, 24, 1, 2))
        self.s8 = nn.Sequential(FusedMBConv(24, 48, 2, 3), FusedMBConv(48, 48, 1, 2))
        self.s16 = nn.Sequential(MBConv(48, 80, 2, 4), MBConv(80, 80, 1, 4), MBConv(80, 80, 1, 4))
        self.s32 = nn.Sequential(MBConv(80, 112, 2, 4), MBConv(112, 112, 1, 3))
        self.channels = (48, 80, 112)

    def forward(self, x: torch.Tensor) -> list[torch.Tensor]:
        s8 = self.s8(self.s4(self.stem(x)))
        s16 = self.s16(s8)
        return [s8, s16, self.s32(s16)]


class Fuse(nn.Module):
    """Fast normalised fusion of the inputs, then a separable convolution (Tan, Pang, Le 2020, section 3.3)."""

    def __init__(self, inputs: int, width: int) -> None:
        super().__init__()
        self.weights = nn.Parameter(torch.ones(inputs))
        self.conv = nn.Sequential(nn.SiLU(), nn.Conv2d(width, width, 3, 1, 1, groups=width, bias=False), conv_bn(width, width, act=False))

    def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
        weights = F.relu(self.weights)
        weights = weights / (weights.sum() + 1e-4)
        return self.conv(sum(weights[i] * x for i, x in enumerate(inputs)))


class BiFPN(nn.Module):
    """One pass down and one pass up over the levels."""

    def __init__(self, levels: int, width: int) -> None:
        super().__init__()
        self.down = nn.ModuleList(Fuse(2, width) for _ in range(levels - 1))
        self.up = nn.ModuleList(Fuse(3 if i < levels - 2 else 2, width) for i in range(levels - 1))

    def forward(self, features: list[torch.Tensor]) -> list[torch.Tensor]:
        top = [features[-1]]
        for i, fuse in enumerate(self.down):
            below = features[-2 - i]
            top.insert(0, fuse(below, F.interpolate(top[0], scale_factor=2.0, mode="nearest")))
        out = [top[0]]
        for i, fuse in enumerate(self.up):
            pooled = F.max_pool2d(out[-1], 3, 2, 1)
            level = i + 1
            out.append(fuse(features[level], top[level], pooled) if level < len(features) - 1 else fuse(features[level], pooled))
        return out


class Head(nn.Module):
    """Separable convolutions shared over levels, batch norm per level."""

    def __init__(self, width: int, out: int, levels: int, bias: float = 0.0) -> None:
        super().__init__()
        self.convs = nn.ModuleList(
            nn.Sequential(nn.Conv2d(width, width, 3, 1, 1, groups=width, bias=False), nn.Conv2d(width, width, 1, bias=False)) for _ in range(2)
        )
        self.norms = nn.ModuleList(nn.ModuleList(nn.BatchNorm2d(width, momentum=0.03) for _ in range(2)) for _ in range(levels))
        self.last = nn.Conv2d(width, out, 1)
        nn.init.constant_(self.last.bias, bias)

    def forward(self, features: list[torch.Tensor]) -> list[torch.Tensor]:
        outputs = []
        for level, x in enumerate(features):
            for conv, norm in zip(self.convs, self.norms[level]):
                x = F.silu(norm(conv(x)))
            outputs.append(self.last(x))
        return outputs


class Detector(nn.Module):
    """[n, 1, 512, 512] in [0, 1] -> class logits [n, anchors, 3] and box offsets [n, anchors, 4]."""

    def __init__(self, width: int = 56, repeats: int = 2) -> None:
        super().__init__()
        self.backbone = Backbone()
        self.lateral = nn.ModuleList(conv_bn(c, width, act=False) for c in self.backbone.channels)
        self.bifpn = nn.ModuleList(BiFPN(len(STRIDES), width) for _ in range(repeats))
        self.classes = Head(width, ANCHORS_PER_CELL * CLASSES, len(STRIDES), bias=-4.6)
        self.boxes = Head(width, ANCHORS_PER_CELL * 4, len(STRIDES))

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        features = [lateral(f) for lateral, f in zip(self.lateral, self.backbone(x * 2 - 1))]
        for bifpn in self.bifpn:
            features = bifpn(features)
        return flatten(self.classes(features), CLASSES), flatten(self.boxes(features), 4)


def flatten(levels: list[torch.Tensor], size: int) -> torch.Tensor:
    return torch.cat([x.permute(0, 2, 3, 1).reshape(x.shape[0], -1, size) for x in levels], 1)
