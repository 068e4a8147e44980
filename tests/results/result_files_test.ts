import { assertEquals } from "@std/assert";
import { splitRows } from "../../src/dataset/split_rows.ts";
import type { Task } from "../../src/measures/measure.ts";
import {
  RESULT_FILES,
  RESULT_TABLES,
  type ResultRows,
  rowsIn,
  TABLE_NAMES,
  type TableName,
} from "../../src/results/result_files.ts";
import { csvFiles } from "../../src/sweep/csv_files.ts";
import type { TestResult } from "../../src/trainers/run_result.ts";
import { numericDataset } from "../_numeric_dataset.ts";
import { SAMPLE_DATASET, sampleExperiment, sampleResult } from "./_sample_outcomes.ts";

const CELLS = [0, 0.25, 0.5].map((dropout, index) => ({
  index,
  name: `dropout=${dropout}`,
  technique: "dropout",
  trainer: "mlp" as const,
  config: { dropout, hidden: [8, index], activation: "relu" },
}));
const EXPERIMENT = sampleExperiment(["activation", "dropout", "hidden"], CELLS);
const HISTOGRAMS = [
  { minimum: -0.5, maximum: 0.25, counts: Array.from({ length: 16 }, (_, bin) => bin) },
  { minimum: NaN, maximum: NaN, counts: [] },
];

/** Outcomes of two seeds: one diverged, one failed, and one has a measure that is -0. */
const OUTCOMES = CELLS.flatMap((cell) =>
  [1, 2].map((seed) => {
    const outcome = { key: `${cell.index}${seed}`, cell, replicate: seed - 1, seed };
    if (cell.index === 1 && seed === 2) return { ...outcome, failure: "worker died" };
    const sample = sampleResult({ histograms: HISTOGRAMS });
    const evaluations = sample.evaluations.map(({ step, measures }) => ({
      step,
      measures: {
        ...measures,
        "validation_accuracy": 0.5 + cell.index / 7 + seed / 11,
        penalty: -0,
      },
    }));
    const status = cell.index === 2 && seed === 2 ? "diverged" as const : "completed" as const;
    return { ...outcome, result: { ...sample, evaluations, status } };
  })
);
const DATASETS = {
  classification: numericDataset({ rows: 100, columns: 1, classes: 2, checksum: "classes" }),
  regression: numericDataset({
    rows: 100,
    columns: 1,
    classes: 1,
    checksum: "quantities",
    targetAt: (row) => row / 7 - 3,
  }),
};
const PREDICTED: Record<Task, Pick<TestResult, "confusion" | "predictions">> = {
  classification: { confusion: [3, 0, 1, 5] },
  regression: { predictions: Array.from({ length: 20 }, (_, row) => row === 3 ? -0 : row / 3) },
};
/** The files that sweeps of a task never write. */
const ABSENT: Record<Task, TableName> = {
  classification: "predictions",
  regression: "confusion",
};

function testsOf(task: Task): Map<string, TestResult> {
  return new Map(OUTCOMES.map(({ key }) => [key, {
    measures: { loss: 1 / 3, accuracy: 2 / 3 },
    ...PREDICTED[task],
    units: [{ unit: 4, weights: [0.25, -1e-7] }],
  }]));
}

const HALVING = CELLS.map(({ name, config }, index) => ({
  step: 10,
  cell: name,
  values: { activation: config.activation, dropout: config.dropout, hidden: config.hidden },
  n: index,
  mean: index === 0 ? undefined : 1 / 3,
  isKept: index > 0,
}));

/** As an experiment that looks at its results after two seeds, and after four. */
const LOOKING = { ...EXPERIMENT, seeds: [1, 2, 3, 4], looks: [2, 4] };

/** Rows without members that are there and undefined. */
function defined(rows: unknown): unknown {
  if (Array.isArray(rows)) return rows.map(defined);
  if (typeof rows !== "object" || rows === null) return rows;
  const members = Object.entries(rows).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([key, member]) => [key, defined(member)]));
}

for (const task of ["classification", "regression"] as const) {
  Deno.test(`every CSV file of a ${task} reads back as the rows that it was written from`, async () => {
    const { texts, ...rows } = await csvFiles(LOOKING, {
      dataset: DATASETS[task],
      outcomes: OUTCOMES,
      tests: testsOf(task),
      halving: HALVING,
    });
    const names = TABLE_NAMES.filter((name) => name !== ABSENT[task]);
    assertEquals(Object.keys(texts), names.map((name) => RESULT_TABLES[name].name));
    const all = new Map(names.map((name) => [name, texts[RESULT_TABLES[name].name]]));
    const read = rowsIn(all);
    for (const name of names) {
      const written: ResultRows[typeof name] = rows[name];
      assertEquals(defined(read[name]), defined(written), name);
      // A file has no -0, which is another number when runs are compared bit by bit.
      assertEquals(
        JSON.stringify(written, (_, value) => Object.is(value, -0) ? "-0" : value)
          .includes('"-0"'),
        false,
        name,
      );
    }
  });
}

Deno.test("predictions.csv has each test row of the best cell's runs, by its number in the dataset", async () => {
  const dataset = DATASETS.regression;
  const { runs, predictions = [] } = await csvFiles(EXPERIMENT, {
    dataset,
    outcomes: OUTCOMES,
    tests: testsOf("regression"),
  });
  const { test } = splitRows(dataset, SAMPLE_DATASET.split, 1);
  const best = runs.filter(({ cell }) => cell === "dropout=0");
  assertEquals(
    predictions,
    best.flatMap(({ run, seed }) =>
      Array.from(test, (row, index) => {
        return { run, seed, row, actual: row / 7 - 3, predicted: index === 3 ? 0 : index / 3 };
      })
    ),
  );
});

Deno.test("csvFiles() has no file where there is nothing to write into it", async () => {
  const { texts } = await csvFiles(EXPERIMENT, {
    dataset: DATASETS.classification,
    outcomes: OUTCOMES.map((outcome) => ({ ...outcome, result: undefined, failure: "boom" })),
    tests: new Map(),
  });
  const always = TABLE_NAMES.filter((name) => RESULT_TABLES[name].when === undefined);
  assertEquals(Object.keys(texts), always.map((name) => RESULT_TABLES[name].name));
});

Deno.test("no two result files have one name", () => {
  const names = RESULT_FILES.map(({ name }) => name);
  assertEquals(new Set(names).size, names.length);
});
