"""python3 -m training.detector.train --films DIR [DIR ...] --out FILE.pt: trains the marker detector.

Every DIR holds a markers.json. A DIR named as DIR:site,site takes those sites only. `--start` continues from a file.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch

from ..films import list_films
from .anchors import anchors, assign
from .data import SIDE, Sample, augment, folder_samples
from .loss import detection_loss
from .network import Detector


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--films", nargs="+", required=True)
    parser.add_argument("--shares", nargs="+", type=float, help="share of each DIR in a batch; default by size")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--steps", type=int, default=1500)
    parser.add_argument("--batch", type=int, default=12)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


class Batches:
    """Endless batches from several pools."""

    def __init__(self, pools: list[list[Sample]], shares: list[float], size: int, seed: int) -> None:
        self.pools, self.size = pools, size
        self.shares = np.array(shares) / np.sum(shares)
        self.random = np.random.default_rng(seed)
        self.base = anchors(SIDE)

    def draw(self) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        images, classes, offsets = [], [], []
        for _ in range(self.size):
            pool = self.pools[self.random.choice(len(self.pools), p=self.shares)]
            sample = augment(pool[self.random.integers(len(pool))], self.random)
            images.append(torch.from_numpy(sample.image)[None])
            one = assign(*(torch.from_numpy(np.ascontiguousarray(x)) for x in (sample.boxes, sample.labels, sample.seen)), self.base)
            classes.append(one[0])
            offsets.append(one[1])
        return torch.stack(images), torch.stack(classes), torch.stack(offsets)


def main() -> None:
    options = arguments()
    torch.manual_seed(options.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    pools = []
    for name in options.films:
        folder, _, sites = name.partition(":")
        pools.append(folder_samples(list_films(Path(folder), sites.split(",") if sites else None), name))
    batches = Batches(pools, options.shares or [len(pool) for pool in pools], options.batch, options.seed)
    net = Detector().to(device)
    if options.start:
        net.load_state_dict(torch.load(options.start, map_location=device))
    print(f"{sum(p.numel() for p in net.parameters())} parameters", flush=True)
    optimiser = torch.optim.AdamW(net.parameters(), lr=options.rate, weight_decay=1e-4)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, options.rate, options.steps, pct_start=0.1)
    began, mean = time.time(), None
    net.train()
    for step in range(1, options.steps + 1):
        images, classes, offsets = (x.to(device) for x in batches.draw())
        loss = detection_loss(*net(images), classes, offsets)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimiser.step()
        schedule.step()
        mean = loss.item() if mean is None else 0.97 * mean + 0.03 * loss.item()
        if step % 25 == 0:
            print(f"step {step}/{options.steps} loss {mean:.4f} {(time.time() - began) / step:.2f} s a step", flush=True)
            if not np.isfinite(mean):
                raise SystemExit("the loss is no number any more")
    options.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(net.cpu().state_dict(), options.out)
    recipe = {**{k: str(v) for k, v in vars(options).items()}, "seconds": round(time.time() - began), "loss": round(mean, 4)}
    options.out.with_suffix(".json").write_text(json.dumps(recipe, indent=1))


if __name__ == "__main__":
    main()
