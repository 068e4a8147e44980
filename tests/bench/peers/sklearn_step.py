"""Times training steps of regsweep's default model with scikit-learn's MLPClassifier on one thread.

It has no dropout and no step of its own to call: an epoch of `partial_fit` on one batch of all rows
is one step, its checks of the input included.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np  # noqa: E402
import sklearn  # noqa: E402
from sklearn.neural_network import MLPClassifier  # noqa: E402

from serving import serve  # noqa: E402

ROWS, WIDTHS = 1079, (64, 128, 128, 10)


def make_step():
    random = np.random.default_rng(0)
    x = random.standard_normal((ROWS, WIDTHS[0]), dtype=np.float32)
    labels = np.arange(ROWS) % WIDTHS[-1]
    model = MLPClassifier(
        hidden_layer_sizes=WIDTHS[1:-1], activation="relu", solver="sgd", alpha=0.0,
        batch_size=ROWS, learning_rate_init=0.01, momentum=0.0, shuffle=False, random_state=0,
    )
    return lambda: model.partial_fit(x, labels, classes=np.arange(WIDTHS[-1]))


serve(f"scikit-learn {sklearn.__version__}", {"relu, relu": make_step()})
