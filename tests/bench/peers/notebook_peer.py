"""Times steps of the notebook in NumPy on one thread.

    python3 tests/bench/peers/notebook_peer.py DIGITS [NOTEBOOK]

DIGITS is data/digits.csv, NOTEBOOK the notebook's text, which is run as it is but for its settings;
without it, a port of its arithmetic is. Prints which, and then for each line of standard input, a
JSON object of settings with `max_steps`, the milliseconds of processor time that a step takes.
"""

import contextlib
import io
import json
import os
import pathlib
import re
import sys
import time
import types

os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np  # noqa: E402

DEFAULTS = {
    "learning_rate": 3e-3, "dropout_rate": 0.025, "pruning_rate": 0.1, "prune_period": 2500,
    "my_lambda_l1": 0, "my_lambda_l2": 0, "max_steps": 15000, "disp_period": 400, "init_scale": 1e-2,
}


def stand_in(name, **attributes):
    module = types.ModuleType(name)
    vars(module).update(attributes)
    sys.modules[name] = module
    return module


def run_text(text, settings, digits):
    code = text[text.index("import numpy as np"):]
    for key, value in settings.items():
        code, found = re.subn(rf"^{key} = [^#\n]*", f"{key} = {value!r} ", code, flags=re.MULTILINE)
        assert found == 1, f"{key}: set {found} times"
    datasets = stand_in("sklearn.datasets", load_digits=lambda return_X_y: [a.copy() for a in digits])
    stand_in("sklearn", datasets=datasets)
    stand_in("matplotlib", pyplot=stand_in("matplotlib.pyplot"))
    exec(compile(code, "notebook", "exec"), {})


def run_port(settings, digits):
    """What the notebook computes in a step, evaluations but the first and printing left out."""
    s = types.SimpleNamespace(**{**DEFAULTS, **settings})
    features, labels = digits
    np.random.seed(1337)
    x = ((features - features.mean()) / features.std())[719:1797]
    y = np.eye(10)[labels][719:1797]
    wxh0 = s.init_scale * np.random.randn(64, 128)
    whh1 = s.init_scale * np.random.randn(128, 128)
    why = s.init_scale * np.random.randn(128, 10)
    masks = [np.ones_like(w) for w in (wxh0, whh1, why)]
    for _ in range(s.max_steps + 1):
        h0 = np.dot(x, wxh0) + 0.01
        h0[h0 < 0] = 0.0
        h1 = np.dot(h0, whh1) + 0.01
        if s.dropout_rate:
            h1 *= 1.0 * np.random.random(h1.shape) > s.dropout_rate
        a = np.dot(h1, why)
        a -= np.max(a)
        p = np.zeros_like(a)
        for c in range(10):
            p[:, c] = np.exp(a[:, c]) / np.sum(np.exp(a), axis=1)
        -(1 / len(x)) * np.sum(y * np.log(p) + (1 - y) * np.log(1 - p))
        dy = (p - y) / len(x)
        dwhy = np.dot(dy.T, h1).T
        dh1 = np.dot(dy, why.T)
        dwhh1 = np.dot(dh1.T, h0).T
        dh0 = np.dot(dh1, whh1.T)
        dh0[h0 < 0] = 0
        gradients = [np.dot(dh0.T, x).T, dwhh1, dwhy]
        for w, d, mask in zip((wxh0, whh1, why), gradients, masks):
            if s.my_lambda_l2:
                d += s.my_lambda_l2 / len(x) * w
            if s.my_lambda_l1:
                d += s.my_lambda_l1 / len(x) * np.sign(w)
            if s.pruning_rate:
                d *= mask
            d[d > 5.0], d[d < -5.0] = 5.0, -5.0
        for w, d in zip((wxh0, 0.0, whh1, 0.0, why), (gradients[0], dh0, dwhh1, dh1, dwhy)):
            w -= s.learning_rate * d


table = np.loadtxt(sys.argv[1], delimiter=",", skiprows=1)
digits = table[:, :-1], table[:, -1].astype(int)
notebook = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
print("the notebook itself" if notebook else "a port of the notebook", flush=True)


def seconds(settings):
    started = time.process_time()
    with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
        if notebook:
            run_text(notebook.read_text(encoding="utf-8"), settings, digits)
        else:
            run_port(settings, digits)
    return time.process_time() - started


for line in sys.stdin:
    settings = json.loads(line)
    # The start, which all runs have in common, does not count.
    steps = seconds(settings) - seconds({**settings, "max_steps": 0})
    print(1000 * steps / settings["max_steps"], flush=True)
