"""What whole jobs of peers share: a grid of L1 and L2 penalties, seed by seed, one process a core.

The job comes as JSON in the first argument, from jobs.ts. A peer gives `run_all()` a function that
trains one run and returns its validation accuracy; what it prints at the end is the table of means.
"""

import json
import multiprocessing
import os
import sys

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402

JOB = json.loads(sys.argv[1])
TABLE = np.loadtxt(JOB["table"], delimiter=",", skiprows=1, dtype=np.float32)
CLASSES = 10


def split(seed):
    """Training and validation rows, standardized together, as `standardize: global` does it."""
    order = np.random.default_rng(seed).permutation(len(TABLE))
    rows = len(TABLE)
    part = round(0.2 * rows)
    train, validation = TABLE[order[2 * part:]], TABLE[order[part:2 * part]]
    x, y = train[:, :-1], train[:, -1].astype(int)
    mean, deviation = x.mean(), x.std()
    return (
        (x - mean) / deviation,
        y,
        (validation[:, :-1] - mean) / deviation,
        validation[:, -1].astype(int),
    )


def runs():
    return [(cell, seed) for cell in range(len(JOB["cells"])) for seed in JOB["seeds"]]


def print_means(accuracies):
    for cell, penalties in enumerate(JOB["cells"]):
        own = [a for a, (of, _) in zip(accuracies, runs()) if of == cell]
        print(f"l1={penalties['l1']:g} l2={penalties['l2']:g}: {np.mean(own):.4f} ± {np.std(own):.4f}")


def run_all(train_run):
    """Trains all runs in as many processes as there are cores."""
    with multiprocessing.Pool() as pool:
        accuracies = pool.starmap(train_run, [(JOB["cells"][c], s) for c, s in runs()], chunksize=1)
    print_means(accuracies)
