"""Detector outputs and the boxes that they mean, for `libs/core/src/imaging/detector/golden-detectors.spec.ts`.

    python make.py detectors.json

Needs numpy, torch, torchvision and effdet; the versions used are written into the file. A case holds the declaration
(`decode` of a manifest), the tensors, and the boxes in px of the film as [x1, y1, x2, y2, score, label]. Suppression is
torchvision's, soft suppression and EfficientDet's anchors are effdet's, all else is written out here in numpy.
"""
import contextlib
import importlib.metadata
import io
import json
import sys

import numpy as np
import torch
import torchvision
from torchvision.ops import batched_nms, box_convert, box_iou, nms

with contextlib.redirect_stdout(io.StringIO()):
    from effdet.anchors import Anchors, generate_detections
    from effdet.soft_nms import batched_soft_nms

SIDE = 128
FILM = {"width": 300, "height": 220}
THRESHOLD = 0.3
LABELS = 2
rng = np.random.default_rng(20220501)
CASES = []


# ---- geometry, as an author's own script would undo it

def to_film(boxes, fit="letterbox-center"):
    """px of the 128 x 128 frame -> px of the film, clipped."""
    width, height = FILM["width"], FILM["height"]
    if fit == "stretch":
        scale_x, scale_y, off_x, off_y = SIDE / width, SIDE / height, 0, 0
    else:
        scale = min(SIDE / width, SIDE / height)
        inner_w, inner_h = int(width * scale + 1e-6), int(height * scale + 1e-6)
        scale_x, scale_y = inner_w / width, inner_h / height
        centred = fit == "letterbox-center"
        off_x = (SIDE - inner_w) // 2 if centred else 0
        off_y = (SIDE - inner_h) // 2 if centred else 0
    out = np.asarray(boxes, dtype=np.float64).reshape(-1, 4).copy()
    out[:, [0, 2]] = ((out[:, [0, 2]] - off_x) / scale_x).clip(0, width)
    out[:, [1, 3]] = ((out[:, [1, 3]] - off_y) / scale_y).clip(0, height)
    return out


def case(name, decode, outputs, boxes, scores, labels, fit="letterbox-center"):
    """`boxes` in px of the frame; those below the threshold or off the film are left out here."""
    boxes, scores, labels = to_film(boxes, fit), np.asarray(scores), np.asarray(labels)
    inside = (boxes[:, 2] > boxes[:, 0]) & (boxes[:, 3] > boxes[:, 1]) & (scores >= THRESHOLD)
    rows = [
        [*(round(float(x), 4) for x in box), round(float(score), 6), int(label)]
        for box, score, label in zip(boxes[inside], scores[inside], labels[inside])
    ]
    rows.sort(key=lambda row: (-row[4], row[0], row[1]))
    assert rows or "no boxes" in name, name
    CASES.append({"name": name, "fit": fit, "decode": decode, "outputs": outputs, "expected": rows})


def tensor(semantic, values):
    """Only what differs from the commonest value is written down."""
    values = np.asarray(values, dtype=np.float64)
    flat = values.ravel()
    fill = 0.0
    if flat.size:
        found, counts = np.unique(flat, return_counts=True)
        fill = float(found[counts.argmax()])
    at = np.flatnonzero(flat != fill)
    return {
        "semantic": semantic,
        "dims": list(values.shape),
        "fill": fill,
        "at": at.tolist(),
        "values": [round(float(x), 5) for x in flat[at]],
    }


def rounded(values):
    """The numbers as they are written down, in the float32 of the runtime."""
    return np.round(np.asarray(values, dtype=np.float64), 5).astype(np.float32)


# ---- things on the film: clusters of boxes round a few places, as a network gives them

def clusters(places=6, each=5, shift=2.0):
    """[n, 4] xyxy px inside the picture part of the frame, scores and labels; two classes on one place now and then."""
    boxes, scores, labels = [], [], []
    for _ in range(places):
        cx, cy = rng.uniform(12, 116), rng.uniform(30, 98)
        w, h, label = rng.uniform(6, 22), rng.uniform(6, 22), int(rng.integers(LABELS))
        for _ in range(each):
            x, y = cx + rng.uniform(-shift, shift), cy + rng.uniform(-shift, shift)
            boxes.append([x - w / 2, y - h / 2, x + w / 2 + rng.uniform(0, shift), y + h / 2 + rng.uniform(0, shift)])
            scores.append(rng.uniform(0.05, 0.98))
            labels.append(label if rng.uniform() < 0.7 else 1 - label)
    return rounded(boxes), rounded(scores), np.array(labels)


def kept(boxes, scores, labels, iou=0.5, agnostic=False, most=300):
    """Hard suppression by torchvision, best first."""
    b, s = torch.from_numpy(boxes), torch.from_numpy(scores)
    keep = nms(b, s, iou) if agnostic else batched_nms(b, s, torch.from_numpy(labels), iou)
    keep = keep[:most].numpy()
    return boxes[keep], scores[keep], labels[keep]


def padded(values, rows, filler):
    values = np.asarray(values, dtype=np.float64)
    out = np.full((rows, *values.shape[1:]), filler, dtype=np.float64)
    out[: len(values)] = values
    return out[None]


# ---- suppressed in the graph

b, s, l = kept(*clusters())
case(
    "nms-xyxy-padded, unused rows -1", {"variant": "nms-xyxy-padded"},
    [tensor("boxes", padded(b, 40, -1)), tensor("scores", padded(s, 40, -1)), tensor("labels", padded(l, 40, -1))],
    b, s, l,
)
b, s, l = kept(*clusters())
case(
    "nms-variable, torchvision's own three outputs", {"variant": "nms-variable"},
    [tensor("boxes", b), tensor("labels", l + 1), tensor("scores", s)], b, s, l, fit="letterbox-topleft",
)
case(
    "nms-variable, no boxes", {"variant": "nms-variable"},
    [tensor("boxes", np.zeros((0, 4))), tensor("labels", np.zeros(0)), tensor("scores", np.zeros(0))], [], [], [],
)
b, s, l = kept(*clusters())
fractions = rounded(np.concatenate([b, [[10, 10, 30, 30]]])[:, [1, 0, 3, 2]] / SIDE)
case(
    "tf-od, a row beyond the count", {"variant": "tf-od"},
    [
        tensor("boxes", padded(fractions, 25, 0)), tensor("scores", padded(np.append(s, 0.9), 25, 0)),
        tensor("labels", padded(np.append(l + 1, 1), 25, 1)), tensor("count", [len(b)]),
    ],
    fractions[:-1][:, [1, 0, 3, 2]] * SIDE, s, l, fit="stretch",
)
for columns in (
    ["image", "ymin", "xmin", "ymax", "xmax", "score", "class"],
    ["image", "xmin", "ymin", "xmax", "ymax", "score", "class"],
):
    b, s, l = kept(*clusters())
    of = {"image": 0 * s, "xmin": b[:, 0], "ymin": b[:, 1], "xmax": b[:, 2], "ymax": b[:, 3], "score": s, "class": l + 1}
    case(
        f"automl-rows7, {columns[1]} before {columns[2]}", {"variant": "automl-rows7", "columns": columns},
        [tensor("raw", padded(np.stack([of[name] for name in columns], axis=1), 30, 0))], b, s, l,
    )
b, s, l = kept(*clusters())
case(
    "yolo-e2e, 300 rows", {"variant": "yolo-e2e"},
    [tensor("raw", padded(np.column_stack([b, s, l]), 300, 0))], b, s, l, fit="letterbox-topleft",
)
b, s, l = kept(*clusters())
case(
    "mmdeploy, padded with label -1", {"variant": "mmdeploy"},
    [tensor("boxes", padded(np.column_stack([b, s]), 50, 0)), tensor("labels", padded(l, 50, -1))], b, s, l,
)


# ---- YOLO

def scattered(columns, places):
    """Rows at random places of a grid; everything else is as good as nothing."""
    at = rng.permutation(places)[: len(columns)]
    rows = np.zeros((places, columns.shape[1]))
    rows[at] = columns
    return rounded(rows), np.sort(at)


def best_class(rows, scores):
    labels = scores.argmax(1)
    return scores.max(1), labels


PLACES = sum((SIDE // stride) ** 2 for stride in (8, 16, 32))
for name, decode, agnostic in (
    ("channels first", {"layout": "channels-first"}, False),
    ("boxes first, suppressed over all classes", {"layout": "boxes-first", "nms": {"iou": 0.45, "perClass": False}}, True),
):
    b, s, l = clusters()
    two = np.full((len(s), LABELS), 0.02)
    two[np.arange(len(s)), l] = s
    two[np.arange(len(s)), 1 - l] = s * rng.uniform(0, 0.95, len(s))
    xywh = box_convert(torch.from_numpy(b), "xyxy", "cxcywh").numpy()
    rows, at = scattered(np.column_stack([xywh, two]), PLACES)
    boxes = box_convert(torch.from_numpy(rows[at, :4]), "cxcywh", "xyxy").numpy()
    scores, labels = best_class(rows, rows[at, 4:])
    out = kept(boxes, scores, labels, iou=decode.get("nms", {}).get("iou", 0.5), agnostic=agnostic)
    shown = rows.T[None] if decode["layout"] == "channels-first" else rows[None]
    case(f"yolo-grid, {name}", {"variant": "yolo-grid", **decode}, [tensor("raw", shown)], *out)

b, s, l = clusters()
one_hot = rng.uniform(0.01, 0.2, (len(s), LABELS))
one_hot[np.arange(len(s)), l] = rng.uniform(0.7, 1, len(s))
xywh = box_convert(torch.from_numpy(b), "xyxy", "cxcywh").numpy()
rows, at = scattered(np.column_stack([xywh, s, one_hot]), PLACES)
product = rows[at, 4:5] * rows[at, 5:]
above = np.argwhere(product >= THRESHOLD)
boxes = box_convert(torch.from_numpy(rows[at, :4]), "cxcywh", "xyxy").numpy()
case(
    "yolo-obj, YOLOv5, every class above the threshold",
    {"variant": "yolo-obj", "decoded": True, "activation": "none", "classes": "every"},
    [tensor("raw", rows[None])],
    *kept(boxes[above[:, 0]], product[above[:, 0], above[:, 1]], above[:, 1]),
)

# YOLOX leaves offsets on three grids: xy = (offset + cell) * stride, wh = exp(offset) * stride
cells, strides = [], []
for stride in (8, 16, 32):
    yv, xv = np.meshgrid(np.arange(SIDE // stride), np.arange(SIDE // stride), indexing="ij")
    cells.append(np.stack([xv, yv], 2).reshape(-1, 2))
    strides.append(np.full(cells[-1].shape[0], stride))
cells, strides = np.concatenate(cells).astype(np.float32), np.concatenate(strides).astype(np.float32)[:, None]
b, s, l = clusters(places=7, each=4)
xywh = box_convert(torch.from_numpy(b), "xyxy", "cxcywh").numpy()
rows = np.zeros((PLACES, 5 + LABELS))
rows[:, 4:] = -9
near = ((cells + 0.5) * strides)[None] - xywh[:, None, :2]
taken = set()
for i in range(len(b)):
    order = np.abs(near[i]).sum(1).argsort()
    at = next(int(p) for p in order if int(p) not in taken)
    taken.add(at)
    rows[at, :2] = xywh[i, :2] / strides[at] - cells[at]
    rows[at, 2:4] = np.log(xywh[i, 2:] / strides[at])
    rows[at, 4] = rng.uniform(0, 5)
    rows[at, 5 + l[i]] = rng.uniform(0, 5)
rows = rounded(rows)
probability = 1 / (1 + np.exp(-rows[:, 4:].astype(np.float64)))
scores, labels = best_class(rows, (probability[:, :1] * probability[:, 1:]).astype(np.float32))
xywh = np.column_stack([(rows[:, :2] + cells) * strides, np.exp(rows[:, 2:4]) * strides])
boxes = box_convert(torch.from_numpy(xywh), "cxcywh", "xyxy").numpy()
case(
    "yolo-obj, YOLOX, offsets and logits", {"variant": "yolo-obj", "decoded": False, "activation": "sigmoid"},
    [tensor("raw", rows[None])], *kept(boxes, scores, labels), fit="letterbox-topleft",
)


# ---- DETR

def queries(count, slots):
    b, _, l = clusters(places=count, each=1)
    xywh = rounded(box_convert(torch.from_numpy(b), "xyxy", "cxcywh").numpy() / SIDE)
    logits = rng.uniform(-6, -2, (count, slots))
    return xywh, logits, l


def frame_boxes(xywh):
    return box_convert(torch.from_numpy(xywh * SIDE), "cxcywh", "xyxy").numpy()


xywh, logits, l = queries(40, LABELS + 1)
logits[np.arange(40), l] = rng.uniform(-3, 5, 40)
logits[:, -1] = rng.uniform(-2, 3, 40)
logits = rounded(logits)
probability = torch.from_numpy(logits).double().softmax(-1)[:, :-1]
scores, labels = probability.max(-1)
case(
    "detr-set, softmax, background last", {"variant": "detr-set", "activation": "softmax", "background": "last"},
    [tensor("boxes", xywh[None]), tensor("logits", logits[None])],
    frame_boxes(xywh), scores.numpy(), labels.numpy(), fit="stretch",
)
for background, first in (("none", 0), ("first", 1)):
    xywh, logits, l = queries(40, LABELS + first)
    logits[np.arange(40), first + l] = rng.uniform(-3, 5, 40)
    logits[:8, first:] = rng.uniform(0, 3, (8, LABELS))
    if first:
        logits[:, 0] = 6
    logits = rounded(logits)
    probability = torch.from_numpy(logits).double().sigmoid()[:, first:]
    scores, index = probability.flatten().topk(30)
    case(
        f"detr-set, sigmoid, background {background}, the best 30",
        {"variant": "detr-set", "activation": "sigmoid", "background": background, "max": 30},
        [tensor("boxes", xywh[None]), tensor("logits", logits[None])],
        frame_boxes(xywh)[(index // LABELS).numpy()], scores.numpy(), (index % LABELS).numpy(),
    )


# ---- EfficientDet as it leaves the network

def heads(anchors, centre_exp=True, places=9, each=6):
    """Logits and regressions of every anchor (y1 x1 y2 x2): a few anchors see something, several the same thing."""
    boxes = anchors[:, [1, 0, 3, 2]].astype(np.float32)
    logits, deltas = np.full((len(anchors), LABELS), -8.0), np.zeros((len(anchors), 4))
    overlap = box_iou(torch.from_numpy(boxes), torch.from_numpy(boxes)).numpy()
    sides = boxes[:, 2] - boxes[:, 0]
    usual = np.flatnonzero((sides < 70) & (boxes[:, 0] > 0) & (boxes[:, 2] < SIDE) & (boxes[:, 1] > 12) & (boxes[:, 3] < 116))
    for middle in rng.choice(usual, places, replace=False):
        label = int(rng.integers(LABELS))
        for at in overlap[middle].argsort()[::-1][:each]:
            logits[at, label] = rng.uniform(-2, 4)
            if rng.uniform() < 0.3:
                logits[at, 1 - label] = rng.uniform(-2, 4)
            deltas[at] = rng.uniform(-0.3, 0.3, 4) if centre_exp else rng.uniform(-1, 1, 4)
    return rounded(logits), rounded(deltas)


def effdet_reference(anchors, logits, deltas, soft=False):
    """effdet's own post-processing; without it the 5000 best of anchor x class, as there."""
    scores, index = torch.from_numpy(logits).flatten().topk(min(5000, logits.size))
    place, label = index // LABELS, index % LABELS
    rows = generate_detections(
        scores[:, None], torch.from_numpy(deltas)[place], torch.from_numpy(anchors).float(), place, label,
        None, None, max_det_per_image=100, soft_nms=soft,
    ).numpy()
    return rows


def levels_of(values, counts):
    return np.split(values, np.cumsum(counts)[:-1])


SIZES = [SIDE // 2**level for level in range(3, 8)]
SCALES = [2 ** (i / 3) for i in range(3)]
PAIRS = [[1.0, 1.0], [1.4, 0.7], [0.7, 1.4]]


def declared(ratios, **more):
    spec = {"scales": SCALES, "ratios": ratios, "anchorScale": 4, "anchorOrder": "scale-ratio", **more}
    return spec


pairs = Anchors(3, 7, 3, [tuple(pair) for pair in PAIRS], 4.0, (SIDE, SIDE)).boxes.numpy()
logits, deltas = heads(pairs)
rows = effdet_reference(pairs, logits, deltas)
real = rows[:, 4] > 0
center = {"kind": "center-exp-yxhw"}
concatenated = {
    "variant": "effdet-raw", "heads": "concatenated", "anchors": declared({"of": "pairs", "values": PAIRS}),
    "regression": center, "activation": "sigmoid",
}
case(
    "effdet-raw, concatenated, pairs of ratios", concatenated,
    [tensor("scores", logits[None]), tensor("boxes", deltas[None])],
    rows[real, :4], rows[real, 4], rows[real, 5] - 1,
)
rows = rounded(rows)
case(
    "effdet-rows6, what effdet's bench gives", {"variant": "effdet-rows6"},
    [tensor("raw", rows[None])], rows[:, :4], rows[:, 4], rows[:, 5] - 1,
)

# numbers as ratios, one map a level in torch's layout, soft suppression
logits, deltas = heads(pairs_as_numbers := Anchors(3, 7, 3, [1.0, 2.0, 0.5], 4.0, (SIDE, SIDE)).boxes.numpy())
rows = effdet_reference(pairs_as_numbers, logits, deltas, soft=True)
counts = [size * size * 9 for size in SIZES]


def maps(semantic, values, nchw):
    out = []
    for size, level in zip(SIZES, levels_of(values, counts)):
        grid = level.reshape(1, size, size, -1)
        out.append(tensor(semantic, grid.transpose(0, 3, 1, 2) if nchw else grid))
    return out


case(
    "effdet-raw, maps of torch, ratios width over height, soft suppression",
    {
        "variant": "effdet-raw", "heads": "maps-nchw", "regression": center, "activation": "sigmoid",
        "anchors": declared({"of": "width-over-height", "values": [1.0, 2.0, 0.5]}),
        "nms": {"method": "gaussian", "sigma": 0.5, "max": 100},
    },
    maps("scores", logits, True) + maps("boxes", deltas, True), rows[:, :4], rows[:, 4], rows[:, 5] - 1,
)


def keras_anchors(sizes=(32, 64, 128, 256, 512), ratios=(0.5, 1, 2)):
    """fizyr's keras-retinanet: ratio (height over width) changes slowest, centres at (i + 0.5) * stride."""
    out = []
    for level, size in zip(range(3, 8), sizes):
        stride = 2**level
        shapes = []
        for ratio in ratios:
            for scale in SCALES:
                area = (size * scale) ** 2
                w = np.sqrt(area / ratio)
                shapes.append((w, w * ratio))
        for y in range(SIDE // stride):
            for x in range(SIDE // stride):
                cx, cy = (x + 0.5) * stride, (y + 0.5) * stride
                out += [[cy - h / 2, cx - w / 2, cy + h / 2, cx + w / 2] for w, h in shapes]
    return np.array(out)


anchors = keras_anchors()
logits, deltas = heads(anchors, centre_exp=False)
scores = rounded(1 / (1 + np.exp(-logits)))
w, h = anchors[:, 3] - anchors[:, 1], anchors[:, 2] - anchors[:, 0]
moved = np.column_stack([
    anchors[:, 1] + deltas[:, 0] * 0.2 * w, anchors[:, 0] + deltas[:, 1] * 0.2 * h,
    anchors[:, 3] + deltas[:, 2] * 0.2 * w, anchors[:, 2] + deltas[:, 3] * 0.2 * h,
]).astype(np.float32)
above = np.argwhere(scores >= THRESHOLD)
case(
    "effdet-raw, keras: corners, ratios height over width",
    {
        "variant": "effdet-raw", "heads": "concatenated", "regression": {"kind": "corner-std"}, "activation": "none",
        "anchors": declared({"of": "height-over-width", "values": [0.5, 1, 2]}, anchorOrder="ratio-scale"),
    },
    [tensor("scores", scores[None]), tensor("boxes", deltas[None])],
    *kept(moved[above[:, 0]], scores[above[:, 0], above[:, 1]], above[:, 1]),
)

# TensorFlow's maps, coarsest level first, the best class of a place, IoU 0.2
logits, deltas = heads(pairs)
scores = 1 / (1 + np.exp(-logits))
yc, xc = (pairs[:, 0] + pairs[:, 2]) / 2, (pairs[:, 1] + pairs[:, 3]) / 2
h, w = pairs[:, 2] - pairs[:, 0], pairs[:, 3] - pairs[:, 1]
boxes = box_convert(torch.from_numpy(np.column_stack([
    deltas[:, 1] * w + xc, deltas[:, 0] * h + yc, np.exp(deltas[:, 3]) * w, np.exp(deltas[:, 2]) * h,
]).astype(np.float32)), "cxcywh", "xyxy").numpy()
best, label = best_class(None, scores.astype(np.float32))
case(
    "effdet-raw, maps of TensorFlow, coarse levels first",
    {
        "variant": "effdet-raw", "heads": "maps-nhwc", "regression": center, "activation": "sigmoid",
        "anchors": declared({"of": "pairs", "values": PAIRS}, levelOrder="coarse-first"),
        "classes": "best", "nms": {"iou": 0.2},
    },
    maps("scores", logits, False)[::-1] + maps("boxes", deltas, False)[::-1],
    *kept(boxes, best, label, iou=0.2), fit="stretch",
)

made_with = {"numpy": np.__version__, "torch": torch.__version__, "torchvision": torchvision.__version__,
             "effdet": importlib.metadata.version("effdet")}
with open(sys.argv[1], "w") as out:
    head = {"madeWith": made_with, "film": FILM, "side": SIDE, "threshold": THRESHOLD, "labels": LABELS}
    out.write(json.dumps(head)[:-1] + ', "cases": [\n')
    out.write(",\n".join(json.dumps(one, separators=(",", ":")) for one in CASES))
    out.write("\n]}\n")
for one in CASES:
    print(len(one["expected"]), one["name"])
