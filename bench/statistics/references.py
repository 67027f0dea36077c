"""usage: references.py DIR NAME... -- numpy and scikit-learn on the scores in DIR; one JSON line per figure.
CPU milliseconds of this process, one thread, median of 5, short calls repeated up to 0.2 s."""
import json, os, statistics, sys, time
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
import numpy as np
from math import erfc, sqrt
try:
    from sklearn.metrics import roc_auc_score
except ImportError:
    roc_auc_score = None


def median_ms(run):
    run()
    start = time.process_time()
    run()
    once = time.process_time() - start
    inner = max(1, int(0.2 / max(once, 1e-9))) if once < 0.2 else 1
    times = []
    for _ in range(5):
        start = time.process_time()
        for _ in range(inner):
            run()
        times.append((time.process_time() - start) / inner)
    return 1000 * statistics.median(times)


def midranks(values):
    """1-based ranks, ties averaged: one stable sort."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    first = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    end = np.append(first[1:], len(values))
    ranks = np.empty(len(values))
    ranks[order] = np.repeat((first + end + 1) / 2, end - first)
    return ranks


def fast_delong(curves, labels):
    """AUCs and covariance of curves[k, n]: Sun & Xu, IEEE Signal Processing Letters 2014;21:1389-1393."""
    positive = labels == 1
    m, n = int(positive.sum()), int((~positive).sum())
    v10, v01, auc = np.empty((len(curves), m)), np.empty((len(curves), n)), np.empty(len(curves))
    for at, scores in enumerate(curves):
        x, y = scores[positive], scores[~positive]
        both = midranks(np.concatenate((x, y)))
        v10[at] = (both[:m] - midranks(x)) / n
        v01[at] = 1 - (both[m:] - midranks(y)) / m
        auc[at] = (both[:m].sum() - m * (m + 1) / 2) / m / n
    return auc, np.atleast_2d(np.cov(v10)) / m + np.atleast_2d(np.cov(v01)) / n


def paired(a, b, labels):
    auc, cov = fast_delong([a, b], labels)
    z = (auc[0] - auc[1]) / sqrt(cov[0, 0] + cov[1, 1] - 2 * cov[0, 1])
    return z, erfc(abs(z) / sqrt(2))


def say(**figures):
    print(json.dumps(figures), flush=True)


for name in sys.argv[2:]:
    data = np.fromfile(os.path.join(sys.argv[1], name + ".f64"), dtype="<f8")
    if name == "ten":
        rows = len(data) // 11
        labels, curves = data[:rows], data[rows:].reshape(10, rows)
        say(data=name, what="ten", ms=median_ms(lambda: fast_delong(curves, labels)))
        continue
    labels, a, b = data.reshape(3, -1)
    auc, cov = fast_delong([a], labels)
    say(data=name, what="single", ms=median_ms(lambda: fast_delong([a], labels)), auc=auc[0], variance=cov[0, 0])
    say(data=name, what="paired", ms=median_ms(lambda: paired(a, b, labels)), z=paired(a, b, labels)[0])
    if roc_auc_score:
        say(data=name, what="auc", ms=median_ms(lambda: roc_auc_score(labels, a)), auc=roc_auc_score(labels, a))
