"""The notebook that regsweep grew out of, in NumPy, as a program that regsweep can start.

It does step by step what `trainer: notebook` does, the notebook's departures from a textbook
included (docs/notebook.md lists them), so the two must give the same accuracies. As in the
notebook, everything is drawn from one seed, the rows too. So it does not use the rows that regsweep
draws, but for being told whether to score its test rows.
"""

import json
import sys

import numpy as np

np.seterr(all="ignore")  # a loss may become NaN, and the notebook goes on
run = json.load(sys.stdin)
config = run["config"]
rate, dropout = config["learning_rate"], config["dropout_rate"]
l1, l2 = config["lambda_l1"], config["lambda_l2"]
hidden = 128

# The table: numbers, one column of which is the class.
with open(run["dataset"]["path"]) as file:
    columns = file.readline().strip().split(",")
    table = np.loadtxt(file, delimiter=",")
target = columns.index(run["dataset"]["target"])
classes, labels = np.unique(table[:, target], return_inverse=True)
x = np.delete(table, target, axis=1)
x = (x - np.mean(x)) / np.std(x)

# A fifth of the rows to validate, a fifth to test; the last row is lost, as in the notebook.
np.random.seed(run["seed"])
order = np.arange(len(x))
np.random.shuffle(order)
fifth = round(0.2 * len(x))
x, y = x[order], np.eye(len(classes))[labels[order]]
x_val, y_val = x[:fifth], y[:fifth]
x_test, y_test = x[fifth:2 * fifth], y[fifth:2 * fifth]
x, y = x[2 * fifth:-1], y[2 * fifth:-1]

wxh0 = config["init_scale"] * np.random.randn(x.shape[1], hidden)
whh1 = config["init_scale"] * np.random.randn(hidden, hidden)
why = config["init_scale"] * np.random.randn(hidden, len(classes))
b0 = config["init_scale"] * np.random.randn()
b1 = config["init_scale"] * np.random.randn()
weights = [wxh0, whh1, why]


def forward(x, is_training=False):
    h0 = np.maximum(np.dot(x, wxh0) + b0, 0)
    h1 = np.dot(h0, whh1) + b1
    if is_training and dropout:
        h1 *= np.random.random(h1.shape) > dropout
    a = np.dot(h1, why)
    e = np.exp(a - np.max(a))
    return h0, h1, e / np.sum(e, axis=1, keepdims=True)


def loss(p, y):
    return -(1 / len(y)) * np.sum(y * np.log(p) + (1 - y) * np.log(1 - p))


def accuracy(p, y):
    return np.sum(np.argmax(p, axis=1) == np.argmax(y, axis=1)) / len(y)


def measures(part, p, y):
    return {f"{part}_loss": float(loss(p, y)), f"{part}_accuracy": float(accuracy(p, y))}


for step in range(config["max_steps"] + 1):
    h0, h1, p = forward(x, is_training=True)
    if step % config["disp_period"] == 0:
        shown = measures("train", p, y) | measures("validation", forward(x_val)[2], y_val)

    dy = (p - y) / len(x)
    dh1 = np.dot(dy, why.T)
    dh0 = np.dot(dh1, whh1.T)
    gradients = [np.dot(dh0.T, x).T, np.dot(dh1.T, h0).T, np.dot(dy.T, h1).T]
    for w, d in zip(weights, gradients):
        d += l2 / len(x) * w
        d += l1 / len(x) * np.sign(w)
        if step and step % config["prune_period"] == 0:
            w[np.abs(w) < config["pruning_rate"] * np.std(w)] = 0
        w -= rate * np.clip(d, -5, 5)

    if step % config["disp_period"] == 0:
        if "test" in run["rows"]:
            # The final model is that after the last update.
            shown |= measures("test", forward(x_test)[2], y_test)
        print(json.dumps({"step": step, "measures": shown}), flush=True)
