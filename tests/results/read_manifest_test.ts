import { assert, assertEquals, assertThrows } from "@std/assert";
import type { Metric } from "../../src/measures/metrics.ts";
import { readManifest } from "../../src/results/read_manifest.ts";
import { UserError } from "../../src/user_error.ts";

const SAMPLE = await Deno.readTextFile(
  new URL("../../reports/sample/manifest.json", import.meta.url),
);

// deno-lint-ignore no-explicit-any
type Json = any;

function messagesFor(text: string): string[] {
  const error = assertThrows(() => readManifest(text), UserError);
  for (const { place } of error.problems) assertEquals(place?.file, "manifest.json");
  return error.problems.map(({ message }) => message);
}

function messagesAfter(change: (manifest: Json) => void): string[] {
  const manifest = JSON.parse(SAMPLE);
  change(manifest);
  return messagesFor(JSON.stringify(manifest));
}

Deno.test("readManifest() reads manifests of the first version", () => {
  const manifest = JSON.parse(SAMPLE);
  delete manifest.measures;
  delete manifest.page;
  assertEquals(readManifest(JSON.stringify(manifest)), manifest);
});

Deno.test("readManifest() reads manifests of cells with different seeds", () => {
  const manifest = JSON.parse(SAMPLE);
  manifest.experiment.looks = [5, 10];
  manifest.runs.total = 60;
  manifest.times.runs.length = 60;
  assertEquals(readManifest(JSON.stringify(manifest)), manifest);
});

Deno.test("readManifest() leaves out members that it does not know", () => {
  const manifest = { ...JSON.parse(SAMPLE), colour: "red" };
  assert(!("colour" in readManifest(JSON.stringify(manifest))));
  const text = SAMPLE.replace("{", '{ "__proto__": { "measures": 7 },');
  assertEquals(readManifest(text).measures, JSON.parse(SAMPLE).measures);
});

Deno.test("readManifest() reads a metric that the table of measures does not have", () => {
  const manifest = JSON.parse(SAMPLE);
  const metric: Metric = {
    key: "seconds",
    better: "smaller",
    label: "time",
    unit: "s",
    decimals: 2,
  };
  manifest.experiment = { ...manifest.experiment, metric, largerIsBetter: false };
  assertEquals(readManifest(JSON.stringify(manifest)).experiment.metric, metric);
  manifest.experiment.largerIsBetter = true;
  assertEquals(messagesFor(JSON.stringify(manifest)), [
    "Cannot use true as experiment.largerIsBetter: it must be false for seconds",
  ]);
  manifest.experiment.metric = { key: "seconds", better: "faster" };
  assertEquals(messagesFor(JSON.stringify(manifest)), [
    "Cannot use experiment.metric: it must be a metric",
  ]);
});

const REFUSED: Record<string, (manifest: Json) => void> = {
  "Cannot read it: files is missing": (manifest) => delete manifest.files,
  "Cannot read it: experiment is missing": (manifest) => delete manifest.experiment,
  "Cannot read it: machine is missing": (manifest) => delete manifest.machine,
  "Cannot read it: times.runs is missing": (manifest) => delete manifest.times.runs,
  "Cannot use null as times: it must be an object": (manifest) => manifest.times = null,
  'Cannot use "90" as runs.total: it must be an integer of at least 0': (manifest) =>
    manifest.runs.total = "90",
  "Cannot use 80 as runs.total: 9 cells and 10 seeds make 90": (manifest) =>
    manifest.runs.total = 80,
  "Cannot use 20 as runs.total: 9 cells and 5 to 10 seeds make 45 to 90": (manifest) => {
    manifest.experiment.looks = [5, 10];
    manifest.runs.total = 20;
    manifest.times.runs.length = 20;
  },
  "Cannot use experiment.looks: the last must be 10, the number of seeds": (manifest) =>
    manifest.experiment.looks = [5, 8],
  "Cannot use 5 as experiment.looks[1]: it must be more than before": (manifest) =>
    manifest.experiment.looks = [5, 5, 10],
  "Cannot use times.runs: it must have a time for each of 90 runs": (manifest) =>
    manifest.times.runs.pop(),
  "Cannot use 7 as experiment.swept: it must be a list": (manifest) =>
    manifest.experiment.swept = 7,
  'Cannot use "a" as experiment.baseline: it must be the name of one of the cells': (manifest) =>
    manifest.experiment.baseline = "a",
  'Cannot use "l1_penalty=0" as experiment.cells[3].name: an earlier cell has the same name': (
    manifest,
  ) => manifest.experiment.cells[3].name = "l1_penalty=0",
  "Cannot use experiment.cells[2].values: l1_penalty is missing": (manifest) =>
    manifest.experiment.cells[2].values = {},
  "Cannot use 1 as experiment.cells[2].values.dropout: it is not swept": (manifest) =>
    manifest.experiment.cells[2].values.dropout = 1,
  "Cannot use false as experiment.largerIsBetter: it must be true for validation_accuracy": (
    manifest,
  ) => manifest.experiment.largerIsBetter = false,
  "Cannot use dataset.split: its fractions must add up to 1": (manifest) =>
    manifest.dataset.split.train = 0.5,
  'Cannot use "a" as answer.use.cell: it must be the name of one of the cells': (manifest) =>
    manifest.answer = {
      ...{ advice: "Use a", finding: "A is best.", limit: "None." },
      use: { cell: "a", name: "a", noun: "accuracy", n: 1, mean: 1, text: "100%" },
    },
  "Cannot read it: answer.limit is missing": (manifest) =>
    manifest.answer = { advice: "Use a", finding: "A is best." },
  'Cannot use trainers: this regsweep has no trainer "other"': (manifest) =>
    manifest.trainers.other = 1,
  'Cannot use files["../../etc/passwd"]: sweeps write no such file': (manifest) =>
    manifest.files["../../etc/passwd"] = "0".repeat(64),
  'Cannot use files["manifest.json"]: sweeps write no such file': (manifest) =>
    manifest.files["manifest.json"] = "0".repeat(64),
  'Cannot use "0" as files["runs.csv"]: it must be a SHA-256 in hex': (manifest) =>
    manifest.files["runs.csv"] = "0",
};

const RIDGE = {
  ...{ name: "ridge", kind: "module", tasks: ["regression"], packages: ["ml-matrix@6.12.1"] },
  hyperparameters: [{
    ...{ key: "alpha", type: "number", shape: "scalar", exclusiveMinimum: 0, default: 1 },
    ...{ sobolDimension: 0, label: "Ridge penalty", help: "adds it", regularizer: true },
  }],
};
/** True or false, and set by each experiment. */
const CENTERED = { key: "centered", type: "boolean", shape: "scalar", sobolDimension: 1 };
const SCRIPT = {
  ...{ name: "script", kind: "program", tasks: [] },
  hyperparameters: [{ ...CENTERED, label: "Centered", help: "" }],
  ...{ command: ["sh", "script.sh"], deterministic: false },
};

/** Adds a user's own trainers to a manifest. */
function addOwn(manifest: Json, own: readonly Json[] = [RIDGE, SCRIPT]): void {
  manifest.own = structuredClone(own);
  for (const { name } of own) {
    manifest.trainers[name] = "0".repeat(64);
    manifest.files[`trainers/${name}/lib/${name}.ts`] = "0".repeat(64);
  }
}

Deno.test("readManifest() reads what a manifest says of one's own trainers", () => {
  const manifest = JSON.parse(SAMPLE);
  addOwn(manifest);
  assertEquals(readManifest(JSON.stringify(manifest)), manifest);
});

Object.assign(
  REFUSED,
  {
    'Cannot use "notebook" as own[0].name: regsweep has a trainer of this name itself': (
      manifest,
    ) => addOwn(manifest, [{ ...RIDGE, name: "notebook" }]),
    'Cannot use "ridge" as own[1].name: an earlier one is the same': (manifest) =>
      addOwn(manifest, [RIDGE, RIDGE]),
    'Cannot use "ridge" as own[0].name: it must be one of trainers': (manifest) => {
      addOwn(manifest);
      delete manifest.trainers.ridge;
    },
    'Cannot use trainers: this regsweep has no trainer "ridge"': (manifest) => {
      addOwn(manifest);
      manifest.own.shift();
    },
    'Cannot use "class" as own[0].kind: it must be module or program': (manifest) =>
      addOwn(manifest, [{ ...RIDGE, kind: "class" }]),
    "Cannot read it: own[0].hyperparameters[0].label is missing": (manifest) => {
      addOwn(manifest);
      delete manifest.own[0].hyperparameters[0].label;
    },
    'Cannot use files["trainers/ridge/../../../a.ts"]: sweeps write no such file': (manifest) => {
      addOwn(manifest);
      manifest.files["trainers/ridge/../../../a.ts"] = "0".repeat(64);
    },
  } as typeof REFUSED,
);

for (const [message, change] of Object.entries(REFUSED)) {
  Deno.test(`readManifest() says: ${message}`, () => {
    assertEquals(messagesAfter(change), [message]);
  });
}

Deno.test("readManifest() shows the first of many problems", () => {
  const messages = messagesAfter(({ experiment }) => {
    for (const cell of experiment.cells) cell.name = cell.technique = null;
  });
  assertEquals(messages.length, 11);
  assertEquals(messages[0], "Cannot use null as experiment.cells[0].name: it must be text");
  assertEquals(messages[10], "There are 8 more problems");
});

Deno.test("readManifest() does not repeat what is not JSON", () => {
  for (const text of ["", "root:x:0:0:", '{"format": 1, root:x', "\0", "[".repeat(1e6)]) {
    assertEquals(messagesFor(text), ["Cannot read it: it is not JSON"]);
  }
});

Deno.test("readManifest() answers JSON of another shape", () => {
  for (const text of ["null", "[]", "1", '"root"']) {
    assertEquals(messagesFor(text), ["Cannot read it: it is not a JSON object"]);
  }
  assertEquals(messagesFor("{}"), ["Cannot read it: format is missing"]);
  assertEquals(messagesFor('{"format": 2}'), ["Cannot read format 2: it must be 1"]);
  const deep = '{"format": 1, "a": '.repeat(1e5) + "1" + "}".repeat(1e5);
  assertEquals(messagesFor(deep), ["Cannot read it: it is nested too deeply"]);
});

/** The sample with its first 80 of 90 runs. */
function unfinishedManifest(): Json {
  const manifest = JSON.parse(SAMPLE);
  const { runs, times } = manifest;
  return {
    ...manifest,
    state: "unfinished",
    unfinished: { planned: 90, why: "budget", budgetSeconds: 60 },
    runs: { ...runs, total: 80 },
    times: { ...times, runs: times.runs.slice(0, 80) },
  };
}

Deno.test("readManifest() reads the manifest of an unfinished sweep", () => {
  const manifest = unfinishedManifest();
  assertEquals(readManifest(JSON.stringify(manifest)), manifest);
});

Deno.test("readManifest() refuses a manifest that contradicts itself on what is missing", () => {
  const after = (change: object) =>
    messagesFor(JSON.stringify({ ...unfinishedManifest(), ...change }));
  const { unfinished, runs } = unfinishedManifest();
  assertEquals(after({ state: "complete" }), [
    'Cannot use "complete" as state: it must be unfinished',
  ]);
  assertEquals(after({ unfinished: { ...unfinished, planned: 91 } }), [
    "Cannot use 91 as unfinished.planned: 9 cells and 10 seeds make 90",
  ]);
  assertEquals(after({ runs: { ...runs, total: 91 } }), [
    "Cannot use 91 as runs.total: it must be at most 90",
    "Cannot use times.runs: it must have a time for each of 91 runs",
  ]);
});
