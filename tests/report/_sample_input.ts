import { HYPERPARAMETERS, type HyperparameterValue } from "../../src/experiment/hyperparameters.ts";
import { isLargerBetter, type Metric } from "../../src/experiment/experiment.ts";
import { randomStream } from "../../src/random_stream.ts";
import type { ReportInput } from "../../src/report/report_input.ts";
import type { Manifest } from "../../src/results/manifest.ts";
import type { CurveRow, RunRow } from "../../src/results/run_row.ts";
import { compareWithBaseline } from "../../src/statistics/compare_with_baseline.ts";
import { summarizeCells } from "../../src/statistics/summarize_cells.ts";

type Values = Readonly<Record<string, HyperparameterValue>>;

/** What a made-up sweep is made from; see `SAMPLES` for those that tests use. */
export interface Sample {
  readonly name: string;
  readonly description?: string;
  readonly metric?: Metric;
  /** Blocks of a grid; a cell that an earlier one has already is left out. */
  readonly grid: readonly Readonly<Record<string, readonly HyperparameterValue[]>>[];
  readonly baseline?: Values;
  readonly seeds: number;
  readonly equivalence?: number;
  /** True validation accuracy of a cell; NaN diverges. */
  accuracy(values: Values): number;
  /** Whether a run has another status than what its accuracy says. */
  status?(cell: string, seed: number): RunRow["status"] | undefined;
  readonly evaluations?: number;
}

const STEPS = 1000;
const VALIDATION_ROWS = 360;

/** A whole report's input with plausible figures, the same every time. */
export function sampleInput(sample: Sample): ReportInput {
  const { name, metric = "validation_accuracy", equivalence = 0.005, evaluations = 21 } = sample;
  const swept = HYPERPARAMETERS.filter(({ key }) => sample.grid.some((block) => key in block));
  const defaults = Object.fromEntries(swept.map((row) => [row.key, row.default]));
  const cells = cellsOf(sample.grid, defaults);
  const isBaseline = (values: Values) =>
    Object.entries({ ...defaults, ...sample.baseline }).every(([key, value]) =>
      String(values[key]) === String(value)
    );
  const baseline = (cells.find(({ values }) => isBaseline(values)) ?? cells[0]).name;
  const seeds = Array.from({ length: sample.seeds }, (_, seed) => seed);

  const runs: RunRow[] = [];
  const curves: CurveRow[] = [];
  for (const cell of cells) {
    const accuracy = sample.accuracy(cell.values);
    for (const seed of seeds) {
      const run = key(`${name}/${cell.name}/${seed}`);
      const status = sample.status?.(cell.name, seed) ??
        (Number.isNaN(accuracy) ? "diverged" : "completed");
      const curve = curveOf(run, accuracy, seed, status, evaluations);
      if (status !== "failed") curves.push(...curve);
      const last = curve[curve.length - 1].figures;
      const best = curve.reduce((a, b) =>
        b.figures.validation_accuracy > a.figures.validation_accuracy ? b : a
      );
      const figures = {
        ...last,
        steps: curve[curve.length - 1].step,
        "best_validation_accuracy": best.figures.validation_accuracy,
        "best_step": best.step,
        "weight_l1": 2400 + seed,
        "weight_l2": 18 + seed / 10,
      };
      runs.push({
        run,
        cell: cell.name,
        replicate: seed,
        seed,
        values: cell.values,
        status,
        ...(status === "failed" ? {} : { figures, digest: key(`digest of ${run}`) }),
      });
    }
  }
  const count = (status: RunRow["status"]) => runs.filter((run) => run.status === status).length;
  const manifest: Manifest = {
    format: 1,
    experiment: {
      name,
      description: sample.description ?? "Made-up figures, for tests.",
      file: `experiments/${name}.yaml`,
      trainer: "mlp",
      metric,
      largerIsBetter: isLargerBetter(metric),
      equivalence,
      baseline,
      swept: swept.map(({ key, label, unit, regularizer }) => ({
        key,
        label,
        ...(unit ? { unit } : {}),
        regularizer: regularizer === true,
      })),
      fixed: { steps: STEPS, learning_rate: 0.1 },
      cells,
      seeds,
    },
    dataset: {
      path: "digits.csv",
      target: "digit",
      rows: 1797,
      features: 64,
      classes: 10,
      checksum: key("digits.csv"),
      standardize: "global",
      split: { train: 0.6, validation: 0.2, test: 0.2, resplit: true },
    },
    trainer: { name: "mlp", version: 1 },
    kernels: { checksum: key("kernels.wasm") },
    runs: {
      total: runs.length,
      trained: runs.length - 3,
      known: 3,
      diverged: count("diverged"),
      failed: count("failed"),
    },
    failures: runs.filter(({ status }) => status === "failed").map(({ run, cell, seed }) => ({
      run,
      cell,
      seed,
      reason: "the worker ended twice without an answer",
    })),
    times: { started: "2026-03-14T15:09:26.535Z", seconds: 154.2, trainSeconds: 297.8, runs: [] },
    machine: { os: "linux", arch: "x86_64", cpu: "Some CPU @ 2.70GHz", cores: 2, workers: 2 },
    versions: { regsweep: "0.1.0", deno: "2.9.6", v8: "14.9.207.2" },
    git: { commit: "0123456789abcdef0123456789abcdef01234567", clean: true },
    files: Object.fromEntries(
      ["runs.csv", "curves.csv", "cells.csv", "comparisons.csv", "experiment.yaml"]
        .map((file) => [file, key(file)]),
    ),
  };
  return {
    manifest,
    runs,
    curves,
    cells: summarizeCells(runs, metric),
    comparisons: compareWithBaseline(runs, metric, baseline),
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
      figures: {
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

/** 64 hexadecimal digits that the name determines. */
function key(name: string): string {
  const random = randomStream(name);
  return Array.from({ length: 64 }, () => Math.floor(random() * 16).toString(16)).join("");
}
