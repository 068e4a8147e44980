"""Logistic regression of scikit-learn, as a program that regsweep can start.

It learns from the rows that regsweep drew for the run, and scores every part that it gets.
"""

import csv
import json
import sys

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.preprocessing import StandardScaler

run = json.load(sys.stdin)
with open(run["dataset"]["path"], newline="") as file:
    header, *lines = csv.reader(file)
target = header.index(run["dataset"]["target"])
table = np.array(lines)
x, y = np.delete(table, target, axis=1).astype(float), table[:, target]

# Rows are numbers of the table's rows, from 0. What is learned, is learned from the training rows.
train = run["rows"]["train"]
scaler = StandardScaler().fit(x[train])
model = LogisticRegression(C=run["config"]["c"], max_iter=1000)
model.fit(scaler.transform(x[train]), y[train])

measures = {}
for part, rows in run["rows"].items():
    p = model.predict_proba(scaler.transform(x[rows]))
    measures[f"{part}_loss"] = log_loss(y[rows], p, labels=model.classes_)
    measures[f"{part}_accuracy"] = np.mean(model.classes_[np.argmax(p, axis=1)] == y[rows])
print(json.dumps({"step": int(np.max(model.n_iter_)), "measures": measures}))
