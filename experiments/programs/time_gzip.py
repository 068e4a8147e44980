"""Times gzip: the seconds that it takes for a text, and the share of the text's bytes that is left."""

import json
import random
import subprocess
import sys
import time

WORDS = "a cell is one combination of settings and a run is one training with one seed".split()

run = json.load(sys.stdin)
random.seed(run["seed"])
text = " ".join(random.choices(WORDS, k=400_000)).encode()

started = time.perf_counter()
gzip = subprocess.run(["gzip", f"-{run['config']['level']}"], input=text, capture_output=True, check=True)
seconds = time.perf_counter() - started
measures = {"seconds": seconds, "size": len(gzip.stdout) / len(text)}
print(json.dumps({"step": 0, "measures": measures}))
