"""Canny edges as EdgeConnect draws them, for `libs/core/src/imaging/marker/canny.spec.ts`.

    python make_edges.py edges.json

Needs numpy and scikit-image; the version used is written into the file.
"""
import base64
import json
import sys

import numpy as np
import skimage
from skimage.feature import canny

SIDE = 48


def picture(seed):
    """Discs and bars of different grey on a slope, with a little noise: float32 in [0, 1]."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[:SIDE, :SIDE]
    plane = 0.3 * (x + y) / (2 * SIDE)
    for _ in range(4):
        cx, cy, r = random.uniform(5, SIDE - 5, 3)
        plane = plane + random.uniform(0.1, 0.4) * ((x - cx) ** 2 + (y - cy) ** 2 < (r / 3) ** 2)
    plane = plane + 0.2 * (np.abs(x - 2 * y + 10) < 6) + 0.02 * random.standard_normal((SIDE, SIDE))
    return ((plane - plane.min()) / (plane.max() - plane.min())).astype(np.float32)


cases = []
for seed in range(4):
    image = picture(seed)
    hole = np.zeros((SIDE, SIDE), bool)
    if seed > 0:
        hole[14:14 + 6 * seed, 18:30] = True
    # EdgeConnect, src/dataset.py load_edge: sigma 2, and nothing drawn where it is masked
    edges = canny(image.astype(np.float64), sigma=2, mask=~hole)
    pack = lambda plane: base64.b64encode(np.packbits(plane).tobytes()).decode()
    cases.append(dict(image=base64.b64encode(image.tobytes()).decode(), hole=pack(hole), edges=pack(edges)))
with open(sys.argv[1], "w", encoding="utf-8") as out:
    json.dump(dict(madeWith=dict(scikitImage=skimage.__version__), side=SIDE, cases=cases), out, indent=1)
    out.write("\n")
