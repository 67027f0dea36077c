"""Exports to ONNX, and what PyTorch answers to the pictures that every site shows a model before it trusts it.

The pictures are those of libs/core/src/imaging/tensor/canary-pattern.ts, so the answers travel in the manifest as its
canaries: a site that passes them has a runtime that agrees with the framework.
"""

import json
from pathlib import Path

import numpy as np
import onnx
import torch
from torch import nn

PATTERNS = ("plateau", "ramp")
PLACES = 48
GOLDEN = 0.6180339887498949
OPSET = 15


def pattern(name: str, height: int, width: int) -> np.ndarray:
    """float32 [height, width] in [0, 1]."""
    y, x = np.mgrid[:height, :width].astype(np.float64)
    ramp = (x + y) / max(1, width + height - 2)
    if name == "ramp":
        return ramp.astype(np.float32)
    unit = min(width, height) / 128
    u, v = x / unit - 12, y / unit - 10
    letter = (u >= 0) & (u < 5) & (v >= 0) & (v < 7) & ((u < 1.5) | (v >= 5.5))
    return np.where(letter, 1, 0.1 + 0.3 * ramp).astype(np.float32)


def hole(height: int, width: int) -> np.ndarray:
    """float32 [height, width], 1 in the middle quarter of each side."""
    middle = lambda n: (np.arange(n) >= 3 * n // 8) & (np.arange(n) < 5 * n // 8)  # noqa: E731
    return (middle(height)[:, None] & middle(width)[None]).astype(np.float32)


def export_with_answers(
    net: nn.Module, path: Path, inputs: dict[str, tuple[int, ...]], outputs: list[str], dynamic: dict | None = None
) -> None:
    """Writes `path` and `path` with .answers.json: pattern -> output -> {indices, values}. Inputs are image, then mask."""
    path.parent.mkdir(parents=True, exist_ok=True)
    answers = {}
    for name in PATTERNS:
        given = [torch.from_numpy((pattern(name, *s[2:]) if k == 0 else hole(*s[2:])).reshape(s)) for k, s in enumerate(inputs.values())]
        with torch.no_grad():
            said = net(*given)
        said = said if isinstance(said, tuple) else (said,)
        answers[name] = {output: spread(value) for output, value in zip(outputs, said) if output != "features"}
    torch.onnx.export(
        net, tuple(given), str(path), opset_version=OPSET, input_names=list(inputs), output_names=outputs, dynamic_axes=dynamic, dynamo=False
    )
    onnx.checker.check_model(str(path))
    path.with_suffix(".answers.json").write_text(json.dumps(answers))


def spread(values: torch.Tensor) -> dict[str, list]:
    """Places all over a tensor (Kronecker sequence), so that some lie in a hole too; all of a short one."""
    flat = values.detach().reshape(-1).double().tolist()
    if len(flat) <= PLACES:
        indices = list(range(len(flat)))
    else:
        indices = sorted({int((k * GOLDEN % 1) * len(flat)) for k in range(PLACES)})
    return {"indices": indices, "values": [flat[i] for i in indices]}
