"""A gated-convolution U-Net (Yu et al. 2019) that adds detail to a smooth fill, and its spectrally normalised critic."""

import torch
from torch import nn
import torch.nn.functional as F
from torch.nn.utils import spectral_norm

LEVELS = 6
NOISE_SIDE = 256


def smooth_fill(image: torch.Tensor, hole: torch.Tensor) -> torch.Tensor:
    """Push-pull (Gortler et al. 1996): averages of known pixels over ever larger blocks, laid back into the hole."""
    pyramid = [(image * (1 - hole), 1 - hole)]
    for _ in range(LEVELS):
        value, weight = pyramid[-1]
        pyramid.append((F.avg_pool2d(value, 2), F.avg_pool2d(weight, 2)))
    value, weight = pyramid[-1]
    filled = value / weight.clamp(min=1e-3)
    for value, weight in reversed(pyramid[:-1]):
        above = F.interpolate(filled, scale_factor=2.0, mode="bilinear", align_corners=False)
        trust = weight.clamp(0, 1)
        filled = value / weight.clamp(min=1e-3) * trust + above * (1 - trust)
    return filled


class Gated(nn.Module):
    def __init__(self, cin: int, cout: int, stride: int = 1, dilation: int = 1) -> None:
        super().__init__()
        self.conv = nn.Conv2d(cin, 2 * cout, 3, stride, dilation, dilation)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        value, gate = self.conv(x).chunk(2, 1)
        return F.elu(value) * torch.sigmoid(gate)


class Inpainter(nn.Module):
    """image, hole [n, 1, h, w], h and w multiples of 64 up to 256; image in [0, 1], hole 1 = fill -> [n, 1, h, w].

    The grain comes from a fixed field of noise: same patch, same fill.
    """

    def __init__(self, c: int = 24) -> None:
        super().__init__()
        field = torch.randn(1, 1, NOISE_SIDE, NOISE_SIDE, generator=torch.Generator().manual_seed(20221105))
        self.register_buffer("field", field)
        self.e1 = Gated(4, c)
        self.e2 = Gated(c, 2 * c, 2)
        self.e3 = Gated(2 * c, 3 * c, 2)
        self.middle = nn.ModuleList(Gated(3 * c, 3 * c, dilation=d) for d in (2, 4, 8, 1))
        self.d2 = Gated(5 * c, 2 * c)
        self.d1 = Gated(3 * c, c)
        self.last = nn.Conv2d(c, 1, 3, 1, 1)
        nn.init.zeros_(self.last.weight)
        nn.init.zeros_(self.last.bias)

    def noise_like(self, image: torch.Tensor) -> torch.Tensor:
        if self.training:
            return torch.randn_like(image)
        return self.field[:, :, : image.shape[2], : image.shape[3]].expand(image.shape[0], -1, -1, -1)

    def forward(self, image: torch.Tensor, hole: torch.Tensor) -> torch.Tensor:
        start = smooth_fill(image, hole)
        x = image * (1 - hole) + start * hole
        s1 = self.e1(torch.cat([x, hole, start, self.noise_like(image)], 1))
        s2 = self.e2(s1)
        y = self.e3(s2)
        for layer in self.middle:
            y = y + layer(y)
        y = F.interpolate(y, scale_factor=2.0, mode="nearest")
        y = F.interpolate(self.d2(torch.cat([y, s2], 1)), scale_factor=2.0, mode="nearest")
        y = self.last(self.d1(torch.cat([y, s1], 1))).float()
        return image * (1 - hole) + (start + y) * hole


class Critic(nn.Module):
    """Patch critic (Miyato et al. 2018) over the picture, its fine detail and the hole."""

    def __init__(self, c: int = 32) -> None:
        super().__init__()
        conv = lambda cin, cout, s: spectral_norm(nn.Conv2d(cin, cout, 4 if s == 2 else 3, s, 1))  # noqa: E731
        self.layers = nn.ModuleList([conv(3, c, 1), conv(c, c, 2), conv(c, 2 * c, 2), conv(2 * c, 2 * c, 2)])
        self.last = nn.Conv2d(2 * c, 1, 3, 1, 1)

    def forward(self, image: torch.Tensor, hole: torch.Tensor) -> torch.Tensor:
        x = torch.cat([image, 6 * detail(image), hole], 1)
        for layer in self.layers:
            x = F.leaky_relu(layer(x), 0.2)
        return self.last(x)


def detail(image: torch.Tensor) -> torch.Tensor:
    """What a 3 x 3 mean leaves."""
    return image - F.avg_pool2d(F.pad(image, (1, 1, 1, 1), mode="replicate"), 3, 1)
