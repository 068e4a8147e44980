"""Reads the tables of what peers are asked for; sklearn_peer.py says in which form."""

import csv

import numpy as np


def read_table(request):
    """Features, (rows, columns) of objects: numbers, words, NaN for gaps of numbers and "" for others;
    and targets as text."""
    rows = read_rows(request)
    features = read_features(rows, request["columns"], set(request["missing"]))
    return features, np.array([row[request["target"]] for row in rows])


def read_rows(request):
    """Cells as text, of all files in turn."""
    rows = []
    for path in request["paths"]:
        with open(path, newline="", encoding="utf-8") as file:
            if request["separator"] == " ":
                records = [line.split() for line in file]
            else:
                records = list(csv.reader(file, delimiter=request["separator"]))
        records = [record for record in records if record]
        rows += records[1:] if request["header"] else records
    return [[cell.strip() for cell in row] for row in rows]


def read_features(rows, columns, missing):
    features = np.empty((len(rows), len(columns)), dtype=object)
    for place, column in enumerate(columns):
        cells = [row[column["index"]] for row in rows]
        if column["kind"] == "number":
            features[:, place] = [np.nan if cell in missing else float(cell) for cell in cells]
        else:
            features[:, place] = ["" if cell in missing else cell for cell in cells]
    return features
