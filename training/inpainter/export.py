"""python3 -m training.inpainter.export FILE.pt --out marker-inpainter.onnx"""

import argparse
from pathlib import Path

import onnx
import torch

from .network import Inpainter


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    net = Inpainter()
    net.load_state_dict(torch.load(options.weights, map_location="cpu"))
    dynamic = {2: "h", 3: "w"}
    torch.onnx.export(
        net.eval(),
        (torch.rand(1, 1, 128, 128), torch.zeros(1, 1, 128, 128)),
        str(options.out),
        opset_version=15,
        input_names=["images", "mask"],
        output_names=["inpainted"],
        dynamic_axes={"images": dynamic, "mask": dynamic, "inpainted": dynamic},
    )
    onnx.checker.check_model(str(options.out))
    print(f"{options.out}: {options.out.stat().st_size / 2**20:.2f} MiB")


if __name__ == "__main__":
    main()
