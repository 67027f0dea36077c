"""Films in memory, letterboxed to 512 px."""

import pickle
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..films import Film, letterbox, list_films, read_gray, stretch

SIDE = 512
PERCENTILES = (0.5, 99.5)
# a drawn marker that changes its box by less than this share of the grey scale cannot be seen
VISIBLE = 0.06


@dataclass
class Sample:
    """uint8 [512, 512]; boxes [n, 4] x0 y0 x1 y1 in its px."""

    site: str
    image: np.ndarray
    boxes: np.ndarray
    labels: np.ndarray
    seen: np.ndarray


def load(film: Film) -> Sample:
    gray = stretch(read_gray(film.path), *PERCENTILES)
    square, scale = letterbox(gray, SIDE)
    seen = np.ones(len(film.boxes), bool)
    if film.background is not None and film.background.exists():
        seen = visible(film, gray)
    return Sample(film.site, (square * 255 + 0.5).astype(np.uint8), film.boxes * scale, film.labels, seen)


def visible(film: Film, gray: np.ndarray) -> np.ndarray:
    """Real markers are in the background too and do not differ from it: they were drawn by hand and are seen."""
    before, after = read_gray(film.background), read_gray(film.path)
    span = max(1.0, float(np.ptp(np.percentile(after, PERCENTILES))))
    seen = []
    for x0, y0, x1, y1 in film.boxes.astype(int):
        change = np.abs(after - before)[y0:y1, x0:x1]
        strong = np.percentile(change, 90) / span if change.size else 0.0
        seen.append(strong == 0.0 or strong >= VISIBLE)
    return np.array(seen, bool)


def samples_of(folder: Path, sites: list[str] | None) -> list[Sample]:
    """All films of a folder, or those of the named sites. They are kept beside the films for the next run."""
    kept = folder / "detector-samples.pickle"
    if kept.exists():
        samples = pickle.loads(kept.read_bytes())
    else:
        samples = [load(film) for film in list_films(folder)]
        kept.write_bytes(pickle.dumps(samples))
    chosen = [one for one in samples if sites is None or one.site in sites]
    print(f"{folder}: {len(chosen)} films", flush=True)
    return chosen
