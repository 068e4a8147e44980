"""Fits scikit-learn's linear models to the rows that regsweep's runs were trained on.

It reads one JSON object from standard input and writes one to standard output:

    {"paths": [the table's file, and the file of its test rows if there is one],
     "separator": "," or " " and so on, "header": true or false, "missing": ["", "NA", ...],
     "task": "classification" or "regression", "target": column number from 0,
     "columns": [{"index": column number from 0, "kind": "number", "boolean" or "category"}, ...],
     "splits": [{"seed": 1, "train": [row numbers from 0], "validation": [...], "test": [...]}, ...]}

    {"model": what was fitted, "scores": [{"seed": 1, "validation": 0.97, "test": 0.96}, ...]}

It reads and prepares the table by itself, in scikit-learn's usual way: medians and an indicator for
gaps, one column per category, mean 0 and deviation 1 for numbers, all of them from the training
rows. Rows of the second file follow those of the first.
"""

import json
import sys
import warnings

import sklearn
from peer_table import read_table
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler


def make_model(columns, task):
    numbers = [n for n, column in enumerate(columns) if column["kind"] == "number"]
    others = [n for n, column in enumerate(columns) if column["kind"] != "number"]
    imputer = SimpleImputer(strategy="median", add_indicator=True)
    prepare = ColumnTransformer([
        ("numbers", make_pipeline(imputer, StandardScaler()), numbers),
        ("others", OneHotEncoder(handle_unknown="ignore"), others),
    ])
    linear = LogisticRegression(max_iter=10_000) if task == "classification" else Ridge()
    return make_pipeline(prepare, linear)


def main():
    request = json.load(sys.stdin)
    columns, task = request["columns"], request["task"]
    features, targets = read_table(request)
    if task == "regression":
        targets = targets.astype(float)
    # A category that only validation rows have.
    warnings.simplefilter("ignore", UserWarning)
    scores = []
    for split in request["splits"]:
        model = make_model(columns, task).fit(features[split["train"]], targets[split["train"]])
        scores.append({"seed": split["seed"]} | {
            part: model.score(features[split[part]], targets[split[part]])
            for part in ("validation", "test") if split[part]
        })
    linear = "LogisticRegression" if task == "classification" else "Ridge"
    json.dump({"model": f"scikit-learn {sklearn.__version__}'s {linear}", "scores": scores}, sys.stdout)


main()
