"""Grad-CAM by torch autograd, for the maps that an agent makes without gradients.

python make.py: writes beside itself, for each head, NAME.onnx and answers.json with the input, the logits and, for each
class, ReLU(sum over k of alpha_k F_k), alpha_k = mean over the cells of d logit / d F_k (Selvaraju et al. 2017).
Made with torch 2.8.0 and onnx 1.19.1.
"""
import json
from pathlib import Path

import torch
from torch import nn

HERE = Path(__file__).parent
SIDE = 32
SEED = 9  # the map of every class has mass


class Classifier(nn.Module):
    """Features [1, 6, 8, 8] after a ReLU, then a head of two convolutions and two layers: far from linear."""

    def __init__(self, fixed_batch: bool):
        super().__init__()
        self.fixed_batch = fixed_batch
        self.body = nn.Sequential(
            nn.Conv2d(1, 4, 3, stride=2, padding=1), nn.ReLU(), nn.Conv2d(4, 6, 3, stride=2, padding=1), nn.ReLU()
        )
        self.mix = nn.Sequential(nn.Conv2d(6, 5, 3, padding=1), nn.SiLU())
        self.top = nn.Sequential(nn.Linear(5 * 4, 8), nn.ReLU(), nn.Linear(8, 3))

    def head(self, features: torch.Tensor) -> torch.Tensor:
        pooled = nn.functional.avg_pool2d(self.mix(features), 4)
        return self.top(pooled.reshape(1, 20) if self.fixed_batch else pooled.flatten(1))

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        return self.head(self.body(image))


def grad_cam(net: Classifier, image: torch.Tensor, of: int) -> torch.Tensor:
    features = net.body(image).detach().requires_grad_()
    (gradient,) = torch.autograd.grad(net.head(features)[0, of], features)
    alpha = gradient.mean(dim=(2, 3), keepdim=True)
    return torch.relu((alpha * features).sum(dim=1)).detach()


def main() -> None:
    answers = {}
    for name, fixed_batch in (("any-batch", False), ("one-film", True)):
        torch.manual_seed(SEED)
        net = Classifier(fixed_batch).eval()
        for parameter in net.parameters():
            parameter.data *= 2  # logits of some size
        image = torch.rand(1, 1, SIDE, SIDE).round(decimals=3)
        torch.onnx.export(
            net, (image,), str(HERE / f"{name}.onnx"), input_names=["image"], output_names=["logits"],
            opset_version=17, dynamo=False,
        )
        answers[name] = {
            "image": [round(v, 3) for v in image.flatten().tolist()],
            "logits": net(image)[0].tolist(),
            "maps": [grad_cam(net, image, of).flatten().tolist() for of in range(3)],
        }
    (HERE / "answers.json").write_text(json.dumps(answers) + "\n")


if __name__ == "__main__":
    main()
