"""The whole job with scikit-learn's MLPClassifier through joblib: see job.py.

It has no L1, so the cells with L1 train without a penalty; and it evaluates at the end alone.
"""

import warnings

from job import JOB, print_means, runs, split

from joblib import Parallel, delayed
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier


def train_run(cell, seed):
    warnings.simplefilter("ignore", ConvergenceWarning)
    x, y, validation_x, validation_y = split(seed)
    model = MLPClassifier(
        hidden_layer_sizes=JOB["hidden"], solver="sgd", alpha=cell["l2"] * len(x),
        batch_size=len(x), learning_rate_init=JOB["rate"], momentum=0.0, shuffle=False,
        max_iter=JOB["steps"], n_iter_no_change=JOB["steps"], tol=0.0, random_state=seed,
    )
    return model.fit(x, y).score(validation_x, validation_y)


if __name__ == "__main__":
    tasks = [delayed(train_run)(JOB["cells"][cell], seed) for cell, seed in runs()]
    print_means(Parallel(n_jobs=-1)(tasks))
