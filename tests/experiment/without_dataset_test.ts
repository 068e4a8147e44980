import { assertEquals, assertThrows } from "@std/assert";
import type { ExperimentChanges } from "../../src/experiment/overrides.ts";
import { parseWritten } from "../../src/experiment/parse_experiment.ts";
import { settleWithoutDataset } from "../../src/experiment/settle_experiment.ts";
import { textToKeep } from "../../src/experiment/text_to_keep.ts";
import { planRuns } from "../../src/sweep/plan_runs.ts";
import { UserError } from "../../src/user_error.ts";
import { TIMER, WITH_TIMER } from "../trainers/_own_timer.ts";

const METRIC = "metric: { key: seconds, better: smaller, unit: s }\n";
const TEXT = `name: e\ntrainer: timer\ngrid: { threads: [ 1, 2 ] }\nseeds: 3\n${METRIC}`;

function parse(text: string, overrides?: ExperimentChanges) {
  return parseWritten(text, "e.yaml", overrides, undefined, WITH_TIMER);
}

function settled(text: string) {
  return settleWithoutDataset(parse(text));
}

function messagesOf(text: string, overrides?: ExperimentChanges): string[] {
  const { problems } = assertThrows(() => settleWithoutDataset(parse(text, overrides)), UserError);
  return problems.map(({ message, place }) =>
    place?.line === undefined ? message : `${place.line}: ${message}`
  );
}

Deno.test("an experiment needs no dataset if none of its trainers does", () => {
  const experiment = settled(TEXT);
  const { dataset, task, metric, equivalence, cells } = experiment;
  assertEquals([dataset, task, equivalence, cells.length], [undefined, undefined, undefined, 2]);
  assertEquals(metric, { key: "seconds", better: "smaller", unit: "s" });
  assertEquals(textToKeep(experiment, "out"), TEXT);
});

Deno.test("runs without a dataset have keys without one", () => {
  const { runs, shape } = planRuns(settled(TEXT), undefined);
  assertEquals(runs.length, 6);
  const { identity, task, measures, metric } = runs[5];
  assertEquals(identity, {
    trainer: "timer",
    version: TIMER.version,
    config: { threads: 2 },
    seed: 3,
  });
  assertEquals(task, { trainer: "timer", config: { threads: 2 }, seed: 3, measures: [] });
  assertEquals([measures, metric], [[], "seconds"]);
  assertEquals(shape.trainRows, 0);
  assertEquals(new Set(runs.map(({ key }) => key)).size, 6);
});

Deno.test("an experiment without a dataset says what its cells are compared by", () => {
  assertEquals(messagesOf(TEXT.replace(METRIC, "")), ['Missing key "metric"']);
  const known = settled(TEXT.replace(METRIC, "metric: validation_accuracy\n"));
  assertEquals([known.metric, known.equivalence], ["validation_accuracy", 0.005]);
});

Deno.test("an experiment without a dataset asks for nothing that only a dataset has", () => {
  const text = TEXT.replace("threads: [ 1, 2 ]", "standardize: [global, none]");
  assertEquals(messagesOf(`${text}measures: [brier]\n`), [
    "3: Cannot sweep standardize: the experiment has no dataset",
    "6: Cannot use measures: the experiment has no dataset to compute them on",
  ]);
  assertEquals(messagesOf(TEXT, { dataset: "d.csv" }), [
    "Cannot use --dataset d.csv: the experiment has no dataset",
  ]);
});

Deno.test("an experiment needs a dataset if one of its trainers does", () => {
  const grid = "grid: [{ threads: [ 1, 2 ] }, { trainer: mlp, dropout: 0.5 }]";
  assertEquals(messagesOf(TEXT.replace("grid: { threads: [ 1, 2 ] }", grid)), [
    'Missing key "dataset"',
  ]);
  assertEquals(messagesOf("name: e\n"), ['Missing key "dataset"']);
});

Deno.test("a trainer of regsweep is refused a metric that it does not compute", () => {
  const grid = "grid: [{ threads: [ 1, 2 ] }, { trainer: mlp, dropout: 0.5 }]";
  const text = TEXT.replace("grid: { threads: [ 1, 2 ] }", grid);
  assertEquals(messagesOf(`${text}dataset: { path: d.csv, target: y }\n`), [
    "5: Cannot use metric seconds: trainer mlp does not compute it, only penalty, sparsity, " +
    "weight_l1 and weight_l2 of its own",
  ]);
});
