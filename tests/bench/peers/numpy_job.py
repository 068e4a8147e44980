"""The whole job in NumPy, in float32 with buffers reused: see job.py."""

from job import CLASSES, JOB, run_all, split
from numpy_network import draw_network, make_buffers, softmax_gradient

import numpy as np


def loss_and_accuracy(x, y, weights, biases):
    h = np.maximum(x @ weights[0] + biases[0], 0)
    h = np.maximum(h @ weights[1] + biases[1], 0)
    z = h @ weights[2] + biases[2]
    z -= z.max(axis=1, keepdims=True)
    log_sum = np.log(np.exp(z).sum(axis=1))
    return (log_sum - z[np.arange(len(y)), y]).mean(), (z.argmax(axis=1) == y).mean()


def train_run(cell, seed):
    x, y, validation_x, validation_y = split(seed)
    random = np.random.default_rng(seed)
    rows, widths = len(x), [x.shape[1], *JOB["hidden"], CLASSES]
    one_hot = np.eye(CLASSES, dtype=np.float32)[y]
    weights, biases = draw_network(random, widths)
    w0, w1, w2 = weights
    h0, h1, z = make_buffers(rows, widths)
    dh0, dh1 = np.empty_like(h0), np.empty_like(h1)
    rate, l1, l2 = (np.float32(v) for v in (JOB["rate"], cell["l1"], cell["l2"]))
    curve = []
    for step in range(JOB["steps"] + 1):
        if step % JOB["evaluate_every"] == 0 or step == JOB["steps"]:
            curve.append([
                *loss_and_accuracy(x, y, weights, biases),
                *loss_and_accuracy(validation_x, validation_y, weights, biases),
            ])
        if step == JOB["steps"]:
            return curve[-1][3]
        np.matmul(x, w0, out=h0)
        np.add(h0, biases[0], out=h0)
        np.maximum(h0, 0, out=h0)
        np.matmul(h0, w1, out=h1)
        np.add(h1, biases[1], out=h1)
        np.maximum(h1, 0, out=h1)
        np.matmul(h1, w2, out=z)
        np.add(z, biases[2], out=z)
        softmax_gradient(z, one_hot)
        g2 = h1.T @ z
        np.matmul(z, w2.T, out=dh1)
        np.multiply(dh1, h1 > 0, out=dh1)
        g1 = h0.T @ dh1
        np.matmul(dh1, w1.T, out=dh0)
        np.multiply(dh0, h0 > 0, out=dh0)
        gradients = [x.T @ dh0, g1, g2]
        for w, g in zip(weights, gradients):
            if l1:
                g += l1 * np.sign(w)
            if l2:
                g += l2 * w
            g *= rate
            w -= g
        for b, g in zip(biases, (dh0, dh1, z)):
            b -= rate * g.sum(axis=0)


if __name__ == "__main__":
    run_all(train_run)
