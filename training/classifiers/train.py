"""python3 -m training.classifiers.train --arms DIR --out DIR: classifiers of every task, arm and seed, as ONNX.

DIR holds what scripts/models/arms.ts wrote: arms.f32 [films, 3, 128, 128] (original, inpainted, clipped),
masks.u8 [films, 64, 64] and rows.json. Films of the split `test` are left out of all training.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from ..answers import export_with_answers
from .network import SIDE, Classifier, Deployed

ARMS = ("original", "inpainted", "clipped")
TASKS = ("binary", "three-class", "multi-task")
CLASSES = ("none", "opacity", "effusion")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--arms", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4, 5])
    parser.add_argument("--tasks", nargs="+", default=list(TASKS), choices=TASKS)
    parser.add_argument("--folds", type=int, nargs="+", default=[], help="folds of the binary task, each left out once, seed 1")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=3e-3)
    return parser.parse_args()


class Study:
    """The training films of one site in every arm."""

    def __init__(self, folder: Path) -> None:
        rows = json.loads((folder / "rows.json").read_text())
        shape = (len(rows), len(ARMS), SIDE, SIDE)
        self.images = torch.from_numpy(np.fromfile(folder / "arms.f32", np.float32).reshape(shape))
        masks = np.fromfile(folder / "masks.u8", np.uint8).reshape(len(rows), SIDE // 2, SIDE // 2)
        self.masks = torch.from_numpy(masks).float()[:, None]
        self.classes = torch.tensor([CLASSES.index(row["class"]) for row in rows])
        splits = [row["split"] for row in rows]
        # 0 is the test set
        self.fold = torch.tensor([int(split.removeprefix("fold-")) if split != "test" else 0 for split in splits])


def batch_loss(task: str, outputs: list[torch.Tensor], classes: torch.Tensor, masks: torch.Tensor) -> torch.Tensor:
    if task == "three-class":
        return F.cross_entropy(outputs[0], classes)
    loss = F.binary_cross_entropy_with_logits(outputs[0][:, 0], (classes > 0).float())
    if task == "binary":
        return loss
    p = torch.sigmoid(outputs[2])
    dice = 1 - (2 * (p * masks).sum() + 1) / (p.sum() + masks.sum() + 1)
    return loss + dice + F.binary_cross_entropy_with_logits(outputs[2], masks)


def shifted(images: torch.Tensor, masks: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Up to 4 px to either side, one shift a batch; grey scale bent; then noise."""
    dy, dx = (2 * int(n) for n in torch.randint(-2, 3, (2,)))
    moved = torch.roll(F.pad(images, (4, 4, 4, 4), mode="replicate"), (dy, dx), (2, 3))[..., 4:-4, 4:-4]
    lesion = torch.roll(F.pad(masks, (2, 2, 2, 2)), (dy // 2, dx // 2), (2, 3))[..., 2:-2, 2:-2]
    bent = moved.clamp(min=0) ** torch.empty(len(moved), 1, 1, 1).uniform_(0.8, 1.25)
    return bent + 0.01 * torch.randn_like(moved), lesion


def fit(study: Study, task: str, arm: str, seed: int, fold: int, options: argparse.Namespace) -> Classifier:
    torch.manual_seed(1000 * seed + fold)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    net = Classifier(3 if task == "three-class" else 1, task == "multi-task").to(device, memory_format=torch.channels_last)
    chosen = (study.fold > 0) & (study.fold != fold)
    index = torch.nonzero(chosen)[:, 0]
    steps = options.epochs * (len(index) // options.batch)
    optimiser = torch.optim.AdamW(net.parameters(), lr=options.rate, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, options.rate, steps, pct_start=0.2)
    net.train()
    for _ in range(options.epochs):
        order = index[torch.randperm(len(index))]
        for k in range(len(order) // options.batch):
            some = order[k * options.batch : (k + 1) * options.batch]
            images, masks = shifted(study.images[some, ARMS.index(arm)][:, None], study.masks[some])
            with torch.autocast(device, dtype=torch.bfloat16):
                outputs = net(images.to(device, memory_format=torch.channels_last))
            loss = batch_loss(task, [x.float() for x in outputs], study.classes[some].to(device), masks.to(device))
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    return net.cpu().eval()


def export(net: Classifier, path: Path) -> None:
    outputs = ["logits", "features", "cam"] + (["seg"] if net.segments else [])
    export_with_answers(Deployed(net).eval(), path, {"images": (1, 1, SIDE, SIDE)}, outputs)


def main() -> None:
    options = arguments()
    options.out.mkdir(parents=True, exist_ok=True)
    study = Study(options.arms)
    runs = [(task, arm, seed, 0) for seed in options.seeds for task in options.tasks for arm in ARMS]
    runs += [("binary", arm, 1, fold) for fold in options.folds for arm in ARMS]
    for task, arm, seed, fold in runs:
        name = f"{task}-{arm}-s{seed}" + (f"-f{fold}" if fold else "")
        began = time.time()
        net = fit(study, task, arm, seed, fold, options)
        export(net, options.out / f"{name}.onnx")
        facts = {"task": task, "arm": arm, "seed": seed, "fold": fold, "seconds": round(time.time() - began), "epochs": options.epochs}
        (options.out / f"{name}.train.json").write_text(json.dumps(facts))
        print(f"{name} {facts['seconds']} s", flush=True)


if __name__ == "__main__":
    main()
