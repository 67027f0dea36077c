"""Films of a folder as the phantom commands write it: images, markers.json, labels.csv, clean/ and masks/."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image


@dataclass
class Film:
    """One film of markers.json. Boxes are [n, 4] x0 y0 x1 y1 in native px; labels 0 left, 1 right, 2 other."""

    path: Path
    site: str
    boxes: np.ndarray
    labels: np.ndarray
    background: Path | None


LABELS = {"L": 0, "R": 1, "other": 2}


def list_films(folder: Path, sites: list[str] | None = None) -> list[Film]:
    """All films of `folder/markers.json`, or those of the named sites."""
    films = []
    for one in json.loads((folder / "markers.json").read_text()):
        if sites is not None and one["site"] not in sites:
            continue
        boxes = [[b["x0"], b["y0"], b["x1"], b["y1"]] for b in one["boxes"]]
        background = one.get("background")
        clean = folder / "clean" / (Path(one["path"]).stem + ".png")
        films.append(
            Film(
                path=folder / one["path"],
                site=one["site"],
                boxes=np.array(boxes, np.float32).reshape(-1, 4),
                labels=np.array([LABELS[b["text"]] for b in one["boxes"]], np.int64),
                background=folder / background if background else clean if clean.exists() else None,
            )
        )
    return films


def read_gray(path: Path) -> np.ndarray:
    """A film as float32 [h, w] in its stored values."""
    image = Image.open(path)
    if image.mode not in ("L", "I", "I;16", "F"):
        image = image.convert("L")
    return np.asarray(image).astype(np.float32)


def stretch(film: np.ndarray, low: float, high: float) -> np.ndarray:
    """Percentiles `low` and `high` (0..100) of a film become 0 and 1; what lies beyond is cut."""
    black, white = np.percentile(film, [low, high])
    if white <= black:
        return np.zeros_like(film)
    return np.clip((film - black) / (white - black), 0, 1)


def resize(film: np.ndarray, height: int, width: int) -> np.ndarray:
    """Bilinear with antialiasing, float32 [height, width]."""
    return np.asarray(Image.fromarray(film.astype(np.float32)).resize((width, height), Image.BILINEAR))


def letterbox(film: np.ndarray, side: int) -> tuple[np.ndarray, float]:
    """The longer side becomes `side`, the rest 0 at right and bottom. Returns the square and the scale."""
    scale = side / max(film.shape)
    height, width = (max(1, round(n * scale)) for n in film.shape)
    square = np.zeros((side, side), np.float32)
    square[:height, :width] = resize(film, height, width)
    return square, scale
