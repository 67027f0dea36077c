"""Model inputs as laboratories make them in Python, for `libs/core/src/imaging/tensor/golden-tensors.spec.ts`.

    python make.py model-inputs.json

Needs numpy, pillow, opencv-python-headless, torch and torchvision; the versions used are written into the file. Every
case holds the declaration (fields of `input.image` of a manifest), the tensor, and the tolerance at which it is met.
"""
import base64
import json
import sys

import cv2
import numpy as np
import PIL
import torch
import torchvision
from PIL import Image
from torch.nn import functional
from torchvision.transforms import functional as vision

IMAGENET = {"mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225]}
# distances of tensors that went through float arithmetic, relative to the span of their values
FLOAT = 1e-5


def words(seed, count):
    """A linear congruential generator, the same as in the specs beside it."""
    state, out = seed, []
    for _ in range(count):
        state = (state * 1664525 + 1013904223) % 2**32
        out.append(state)
    return np.array(out, dtype=np.uint64)


def film(seed, height, width, bits, signed=False):
    """Noise on a slope with an edge: whole numbers of `bits` bits."""
    noise = (words(seed, height * width) >> np.uint64(32 - bits)).astype(np.int64).reshape(height, width)
    slope = np.add.outer(np.arange(height), 2 * np.arange(width)) * 2**bits // (2 * (height + 2 * width))
    values = (noise // 3 + slope).clip(0, 2**bits - 1)
    values[4:9, 5:12] = 2**bits - 1
    return values - 2 ** (bits - 1) if signed else values


FILMS = {
    "twelve": dict(width=32, height=24, bits=12, signed=False, pixels=film(1, 24, 32, 12)),
    "eight": dict(width=31, height=23, bits=8, signed=False, pixels=film(2, 23, 31, 8)),
    "signed": dict(width=32, height=24, bits=12, signed=True, pixels=film(3, 24, 32, 12, True)),
    "tall": dict(width=21, height=37, bits=10, signed=False, pixels=film(4, 37, 21, 10)),
}
CASES = []


def pixels(name):
    return FILMS[name]["pixels"].astype(np.float64)


def minmax(x, low=0.0, high=1.0):
    return low + (x - x.min()) / (x.max() - x.min()) * (high - low)


def case(name, film_name, tensor, tolerance, unit="span", **image):
    """tolerance: of the span of the tensor (`span`), or in the tensor's own numbers (`absolute`)."""
    tensor = np.ascontiguousarray(tensor)
    declared = dict(
        dtype=str(tensor.dtype), layout="NCHW", channels=1, size=dict(h=16, w=16), fit="stretch",
        interpolation="bilinear", antialias=True, roundSize="round",
        intensity=dict(scale="minmax", out=[0, 1]), normalise=dict(scale=1, mean=[0], std=[1]),
    )
    declared.update(image)
    within = tolerance * float(tensor.max() - tensor.min()) if unit == "span" else tolerance
    CASES.append(dict(name=name, film=film_name, image=declared, dims=list(tensor.shape), tolerance=within,
                      data=base64.b64encode(tensor.tobytes()).decode()))


def planar(x):
    return x[None, None].astype(np.float32)


def pil_float(x, size, how):
    return np.asarray(Image.fromarray(x.astype(np.float32)).resize(size, how))


def pil_bytes(x, size, how):
    return np.asarray(Image.fromarray(x.astype(np.uint8)).resize(size, how))


def torch_size(x, size, **how):
    t = torch.from_numpy(np.ascontiguousarray(x.astype(np.float32)))[None, None]
    return functional.interpolate(t, size=size, **how).numpy()


def resizes():
    """Each kernel of each library, reducing 24 x 32 to 16 x 16 and enlarging to 30 x 36."""
    x = minmax(pixels("twelve"))
    larger = dict(h=30, w=36)
    small, large = (16, 16), (36, 30)
    for size, where in ((small, {}), (large, dict(size=larger))):
        word = "reduced" if size == small else "enlarged"
        case(f"Pillow bilinear, float, {word}", "twelve", planar(pil_float(x, size, Image.BILINEAR)), FLOAT, **where)
        case(f"Pillow bicubic, float, {word}", "twelve", planar(pil_float(x, size, Image.BICUBIC)), FLOAT,
             interpolation="bicubic", **where)
        f = x.astype(np.float32)
        case(f"OpenCV linear, float, {word}", "twelve", planar(cv2.resize(f, size, interpolation=cv2.INTER_LINEAR)),
             FLOAT, antialias=False, **where)
        case(f"OpenCV cubic, float, {word}", "twelve", planar(cv2.resize(f, size, interpolation=cv2.INTER_CUBIC)),
             FLOAT, antialias=False, interpolation="bicubic", cubic=-0.75, **where)
        case(f"OpenCV nearest, {word}", "twelve", planar(cv2.resize(f, size, interpolation=cv2.INTER_NEAREST)),
             FLOAT, antialias=False, interpolation="nearest-floor", **where)
        hw = (size[1], size[0])
        case(f"torch bilinear, {word}", "twelve", torch_size(x, hw, mode="bilinear"), FLOAT, antialias=False, **where)
        case(f"torch bilinear, antialias, {word}", "twelve", torch_size(x, hw, mode="bilinear", antialias=True),
             FLOAT, **where)
        case(f"torch bicubic, {word}", "twelve", torch_size(x, hw, mode="bicubic"), FLOAT, antialias=False,
             interpolation="bicubic", cubic=-0.75, **where)
        case(f"torch bicubic, antialias, {word}", "twelve", torch_size(x, hw, mode="bicubic", antialias=True), FLOAT,
             interpolation="bicubic", **where)
        case(f"torch nearest, {word}", "twelve", torch_size(x, hw, mode="nearest"), FLOAT, antialias=False,
             interpolation="nearest-floor", **where)
        case(f"torch nearest-exact, {word}", "twelve", torch_size(x, hw, mode="nearest-exact"), FLOAT,
             antialias=False, interpolation="nearest", **where)
    # sizes at which no centre falls on the border of two pixels: Pillow adds up its positions, and may fall on either side
    for size, word in (((16, 16), "reduced"), ((64, 32), "enlarged")):
        case(f"Pillow nearest, {word}", "twelve", planar(pil_float(x, size, Image.NEAREST)), FLOAT,
             interpolation="nearest", antialias=False, size=dict(h=size[1], w=size[0]))
    f = x.astype(np.float32)
    case("OpenCV area, whole factor", "twelve", planar(cv2.resize(f, (16, 12), interpolation=cv2.INTER_AREA)), FLOAT,
         antialias=False, interpolation="area", size=dict(h=12, w=16))
    case("OpenCV area, broken factor", "twelve", planar(cv2.resize(f, (15, 17), interpolation=cv2.INTER_AREA)), FLOAT,
         antialias=False, interpolation="area", size=dict(h=17, w=15))


def eight_bits():
    """Pipelines that work on 8-bit pictures, and how each of them rounds."""
    x = pixels("eight")
    quantised = dict(scale="bits-stored", out=[0, 255], quantise="uint8")
    native = x.astype(np.uint8)
    for how, word, more in ((Image.BILINEAR, "bilinear", {}), (Image.BICUBIC, "bicubic", dict(interpolation="bicubic"))):
        case(f"Pillow {word}, 8 bits", "eight", planar(pil_bytes(native, (16, 16), how)), 0, "absolute",
             intensity=quantised, resizeRounding="each-pass", **more)
    for how, word, more in (
        (cv2.INTER_LINEAR, "linear", {}),
        (cv2.INTER_CUBIC, "cubic", dict(interpolation="bicubic", cubic=-0.75)),
        (cv2.INTER_AREA, "area", dict(interpolation="area")),
    ):
        case(f"OpenCV {word}, 8 bits", "eight", planar(cv2.resize(native, (16, 16), interpolation=how)), 1, "absolute",
             antialias=False, intensity=quantised, resizeRounding="once", **more)
    twelve = pixels("twelve")
    same = dict(size=dict(h=24, w=32))
    truncated = minmax(twelve, 0, 255).astype(np.uint8)
    for word, rounding, made in (
        ("astype(uint8)", "truncate", truncated),
        ("round().astype(uint8)", "half-even", np.round(minmax(twelve, 0, 255)).astype(np.uint8)),
        ("(x + 0.5).astype(uint8)", "half-up", (minmax(twelve, 0, 255) + 0.5).astype(np.uint8)),
    ):
        case(f"12 bits to 8 by {word}", "twelve", planar(made), 0, "absolute",
             intensity=dict(scale="minmax", out=[0, 255], quantise="uint8", rounding=rounding), **same)
    image = Image.fromarray(truncated).resize((16, 16), Image.BILINEAR).convert("RGB")
    case("torchvision on Pillow: resize, ToTensor, ImageNet", "twelve",
         vision.normalize(vision.to_tensor(image), IMAGENET["mean"], IMAGENET["std"])[None].numpy(), 1e-6,
         channels=3, channelOrder="RGB", resizeRounding="each-pass",
         intensity=dict(scale="minmax", out=[0, 255], quantise="uint8", rounding="truncate"),
         normalise=dict(scale=1 / 255, **IMAGENET))
    case("uint8 NHWC, as the TF object detection models take it", "eight",
         np.repeat(cv2.resize(native, (16, 16), interpolation=cv2.INTER_LINEAR)[None, :, :, None], 3, 3), 1, "absolute",
         layout="NHWC", channels=3, channelOrder="RGB", antialias=False, intensity=quantised, resizeRounding="once")


def fits():
    """Frames: letterboxes, crops, and what lies beside the film."""
    x = pixels("eight")
    wide, high = 31, 23

    def content(scale, rounding):
        return rounding(wide * scale), rounding(high * scale)

    scale = 16 / 31
    grey = minmax(x, 0, 255).astype(np.float32)
    w, h = content(scale, int)
    inner = cv2.resize(grey, (w, h), interpolation=cv2.INTER_LINEAR)
    frame = np.full((16, 16), 128, np.float32)
    top, left = (16 - h) // 2, (16 - w) // 2
    frame[top:top + h, left:left + w] = inner
    rgb = np.stack([frame] * 3, -1)[..., ::-1] / 255
    bgr = (rgb - np.array(IMAGENET["mean"])) / np.array(IMAGENET["std"])
    case("MI2RLNet: centred on grey 128, BGR with RGB means", "eight", bgr[None].astype(np.float32), FLOAT,
         layout="NHWC", channels=3, channelOrder="BGR", fit="letterbox-center", roundSize="floor", antialias=False,
         pad=dict(value=128, stage="before-normalise"), intensity=dict(scale="minmax", out=[0, 255]),
         normalise=dict(scale=1 / 255, **IMAGENET))
    w, h = content(scale, round)
    yolo = np.full((16, 16), 114, np.float32)
    top, left = round((16 - h) / 2 - 0.1), round((16 - w) / 2 - 0.1)
    yolo[top:top + h, left:left + w] = cv2.resize(grey, (w, h), interpolation=cv2.INTER_LINEAR)
    case("YOLO: centred on 114, sizes by round()", "eight", np.repeat(planar(yolo / 255), 3, 1), FLOAT,
         channels=3, channelOrder="RGB", fit="letterbox-center", roundSize="half-even", antialias=False,
         pad=dict(value=114, stage="before-normalise"), intensity=dict(scale="minmax", out=[0, 255]),
         normalise=dict(scale=1 / 255, mean=[0], std=[1]))
    caffe = dict(mean=[103.53, 116.28, 123.675], std=[57.375, 57.12, 58.395])
    inner = cv2.resize(grey, (w, h), interpolation=cv2.INTER_LINEAR)
    padded = np.zeros((3, 16, 16), np.float32)
    for c in range(3):
        padded[c, :h, :w] = (inner - caffe["mean"][c]) / caffe["std"][c]
    case("mmdetection: top left, zeros after normalise, BGR means", "eight", padded[None], FLOAT,
         channels=3, channelOrder="BGR", fit="letterbox-topleft", roundSize="half-even", antialias=False,
         pad=dict(value=0, stage="after-normalise"), intensity=dict(scale="minmax", out=[0, 255]),
         normalise=dict(scale=1, **caffe))
    tall = minmax(pixels("tall"), 0, 255).astype(np.uint8)
    for shorter in (16, 19):
        image = vision.resize(Image.fromarray(tall), shorter, interpolation=vision.InterpolationMode.BILINEAR)
        image = vision.center_crop(image, 16)
        case(f"torchvision: Resize({shorter}), CenterCrop(16)", "tall", vision.to_tensor(image)[None].numpy(), 1e-6,
             fit="crop", roundSize="floor", resizeRounding="each-pass", **({} if shorter == 16 else dict(shorterSide=shorter)),
             intensity=dict(scale="minmax", out=[0, 255], quantise="uint8", rounding="truncate"),
             normalise=dict(scale=1 / 255, mean=[0], std=[1]))


def intensities():
    """The scales in use, each reduced by torch with antialias."""
    x = pixels("twelve")
    aa = dict(mode="bilinear", antialias=True)
    small = (16, 16)
    p99 = np.percentile(x, 99)
    case("CheSS: to the 99th percentile", "twelve", torch_size(np.clip(x, 0, p99) / p99, small, **aa), FLOAT,
         intensity=dict(scale="fixed", fixed=[0, float(p99)], out=[0, 1]))
    low, high = np.percentile(x, [2.5, 97.5])
    case("percentiles 2.5 to 97.5 on [-1, 1]", "twelve",
         torch_size((np.clip(x, low, high) - low) / (high - low) * 2 - 1, small, **aa), FLOAT,
         intensity=dict(scale="percentile", percentiles=[2.5, 97.5], out=[-1, 1]))
    case("torchxrayvision: [-1024, 1024]", "twelve", torch_size((2 * (x / 4095) - 1) * 1024, small, **aa), FLOAT,
         intensity=dict(scale="bits-stored", out=[-1024, 1024]))
    signed = pixels("signed")
    case("signed, fixed window", "signed", torch_size((np.clip(signed, -1000, 400) + 1000) / 1400, small, **aa), FLOAT,
         intensity=dict(scale="fixed", fixed=[-1000, 400], out=[0, 1]))
    case("4096-scaled, x / 2048 - 1", "twelve", torch_size(minmax(x) * 4096 / 2048 - 1, small, **aa), FLOAT,
         intensity=dict(scale="minmax", out=[0, 4096]), normalise=dict(scale=1 / 2048, mean=[1], std=[1]))
    case("(x / 255 - 0.5) / 0.5", "twelve", torch_size((minmax(x, 0, 255) / 255 - 0.5) / 0.5, small, **aa), FLOAT,
         intensity=dict(scale="minmax", out=[0, 255]), normalise=dict(scale=1 / 255, mean=[0.5], std=[0.5]))
    case("Lite: (x - 127) / 128", "twelve", torch_size((minmax(x, 0, 255) - 127) / 128, small, **aa), FLOAT,
         intensity=dict(scale="minmax", out=[0, 255]), normalise=dict(scale=1, mean=[127], std=[128]))
    z = torch_size(x, small, **aa).astype(np.float64)
    case("z-score of the image", "twelve", ((z - z.mean()) / z.std()).astype(np.float32), FLOAT,
         intensity=dict(scale="bits-stored", out=[0, 4095]),
         normalise=dict(scale=1, mean=[0], std=[1], perImageZ=True))
    half = torch_size(minmax(x), small, **aa).astype(np.float16)
    case("float16", "twelve", half, 2**-11, "absolute")


resizes()
eight_bits()
fits()
intensities()
films = {
    name: dict(width=f["width"], height=f["height"], bits=f["bits"], signed=f["signed"],
               data=base64.b64encode(f["pixels"].astype("<i2").tobytes()).decode())
    for name, f in FILMS.items()
}
made = dict(numpy=np.__version__, pillow=PIL.__version__, opencv=cv2.__version__,
            torch=torch.__version__.split("+")[0], torchvision=torchvision.__version__.split("+")[0])
with open(sys.argv[1], "w", encoding="utf-8") as out:
    json.dump(dict(madeWith=made, films=films, cases=CASES), out, indent=1)
    out.write("\n")
