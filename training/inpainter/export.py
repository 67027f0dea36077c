"""python3 -m training.inpainter.export FILE.pt --out marker-inpainter.onnx"""

import argparse
from pathlib import Path

import torch

from ..answers import export_with_answers
from .network import Inpainter


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    net = Inpainter()
    net.load_state_dict(torch.load(options.weights, map_location="cpu"))
    side = {2: "h", 3: "w"}
    dynamic = {"images": side, "mask": side, "inpainted": side}
    export_with_answers(net.eval(), options.out, {"images": (1, 1, 128, 128), "mask": (1, 1, 128, 128)}, ["inpainted"], dynamic)
    print(f"{options.out}: {options.out.stat().st_size / 2**20:.2f} MiB")


if __name__ == "__main__":
    main()
