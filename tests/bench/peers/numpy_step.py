"""Times training steps of regsweep's default model in NumPy, as a good NumPy user would write it.

One thread; float32; buffers reused where NumPy can; random numbers from the fast generator. Input
data are random: the time does not depend on them.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np  # noqa: E402

from numpy_network import draw_network, make_buffers, softmax_gradient  # noqa: E402
from serving import serve  # noqa: E402

ROWS, WIDTHS = 1079, (64, 128, 128, 10)
LEARNING_RATE = np.float32(0.01)


def make_step(second_activation, dropout, l1=0.0, l2=0.0, prune=0.0, rows=ROWS):
    random = np.random.default_rng(0)
    x = random.standard_normal((rows, WIDTHS[0]), dtype=np.float32)
    one_hot = np.eye(WIDTHS[-1], dtype=np.float32)[random.integers(0, WIDTHS[-1], rows)]
    weights, biases = draw_network(random, WIDTHS)
    w0, w1, w2 = weights
    h0, h1, z = make_buffers(rows, WIDTHS)
    kept = [np.ones_like(w) for w in weights]
    dh0, dh1, mask = np.empty_like(h0), np.empty_like(h1), np.empty_like(h1)

    def step():
        if prune:
            for w, keep in zip(weights, kept):
                keep[np.abs(w) < np.float32(prune) * w.std()] = 0
                w *= keep
        np.matmul(x, w0, out=h0)
        np.add(h0, biases[0], out=h0)
        np.maximum(h0, 0, out=h0)
        np.matmul(h0, w1, out=h1)
        np.add(h1, biases[1], out=h1)
        if second_activation == "relu":
            np.maximum(h1, 0, out=h1)
        if dropout:
            random.random(out=mask, dtype=np.float32)
            np.greater_equal(mask, np.float32(dropout), out=mask, casting="unsafe")
            np.multiply(mask, np.float32(1 / (1 - dropout)), out=mask)
            np.multiply(h1, mask, out=h1)
        np.matmul(h1, w2, out=z)
        np.add(z, biases[2], out=z)
        softmax_gradient(z, one_hot)

        gradients = [None, None, h1.T @ z]
        np.matmul(z, w2.T, out=dh1)
        if dropout:
            np.multiply(dh1, mask, out=dh1)
        if second_activation == "relu":
            np.multiply(dh1, h1 > 0, out=dh1)
        gradients[1] = h0.T @ dh1
        np.matmul(dh1, w1.T, out=dh0)
        np.multiply(dh0, h0 > 0, out=dh0)
        gradients[0] = x.T @ dh0
        if l1:
            for w, g in zip(weights, gradients):
                g += np.float32(l1) * np.sign(w)
        if l2:
            for w, g in zip(weights, gradients):
                g += np.float32(l2) * w
        for parameter, gradient in zip(
            weights + biases, gradients + [dh0.sum(axis=0), dh1.sum(axis=0), z.sum(axis=0)]
        ):
            gradient *= LEARNING_RATE
            parameter -= gradient
        if prune:
            for w, keep in zip(weights, kept):
                w *= keep

    return step


serve(
    f"NumPy {np.__version__}",
    {
        "relu, identity": make_step("identity", 0),
        "relu, identity, L1": make_step("identity", 0, l1=1e-4),
        "relu, identity, L2": make_step("identity", 0, l2=1e-4),
        "relu, identity, pruning": make_step("identity", 0, prune=0.1),
        "relu, identity, dropout 0.025": make_step("identity", 0.025),
        "relu, identity, dropout 0.2": make_step("identity", 0.2),
        "relu, relu": make_step("relu", 0),
        "relu, relu, dropout 0.2": make_step("relu", 0.2),
        "relu, relu, 64 rows": make_step("relu", 0, rows=64),
        "relu, relu, 32 rows": make_step("relu", 0, rows=32),
    },
)
