"""Searches settings of scikit-learn's histogram gradient boosting on the rows of regsweep's runs.

It reads what sklearn_peer.py reads, with "points" and "search_seed" beside it, and writes

    {"model": what was fitted,
     "points": [{"settings": {...}, "validation": [0.97, ...]}, ...],
     "best": the number of the point, from 0, with the highest mean over the splits,
     "test": [0.96, ...]}

Scores are balanced accuracies, one per split. The first point has the default settings; the others
are drawn at random, from Python's own generator, whose numbers are the same in every version. Test
rows are scored once, by the best point. Categories stay categories, and gaps stay gaps.
"""

import json
import math
import random
import statistics
import sys

import numpy as np
import sklearn
from peer_table import read_table
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import balanced_accuracy_score
from sklearn.preprocessing import OrdinalEncoder


def draw_points(count, seed):
    """Settings as keyword arguments of the classifier."""
    generator = random.Random(seed)

    def between(low, high):
        """Evenly on a logarithmic scale."""
        return math.exp(math.log(low) + generator.random() * (math.log(high) - math.log(low)))

    points = [{}]
    while len(points) < count:
        points.append({
            "learning_rate": between(0.03, 0.5),
            "max_iter": round(between(50, 200)),
            "max_leaf_nodes": round(between(4, 64)),
            "min_samples_leaf": round(between(1, 100)),
            "l2_regularization": between(1e-6, 100),
            "class_weight": "balanced" if generator.random() < 0.5 else None,
        })
    return points[:count]


def encode(features, columns, train):
    """Numbers as they are; categories as the training rows' numbers, unknown ones as gaps."""
    encoded = np.empty(features.shape, dtype=float)
    for place, column in enumerate(columns):
        cells = features[:, [place]]
        if column["kind"] == "category":
            encoder = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=np.nan)
            cells = encoder.fit(cells[train]).transform(cells)
        elif column["kind"] == "boolean":
            # Two words, of which the first in the alphabet is 0.
            words = sorted(set(cells[:, 0]) - {""})
            cells = [[np.nan if cell == "" else words.index(cell)] for cell in cells[:, 0]]
        encoded[:, [place]] = cells
    return encoded


def main():
    request = json.load(sys.stdin)
    columns = request["columns"]
    features, targets = read_table(request)
    categories = [column["kind"] == "category" for column in columns]
    splits = [(split, encode(features, columns, split["train"])) for split in request["splits"]]

    def score(settings, part):
        scores = []
        for split, encoded in splits:
            model = HistGradientBoostingClassifier(
                categorical_features=categories,
                early_stopping=False,
                random_state=0,
                **settings,
            )
            model.fit(encoded[split["train"]], targets[split["train"]])
            predicted = model.predict(encoded[split[part]])
            scores.append(balanced_accuracy_score(targets[split[part]], predicted))
        return scores

    points = [
        {"settings": settings, "validation": score(settings, "validation")}
        for settings in draw_points(request["points"], request["search_seed"])
    ]
    means = [statistics.fmean(point["validation"]) for point in points]
    best = means.index(max(means))
    name = f"scikit-learn {sklearn.__version__}'s HistGradientBoostingClassifier"
    answer = {"model": name, "points": points, "best": best}
    json.dump(answer | {"test": score(points[best]["settings"], "test")}, sys.stdout)


main()
