"""python3 -m training.inpainter.train --films DIR [DIR ...] --out FILE.pt: trains the marker inpainter.

Of every film of markers.json its clean or background picture is used; a film without one is used as it is, away from
its markers.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from ..films import Film, list_films
from .data import Ground, Patches
from .network import Critic, Inpainter, detail


# px inside a hole that are next to what is known
RIM = 2


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--films", type=Path, nargs="+", required=True)
    parser.add_argument("--shares", nargs="+", type=float, help="share of each DIR in the patches; default by size")
    parser.add_argument("--start", type=Path, help="generator to go on from")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=2400)
    parser.add_argument("--alone", type=float, default=0.3, help="share of the steps before the critic joins")
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--rate", type=float, default=8e-4)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def blur(image: torch.Tensor, sigma: float = 2.0) -> torch.Tensor:
    reach = int(3 * sigma)
    line = torch.exp(-(torch.arange(-reach, reach + 1.0, device=image.device) ** 2) / (2 * sigma**2))
    line = line / line.sum()
    padded = F.pad(image, (reach,) * 4, mode="reflect")
    return F.conv2d(F.conv2d(padded, line.view(1, 1, 1, -1)), line.view(1, 1, -1, 1))


def mean_in(x: torch.Tensor, hole: torch.Tensor) -> torch.Tensor:
    return (x * hole).sum() / hole.sum().clamp(min=1)


def likeness(fake: torch.Tensor, real: torch.Tensor, hole: torch.Tensor) -> torch.Tensor:
    """Shape by the blurred picture, brightness by the raw one and once more along the rim, grain by its local strength."""
    shape = mean_in((blur(fake) - blur(real)).abs(), hole)
    raw = mean_in((fake - real).abs(), hole)
    grain = lambda x: blur(detail(x) ** 2, 3.0).clamp(min=1e-8).sqrt()  # noqa: E731
    rim = hole * F.max_pool2d(1 - hole, 2 * RIM + 1, 1, RIM)
    seam = mean_in((fake - real).abs(), rim)
    return 6 * shape + raw + 2 * seam + 6 * mean_in((grain(fake) - grain(real)).abs(), hole)


def distinct(films: list[Film]) -> list[Film]:
    """One film of each background: marked copies share theirs."""
    return list({film.background or film.path: film for film in films}.values())


def main() -> None:
    options = arguments()
    torch.manual_seed(options.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    folders = [distinct(list_films(folder)) for folder in options.films]
    grounds = [[Ground(film, film.background or film.path) for film in films] for films in folders]
    patches = Patches(grounds, options.shares or [len(films) for films in folders], options.seed)
    net, critic = Inpainter().to(device), Critic().to(device)
    if options.start:
        net.load_state_dict(torch.load(options.start))
    print(f"{sum(map(len, folders))} films, {sum(p.numel() for p in net.parameters())} parameters", flush=True)
    generator = torch.optim.Adam(net.parameters(), lr=options.rate, betas=(0.5, 0.99))
    judge = torch.optim.Adam(critic.parameters(), lr=1.5 * options.rate, betas=(0.5, 0.99))
    schedules = [torch.optim.lr_scheduler.OneCycleLR(o, o.defaults["lr"], options.steps, pct_start=0.1) for o in (generator, judge)]
    brief = torch.autocast(device, dtype=torch.bfloat16)
    began, means = time.time(), np.zeros(2)
    for step in range(1, options.steps + 1):
        real, hole = (torch.from_numpy(x).to(device) for x in patches.batch(options.batch))
        seen = F.max_pool2d(hole, 8) > 0
        with brief:
            fake = net(real, hole)
        loss = likeness(fake, real, hole)
        if step > options.alone * options.steps:
            with brief:
                verdict, truth = (critic(x, hole)[..., : seen.shape[2], : seen.shape[3]].float() for x in (fake.detach(), real))
            hinge = F.relu(1 + verdict)[seen].mean() + F.relu(1 - truth)[seen].mean()
            judge.zero_grad()
            hinge.backward()
            judge.step()
            with brief:
                answer = critic(fake, hole)[..., : seen.shape[2], : seen.shape[3]].float()
            loss = loss - 0.03 * answer[seen].mean()
            means[1] = 0.95 * means[1] + 0.05 * hinge.item()
        generator.zero_grad()
        loss.backward()
        generator.step()
        for schedule in schedules:
            schedule.step()
        means[0] = 0.95 * means[0] + 0.05 * loss.item()
        if step % 25 == 0:
            print(f"step {step}/{options.steps} loss {means[0]:.4f} hinge {means[1]:.3f} {(time.time() - began) / step:.2f} s a step", flush=True)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(net.cpu().state_dict(), options.out)
    recipe = {**{k: str(v) for k, v in vars(options).items()}, "seconds": round(time.time() - began), "loss": round(means[0], 4)}
    options.out.with_suffix(".json").write_text(json.dumps(recipe, indent=1))


if __name__ == "__main__":
    main()
