import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { keepCells } from "../../../src/experiment/cells/keep_cells.ts";
import { predictSameRuns } from "../../../src/experiment/cells/predict_same_runs.ts";
import type { Cell, Experiment } from "../../../src/experiment/experiment.ts";
import { parseExperiment } from "../../../src/experiment/parse_experiment.ts";
import { formatValue } from "../../../src/trainers/format_value.ts";
import { BUILT_IN } from "../../../src/trainers/trainers.ts";
import { START } from "../_rejects.ts";

const SHAPE = { trainRows: 1000 };

function parse(text: string): Experiment {
  return parseExperiment(START + text, "e.yaml");
}

/** The names of the cells of each group, and the keys that change nothing in them. */
function groupsOf(text: string): [string[], string[]][] {
  const experiment = parse(text);
  return predictSameRuns(experiment, SHAPE).map(({ keys, cells }) => [
    cells.map((index) => experiment.cells.at(index)?.name ?? ""),
    [...keys],
  ]);
}

Deno.test("predictSameRuns() finds cells that differ only in settings without effect", () => {
  assertEquals(
    groupsOf("grid: { optimizer: [sgd, adam], beta1: [0.8, 0.9], l2_penalty: [0, 1] }"),
    [
      [["optimizer=sgd beta1=0.8 l2_penalty=0", "optimizer=sgd beta1=0.9 l2_penalty=0"], ["beta1"]],
      [["optimizer=sgd beta1=0.8 l2_penalty=1", "optimizer=sgd beta1=0.9 l2_penalty=1"], ["beta1"]],
    ],
  );
  assertEquals(groupsOf("grid: { batch_size: [all, 999, 1000, 2000] }"), [
    [["batch_size=all", "batch_size=1000", "batch_size=2000"], ["batch_size"]],
  ]);
  assertEquals(groupsOf("grid: [{ prune_period: [10, 20] }, { prune_threshold: 0.5 }]"), [
    [["prune_period=10", "prune_period=20"], ["prune_threshold", "prune_period"]],
  ]);
});

Deno.test("predictSameRuns() finds nothing where every setting has an effect", () => {
  assertEquals(groupsOf("grid: { l1_penalty: [0, 1], dropout: [0, 0.5] }"), []);
  assertEquals(groupsOf("grid: { optimizer: adam, beta1: [0.8, 0.9] }"), []);
  assertEquals(groupsOf("fixed: { beta1: 0.8 }\n"), []);
  // Other trainers have rules of their own.
  const trainers = "grid: { trainer: [mlp, notebook], prune_period: [10, 20] }\n";
  assertEquals(groupsOf(trainers), [
    [["trainer=mlp prune_period=10", "trainer=mlp prune_period=20"], ["prune_period"]],
  ]);
});

Deno.test("predictSameRuns() takes values per layer for what they are, and cells that were kept", () => {
  const text = "grid: { dropout: [0.5, [0.5, 0.5], [0.5, 0.4]], beta1: [0.8, 0.9] }";
  assertEquals(groupsOf(text).length, 2);
  const kept = keepCells(parse(text), [0, 1, 2]);
  assertEquals(predictSameRuns(kept, SHAPE).map(({ cells }) => cells), [[0, 1]]);
});

Deno.test("predictSameRuns() groups all cells that have the same values but for idle ones, and no others", () => {
  const values: Readonly<Record<string, readonly string[]>> = {
    optimizer: ["sgd", "adam"],
    beta1: ["0.8", "0.9"],
    momentum: ["0", "0.9"],
    init: ["he", "normal"],
    "init_scale": ["0.1", "0.2"],
    "batch_size": ["all", "10", "1000", "2000"],
    "prune_threshold": ["0", "0.5"],
    "prune_period": ["10", "5000"],
    "evaluate_every": ["10", "2000", "3000"],
  };
  const keys = fc.uniqueArray(fc.constantFrom(...Object.keys(values)), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(fc.property(keys, (keys) => {
    const grid = keys.map((key) => `${key}: [${values[key]}]`).join(", ");
    const experiment = parse(`grid: { ${grid} }`);
    const expected = Map.groupBy(experiment.cells, (cell) => identityOf(cell));
    assertEquals(
      predictSameRuns(experiment, SHAPE).map(({ cells }) => cells),
      [...expected.values()].filter(({ length }) => length > 1)
        .map((cells) => cells.map(({ index }) => index)),
    );
  }));
});

/** The plain way: the config as a text, without what changes nothing. */
function identityOf({ trainer, config }: Cell): string {
  const { idle = [] } = BUILT_IN.named(trainer);
  const blank = idle.filter((rule) => rule.isIdle(config, SHAPE)).flatMap(({ keys }) => keys);
  return JSON.stringify(
    Object.entries(config).map(([key, value]) => blank.includes(key) ? null : formatValue(value)),
  );
}

Deno.test("predictSameRuns() makes no cells, which would take a million of them too long", () => {
  const experiment = parse(`grid:
  optimizer: [sgd, adam]
  beta1: { linear: [0.1, 0.9], count: 100 }
  l2_penalty: { linear: [0, 1], count: 100 }
`);
  let made = 0;
  const cells = Object.create(experiment.cells, {
    at: {
      value: (index: number) => {
        made++;
        return experiment.cells.at(index);
      },
    },
  });
  assertEquals(predictSameRuns({ ...experiment, cells }, SHAPE).length, 100);
  assertEquals(made, 0);
});
