import { columnOf, isLargerBetter, type Metric, partsOf } from "../../src/measures/metrics.ts";
import { randomStream } from "../../src/random_stream.ts";
import type { ReportInput } from "../../src/report/report_input.ts";
import type {
  ClassCount,
  Manifest,
  ManifestDataset,
  SweepManifest,
} from "../../src/results/manifest.ts";
import type { ConfusionRow, CurveRow, HistogramRow, RunRow } from "../../src/results/run_row.ts";
import { analyze } from "../../src/statistics/analyze.ts";
import { heldOutRows, testRolesOf } from "../../src/statistics/held_out_rows.ts";
import { lookRows } from "../../src/statistics/look_rows.ts";
import { questionOf } from "../../src/statistics/question.ts";
import { resolveConfig } from "../../src/trainers/config.ts";
import type { HyperparameterValue } from "../../src/trainers/hyperparameter.ts";
import { BUILT_IN } from "../../src/trainers/trainers.ts";
import { type HalvedSample, halvedSample, runsOfLooks } from "./_sample_stages.ts";

type Values = Readonly<Record<string, HyperparameterValue>>;

/** The cells of a sweep, as a manifest has them. */
export type Plan =
  & Pick<Manifest["experiment"], "swept" | "cells" | "baseline">
  & Pick<Manifest, "trainers" | "own">;

/** What a made-up sweep is made from; see `SAMPLES` for those that tests use. */
export interface Sample {
  readonly name: string;
  readonly description?: string;
  readonly metric?: Metric;
  /** What is swept, if not what `grid` and `baseline` say. */
  readonly plan?: Plan;
  /** Blocks of a grid; a cell that an earlier one has already is left out. */
  readonly grid: readonly Readonly<Record<string, readonly HyperparameterValue[]>>[];
  readonly baseline?: Values;
  readonly seeds: number;
  /** Runs of each seed, if it has several. */
  readonly folds?: number;
  readonly equivalence?: number;
  /** What a target that is a quantity is like; `accuracy` is then R². */
  readonly quantity?: SampleQuantity;
  /** Classes with their rows, if not the ten digits, which nobody counted. */
  readonly classes?: readonly ClassCount[];
  /** The share of a class's test rows that a run of the best cell finds; most of them if absent. */
  recall?(name: string, seed: number): number;
  /** True validation accuracy of a cell; NaN diverges. */
  accuracy(values: Values): number;
  /** Share of a cell's weights that are 0 in the end. */
  sparsity?(values: Values): number;
  /** How many layers of weights a cell has; two if absent. */
  layers?(values: Values): number;
  /** Whether a run has another status than what its accuracy says. */
  status?(cell: string, seed: number): RunRow["status"] | undefined;
  readonly evaluations?: number;
  /** Numbers of seeds after which decided cells get no more; the last is `seeds`. */
  readonly looks?: readonly number[];
  /** Stops cells at rungs; their steps are those of evaluations. */
  readonly halving?: { readonly minSteps: number; readonly eta: number };
  /** How many looks or rungs were finished when the budget was spent, if it was. */
  readonly finished?: number;
}

/** A quantity with its name, its usual size and how far its values are apart. */
export interface SampleQuantity {
  readonly target: string;
  readonly mean: number;
  readonly sd: number;
  /** Rows of the dataset, a fifth of which are test rows. */
  readonly rows: number;
}

const STEPS = 1000;
const VALIDATION_ROWS = 360;

/** A report's input of a sweep that has a dataset. */
export interface SampleInput extends ReportInput {
  readonly manifest: SweepManifest & { readonly dataset: ManifestDataset };
}

/** A whole report's input with plausible figures, the same every time. */
export function sampleInput(sample: Sample): SampleInput {
  const { name, quantity, evaluations = 21, looks, finished } = sample;
  const { metric = quantity ? "validation_rmse" : "validation_accuracy" } = sample;
  const usual = quantity ? undefined : 0.005;
  const equivalence = "equivalence" in sample ? sample.equivalence : usual;
  const { swept, baseline, trainers, own, ...plan }: Plan = sample.plan ?? planOf(sample);
  const seeds = Array.from({ length: sample.seeds }, (_, seed) => seed);
  const replicates = seeds.flatMap((seed) =>
    Array.from({ length: sample.folds ?? 1 }, (_, index) => ({
      seed,
      ...sample.folds !== undefined && { fold: index + 1 },
    }))
  );

  let runs: RunRow[] = [];
  let curves: CurveRow[] = [];
  for (const cell of plan.cells) {
    const accuracy = sample.accuracy(cell.values);
    const sparsity = sample.sparsity?.(cell.values) ?? 0;
    for (const [replicate, { seed, fold }] of replicates.entries()) {
      const run = key([name, cell.name, seed, ...fold === undefined ? [] : [fold]].join("/"));
      const status = sample.status?.(cell.name, seed) ??
        (Number.isNaN(accuracy) ? "diverged" : "completed");
      const classes = curveOf(run, accuracy, replicate, status, evaluations);
      const curve = classes.map((row) =>
        quantity ? ofQuantity(row, quantity) : withMetric(row, metric)
      );
      if (status !== "failed") curves.push(...curve);
      const last = curve[curve.length - 1].measures;
      const kept = quantity ? "validation_r2" : "validation_accuracy";
      const best = curve.reduce((a, b) => b.measures[kept] > a.measures[kept] ? b : a);
      const bests = Object.entries(best.measures)
        .filter(([column]) => /^validation_(?!loss)/.test(column))
        .map(([column, value]) => [`best_${column}`, value]);
      const measures = {
        ...last,
        sparsity,
        steps: curve[curve.length - 1].step,
        ...Object.fromEntries(bests),
        "best_step": best.step,
        "weight_l1": 2400 + seed,
        "weight_l2": 18 + seed / 10,
      };
      runs.push({
        run,
        cell: cell.name,
        replicate,
        seed,
        ...fold !== undefined && { fold },
        values: cell.values,
        status,
        ...(status === "failed" ? {} : { measures, digest: key(`digest of ${run}`) }),
      });
    }
  }
  const halving = sample.halving && { metric, ...sample.halving };
  const { cells, rows, rung }: HalvedSample = halving
    ? halvedSample({ ...plan, runs, curves, baseline, steps: STEPS }, halving, finished)
    : { cells: plan.cells, rows: [] };
  const kept = new Set(cells.map(({ name }) => name));
  const divergedEarly = runs.filter(({ cell, status }) => {
    return !kept.has(cell) && status === "diverged";
  }).length;
  runs = runs.filter(({ cell }) => kept.has(cell));
  const experiment: Manifest["experiment"] = {
    name,
    description: sample.description ?? "Made-up figures, for tests.",
    file: `experiments/${name}.yaml`,
    metric,
    largerIsBetter: isLargerBetter(metric),
    equivalence,
    baseline,
    swept,
    fixed: { steps: STEPS, learning_rate: 0.1 },
    cells,
    seeds,
    ...looks && { looks },
    ...halving && { halving },
  };
  const dataset: ManifestDataset = {
    path: "digits.csv",
    target: "digit",
    rows: 1797,
    features: 64,
    classes: 10,
    ...datasetOf(sample),
    checksum: key("digits.csv"),
    standardize: "global",
    split: {
      ...{ train: 0.6, validation: 0.2, test: 0.2, resplit: true },
      ...sample.folds !== undefined && { folds: sample.folds },
    },
  };
  const question = questionOf({ experiment, dataset, trainers, own });
  if (looks) runs = runsOfLooks(runs, { ...question, looks }, finished);
  const theirs = new Set(runs.map(({ run }) => run));
  curves = curves.filter(({ run, step }) => theirs.has(run) && step <= (rung ?? STEPS));
  if (rung !== undefined) runs = runs.map((run) => stoppedAt(rung, run, curves));
  const unfinished = finished === undefined ? {} : {
    state: "unfinished" as const,
    unfinished: {
      planned: plan.cells.length * replicates.length,
      ...{ why: "budget" as const, budgetSeconds: 60 },
      ...rung !== undefined && { rung },
    },
  };
  const count = (status: RunRow["status"]) => runs.filter((run) => run.status === status).length;
  const manifest: SampleInput["manifest"] = {
    format: 1,
    ...unfinished,
    experiment,
    dataset,
    trainers,
    ...own && { own },
    kernels: { checksum: key("kernels.wasm") },
    runs: {
      total: runs.length,
      trained: runs.length - 3,
      known: 3,
      diverged: count("diverged") + divergedEarly,
      ...divergedEarly > 0 && { divergedEarly },
      failed: count("failed"),
    },
    failures: runs.filter(({ status }) => status === "failed").map(({ run, cell, seed }) => ({
      run,
      cell,
      seed,
      reason: "the worker ended twice without an answer",
    })),
    times: {
      started: "2026-03-14T15:09:26.535Z",
      seconds: 154.2,
      trainSeconds: 297.8,
      runs: secondsOf(runs),
    },
    machine: { os: "linux", arch: "x86_64", cpu: "Some CPU @ 2.70GHz", cores: 2, workers: 2 },
    versions: { regsweep: "0.1.0", deno: "2.9.6", v8: "14.9.207.2" },
    git: { commit: "0123456789abcdef0123456789abcdef01234567", clean: true },
    files: Object.fromEntries(
      ["runs.csv", "curves.csv", "cells.csv", "comparisons.csv", "experiment.yaml"]
        .map((file) => [file, key(file)]),
    ),
  };

  const { cells: summaries, comparisons, selection } = analyze(runs, question);
  const histograms = runs.flatMap((run) => histogramsOf(run, sample.layers?.(run.values) ?? 2));
  const input = {
    ...{ manifest, runs, curves, histograms, cells: summaries, comparisons },
    ...looks && { looks: lookRows(runs, question) },
    ...halving && { halving: rows },
  };
  return selection && finished === undefined
    ? { ...input, ...scoresOf(runs, testRolesOf(selection, baseline), sample) }
    : input;
}

const TEST_ROWS = 360;
const CLASSES = 10;
const UNITS = 3;
const PIXELS = 16;

/** A run as it is when it stops at a rung. */
function stoppedAt(rung: number, run: RunRow, curves: readonly CurveRow[]): RunRow {
  const row = curves.find((row) => row.run === run.run && row.step === rung);
  return row ? { ...run, measures: { ...run.measures, ...row.measures, steps: rung } } : run;
}

/** What is told of the cells that are scored on the test rows. */
function scoresOf(
  runs: readonly RunRow[],
  roles: ReturnType<typeof testRolesOf>,
  sample: Sample,
): Pick<ReportInput, "test" | "confusion" | "predictions" | "units"> {
  if (sample.quantity) return quantityScores(runs, roles, sample.quantity);
  const completed = runs.filter(({ cell, status }) => roles.has(cell) && status === "completed");
  const scores = new Map(completed.map(({ run }) => {
    const random = randomStream(`${run}/test`);
    const mistakes = 6 + Math.floor(12 * random());
    return [run, { measures: { loss: mistakes / 100, accuracy: 1 - mistakes / TEST_ROWS } }];
  }));
  const confusion = completed.filter(({ cell }) => roles.get(cell)?.includes("best"))
    .flatMap(({ run, seed }) => {
      const random = randomStream(`${run}/confusion`);
      return Array.from({ length: CLASSES ** 2 }, (_, pair) => {
        const [actual, predicted] = [Math.floor(pair / CLASSES), pair % CLASSES];
        const count = actual === predicted ? 33 : Math.floor(2 * random() ** 6 + 0.5);
        return { run, seed, actual: `${actual}`, predicted: `${predicted}`, count };
      }).filter(({ count }) => count > 0);
    });
  if (sample.classes) {
    return {
      test: heldOutRows(runs, roles, { scores, columns: ["loss", "accuracy"] }),
      confusion: skewedConfusion(completed, roles, sample),
    };
  }
  const firsts = [...Map.groupBy(completed, ({ cell }) => cell).values()].map(([first]) => first);
  const units = firsts.flatMap(({ run, cell, seed }) =>
    Array.from({ length: UNITS }, (_, unit) => {
      const random = randomStream(`${run}/unit ${unit}`);
      const weights = Array.from({ length: PIXELS }, () => Number((random() - 0.5).toPrecision(3)));
      return { run, cell, seed, unit, weights };
    })
  );
  return {
    test: heldOutRows(runs, roles, { scores, columns: ["loss", "accuracy"] }),
    confusion,
    units,
  };
}

function datasetOf({ classes, quantity }: Sample): Partial<ManifestDataset> {
  if (classes) {
    return {
      path: "oil-spill.csv",
      target: "spill",
      task: "classification",
      rows: classes.reduce((sum, { rows }) => sum + rows, 0),
      features: 48,
      classes: classes.length,
      classCounts: classes,
    };
  }
  if (!quantity) return {};
  const { target, rows } = quantity;
  return { path: "houses.csv", target, task: "regression", rows, features: 13, classes: 0 };
}

/** The best cell's runs find a share of each class; what they do not find, they take for the first. */
function skewedConfusion(
  completed: readonly RunRow[],
  roles: ReturnType<typeof testRolesOf>,
  { classes = [], recall = () => 0.95 }: Sample,
): ConfusionRow[] {
  return completed.filter(({ cell }) => roles.get(cell)?.includes("best"))
    .flatMap(({ run, seed }) =>
      classes.flatMap(({ name, rows }, place) => {
        const all = Math.round(rows / 5);
        const found = Math.round(all * recall(name, seed));
        const other = classes[place === 0 ? 1 : 0].name;
        return [{ predicted: name, count: found }, { predicted: other, count: all - found }]
          .filter(({ count }) => count > 0).map((row) => ({ run, seed, actual: name, ...row }));
      })
    );
}

/** With the metric where it is another measure: as good as the accuracy. */
function withMetric(row: CurveRow, metric: Metric): CurveRow {
  const { measure } = partsOf(metric);
  const values = (["train", "validation"] as const).flatMap((part) => {
    const column = columnOf(part, measure);
    const accuracy = row.measures[columnOf(part, { key: "accuracy" })];
    const value = measure.better === "larger" ? accuracy - 0.1 : 1 - accuracy;
    return column in row.measures ? [] : [[column, value]];
  });
  return { ...row, measures: { ...row.measures, ...Object.fromEntries(values) } };
}

/** Measures of a quantity where those of classes are; the accuracy is R². */
function ofQuantity({ run, step, measures }: CurveRow, { sd }: SampleQuantity): CurveRow {
  const { penalty, sparsity } = measures;
  const errors = (part: "train" | "validation") => {
    const r2 = Number.isNaN(measures[`${part}_loss`]) ? NaN : measures[`${part}_accuracy`];
    const rmse = sd * Math.sqrt(1 - r2);
    return {
      [`${part}_loss`]: (1 - r2) / 2,
      [`${part}_rmse`]: rmse,
      [`${part}_mse`]: rmse ** 2,
      [`${part}_mae`]: 0.8 * rmse,
      [`${part}_r2`]: r2,
    };
  };
  return {
    run,
    step,
    measures: { ...errors("train"), ...errors("validation"), penalty, sparsity },
  };
}

/** What is told of the cells that are scored, where they predict a quantity. */
function quantityScores(
  runs: readonly RunRow[],
  roles: ReturnType<typeof testRolesOf>,
  { mean, sd, rows }: SampleQuantity,
): Pick<ReportInput, "test" | "predictions"> {
  const completed = runs.filter(({ cell, status }) => roles.has(cell) && status === "completed");
  const scores = new Map(completed.map(({ run, measures = {} }) => {
    const { validation_rmse: rmse, validation_r2: r2, validation_loss: loss } = measures;
    return [run, { measures: { loss, rmse, r2 } }];
  }));
  const count = Math.round(rows / 5);
  const target = randomStream("quantities");
  const actual = Array.from({ length: count }, () => mean + 3.4 * sd * (target() ** 2 - 1 / 3));
  const predictions = completed.filter(({ cell }) => roles.get(cell)?.includes("best"))
    .flatMap(({ run, seed, measures = {} }) => {
      const random = randomStream(`${run}/predictions`);
      const noise = () => (random() + random() + random() - 1.5) * 2 * measures.validation_rmse;
      return actual.map((value, row) => ({
        ...{ run, seed, row: 5 * row, actual: value },
        predicted: mean + 0.9 * (value - mean) + noise(),
      }));
    });
  return {
    test: heldOutRows(runs, roles, { scores, columns: ["loss", "rmse", "r2"] }),
    predictions,
  };
}

function planOf(sample: Sample): Plan {
  const rows = BUILT_IN.named("mlp").hyperparameters.filter(({ key }) =>
    sample.grid.some((block) => key in block)
  );
  const defaults = resolveConfig({ hyperparameters: rows }, {});
  const cells = cellsOf(sample.grid, defaults);
  const isBaseline = (values: Values) =>
    Object.entries({ ...defaults, ...sample.baseline }).every(([key, value]) =>
      String(values[key]) === String(value)
    );
  return {
    swept: rows.map(({ key, label, unit, regularizer }) => ({
      key,
      label,
      ...(unit ? { unit } : {}),
      regularizer: regularizer === true,
    })),
    cells,
    baseline: (cells.find(({ values }) => isBaseline(values)) ?? cells[0]).name,
    trainers: { mlp: 1 },
  };
}

function cellsOf(grid: Sample["grid"], defaults: Values) {
  const cells = new Map<string, Manifest["experiment"]["cells"][number]>();
  for (const block of grid) {
    const keys = Object.keys(block);
    const combinations = keys.reduce<Values[]>(
      (some, key) =>
        some.flatMap((values) => block[key].map((value) => ({ ...values, [key]: value }))),
      [{}],
    );
    for (const values of combinations) {
      const all = { ...defaults, ...values };
      const identity = JSON.stringify(all);
      if (cells.has(identity)) continue;
      const name = keys.map((key) => {
        const value = values[key];
        return `${key}=${typeof value === "object" ? `[${value.join(", ")}]` : value}`;
      }).join(" ") || "all";
      cells.set(identity, { name, technique: keys.join(" × "), values: all });
    }
  }
  return [...cells.values()];
}

/** Rises towards the accuracy; seeds shift all cells alike, as redrawn splits do. */
function curveOf(
  run: string,
  accuracy: number,
  seed: number,
  status: RunRow["status"],
  evaluations: number,
): CurveRow[] {
  const random = randomStream(run);
  const shift = (randomStream(`seed ${seed}`)() - 0.5) * 0.02;
  const own = (random() - 0.5) * 0.014;
  const last = status === "diverged" ? Math.ceil(evaluations / 3) : evaluations;
  return Array.from({ length: last }, (_, index) => {
    const share = index / (evaluations - 1);
    const isBroken = status === "diverged" && index === last - 1;
    const reach = 1 - 0.9 / (1 + 60 * share) ** 1.4;
    const noise = (random() - 0.5) * 0.006;
    const value = Math.min(1, (accuracy + shift + own) * reach + noise * share);
    const validation = isBroken ? 0.1 : Math.round(value * VALIDATION_ROWS) / VALIDATION_ROWS;
    return {
      run,
      step: Math.round(share * STEPS),
      measures: {
        train_loss: isBroken ? NaN : 2.3 * (1 - reach) + 0.01,
        train_accuracy: isBroken ? 0.1 : Math.min(1, value + 0.025 * share),
        validation_loss: isBroken
          ? NaN
          : 2.3 * (1 - reach) + 3 * (1 - accuracy - shift - own) * share,
        validation_accuracy: validation,
        penalty: 0,
        sparsity: 0,
      },
    };
  });
}

/** Seconds per run, as manifest.json has them. */
function secondsOf(runs: readonly RunRow[]): (number | null)[] {
  return runs.map(({ run, status }) =>
    status === "failed" ? null : Number((1.5 + randomStream(`${run}/time`)() ** 4).toPrecision(4))
  );
}

/** Layers of weights, near 0 the more of them the narrower they lie. */
function histogramsOf({ run, status }: RunRow, layers: number): HistogramRow[] {
  if (status === "failed") return [];
  const random = randomStream(`${run}/weights`);
  return Array.from({ length: layers }, (_, layer) => {
    if (status === "diverged") return { run, layer, minimum: NaN, maximum: NaN, counts: [] };
    const reach = Number((0.2 + 0.1 * layer + 0.1 * random()).toPrecision(4));
    const counts = Array.from({ length: 16 }, (_, bin) => {
      return Math.round(1000 / (1 + (bin - 7.5) ** 2) + 10 * random());
    });
    return { run, layer, minimum: -reach, maximum: reach, counts };
  });
}

/** 64 hexadecimal digits that the name determines. */
function key(name: string): string {
  const random = randomStream(name);
  return Array.from({ length: 64 }, () => Math.floor(random() * 16).toString(16)).join("");
}
