"""python3 -m training.detector.train --films DIR [DIR ...] --out FILE.pt: trains the marker detector.

Every DIR holds a markers.json. A DIR named as DIR:site,site takes those sites only. `--start` continues from a file.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch

from .anchors import anchors, assign
from .augment import augment, crop
from .data import SIDE, Sample, samples_of
from .loss import detection_loss
from .network import Detector


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--films", nargs="+", required=True)
    parser.add_argument("--shares", nargs="+", type=float, help="share of each DIR in a batch; default by size")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--steps", type=int, default=1500)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--side", type=int, default=SIDE, help="px of the square part of a film that a step sees")
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


class Batches:
    """Endless batches from several pools."""

    def __init__(self, pools: list[list[Sample]], shares: list[float], options: argparse.Namespace) -> None:
        self.pools, self.size, self.side = pools, options.batch, options.side
        self.shares = np.array(shares) / np.sum(shares)
        self.random = np.random.default_rng(options.seed)
        self.base = anchors(options.side)

    def draw(self) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        images, classes, offsets = [], [], []
        for _ in range(self.size):
            pool = self.pools[self.random.choice(len(self.pools), p=self.shares)]
            sample = crop(augment(pool[self.random.integers(len(pool))], self.random), self.side, self.random)
            images.append(torch.from_numpy(np.ascontiguousarray(sample.image))[None])
            one = assign(*(torch.from_numpy(np.ascontiguousarray(x)) for x in (sample.boxes, sample.labels, sample.seen)), self.base)
            classes.append(one[0])
            offsets.append(one[1])
        return torch.stack(images), torch.stack(classes), torch.stack(offsets)


class Average:
    """A running mean of the weights (Polyak & Juditsky 1992), which generalises better than the last step."""

    def __init__(self, net: torch.nn.Module, keep: float = 0.997) -> None:
        self.keep = keep
        self.state = {name: value.detach().clone() for name, value in net.state_dict().items()}

    def update(self, net: torch.nn.Module, step: int) -> None:
        keep = min(self.keep, (1 + step) / (10 + step))
        for name, value in net.state_dict().items():
            if value.dtype.is_floating_point:
                self.state[name].mul_(keep).add_(value.detach(), alpha=1 - keep)
            else:
                self.state[name].copy_(value)


def read_pools(names: list[str]) -> list[list[Sample]]:
    pools = []
    for name in names:
        folder, _, sites = name.partition(":")
        pools.append(samples_of(Path(folder), sites.split(",") if sites else None))
    return pools


def main() -> None:
    options = arguments()
    torch.manual_seed(options.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    pools = read_pools(options.films)
    batches = Batches(pools, options.shares or [len(pool) for pool in pools], options)
    net = Detector().to(device, memory_format=torch.channels_last)
    if options.start:
        net.load_state_dict(torch.load(options.start, map_location=device))
    print(f"{sum(p.numel() for p in net.parameters())} parameters", flush=True)
    optimiser = torch.optim.AdamW(net.parameters(), lr=options.rate, weight_decay=1e-4)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, options.rate, options.steps, pct_start=0.1)
    average = Average(net)
    began, mean = time.time(), None
    net.train()
    for step in range(1, options.steps + 1):
        images, classes, offsets = (x.to(device) for x in batches.draw())
        with torch.autocast(device, dtype=torch.bfloat16):
            logits, boxes = net(images.contiguous(memory_format=torch.channels_last))
        loss = detection_loss(logits.float(), boxes.float(), classes, offsets)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimiser.step()
        schedule.step()
        average.update(net, step)
        mean = loss.item() if mean is None else 0.97 * mean + 0.03 * loss.item()
        if step % 25 == 0:
            print(f"step {step}/{options.steps} loss {mean:.4f} {(time.time() - began) / step:.2f} s a step", flush=True)
            if not np.isfinite(mean):
                raise SystemExit("the loss is no number any more")
    options.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({name: value.cpu() for name, value in average.state.items()}, options.out)
    recipe = {**{k: str(v) for k, v in vars(options).items()}, "seconds": round(time.time() - began), "loss": round(mean, 4)}
    options.out.with_suffix(".json").write_text(json.dumps(recipe, indent=1))


if __name__ == "__main__":
    main()
