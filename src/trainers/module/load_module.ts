import type { Dataset } from "../../dataset/dataset.ts";
import { rowWriter, type WriteRow } from "../../dataset/preparation.ts";
import { stopwatch } from "../../stopwatch.ts";
import { finishRun } from "../finish_run.ts";
import { type DatasetTask, datasetTask } from "../on_dataset.ts";
import type { ModuleCode } from "../own_code.ts";
import { parametersOf } from "../parameters_of.ts";
import { RunFailure } from "../run_failure.ts";
import type { Evaluation, TestResult } from "../run_result.ts";
import type {
  Parameter,
  Train,
  TrainerContext,
  Training,
  TrainingData,
  TrainingListener,
  TrainingTask,
} from "../trainer.ts";
import { splitData } from "../training_data.ts";
import { ModuleRealm } from "./_module_realm.ts";
import { predictInRealm } from "./_predict_in_realm.ts";
import {
  measuredOf,
  measurePredictions,
  type Predicted,
  type PredictedPart,
  testResultOf,
} from "./_predicted_measures.ts";
import type { RealmRows, RealmRun } from "./realm/realm_messages.ts";

/** A run's rows and the numbers that they become. */
interface RunData extends Predicted {
  readonly data: TrainingData;
}

/**
 * The trainer that a module defines, on one dataset. It runs in a thread of its own, which stays for the
 * next run unless one fails.
 *
 * @throws {TypeError} If the context has no functions of exact_math.ts.
 */
export function loadModule(code: ModuleCode, context: TrainerContext): Train {
  const { math } = context;
  if (!math) throw new TypeError("Cannot train: this context has no math");
  let realm: ModuleRealm | undefined;
  const close = () => {
    realm?.end();
    realm = undefined;
  };
  const inRealm = async <T>(work: (realm: ModuleRealm) => Promise<T>): Promise<T> => {
    try {
      realm ??= await ModuleRealm.open(code, math);
      return await work(realm);
    } catch (error) {
      close();
      throw error;
    }
  };
  const train = (task: TrainingTask, listener: TrainingListener = {}) => {
    return inRealm((realm) => trainModule(realm, code, context, task, listener));
  };
  const score = (task: TrainingTask, parameters: readonly Parameter[]) => {
    return inRealm((realm) => scoreModule(realm, context, task, parameters));
  };
  return Object.assign(train, { close, ...code.predicts && { score } });
}

/** Scores a model on the test rows; undefined if there are none, or if it has diverged. */
async function scoreModule(
  realm: ModuleRealm,
  { dataset }: TrainerContext,
  task: TrainingTask,
  parameters: readonly Parameter[],
): Promise<TestResult | undefined> {
  if (!dataset || parameters.length === 0) return undefined;
  const run = runDataOf(dataset, datasetTask(task));
  const { parts: { test } } = run;
  if (test.numbers.length === 0) return undefined;
  const model = { config: task.config, limitSeconds: task.limitSeconds, parameters };
  const rows = { numbers: test.numbers, writeRow: rowWriter(dataset, run.data) };
  return testResultOf(run, await predictInRealm(realm, model, dataset, rows));
}

async function trainModule(
  realm: ModuleRealm,
  code: ModuleCode,
  context: TrainerContext,
  task: TrainingTask,
  { onEvaluation, onMessage }: TrainingListener,
): Promise<Training> {
  const { dataset } = context;
  const run = dataset && code.tasks.length > 0 ? runDataOf(dataset, datasetTask(task)) : undefined;
  const { message, buffers } = requestOf(task, run);
  const secondsSince = stopwatch();
  realm.send(message, buffers);
  const evaluations: Evaluation[] = [];
  const given = new Set<string>();
  let isDiverged = false;
  for (;;) {
    const reply = await realm.next();
    if (reply.kind === "message") onMessage?.(reply.text);
    if (reply.kind === "evaluation") {
      realm.send({ kind: "received" });
      const { step, measures, scores } = reply;
      const common = run && scores ? measurePredictions(run, scores) : {};
      const evaluation = { step, measures: withOwn(common, measures) };
      evaluations.push(evaluation);
      for (const name of Object.keys(measures)) given.add(name);
      onEvaluation?.(evaluation);
      isDiverged = reply.isDiverged;
    }
    if (reply.kind !== "end") continue;
    const { testScores } = reply;
    const parameters = parametersOf(reply.parameters);
    const result = await finishRun(parameters, {
      status: isDiverged ? "diverged" : "completed",
      steps: evaluations[evaluations.length - 1].step,
      evaluations,
      measures: {},
      trainSeconds: secondsSince(),
    }, given);
    const test: TestResult | undefined = run && testScores && testResultOf(run, testScores);
    return { result, test, parameters, data: () => dataOf(run) };
  }
}

/** @throws {RunFailure} If a measure of the module's own has a name of the common ones. */
function withOwn(
  common: Readonly<Record<string, number>>,
  own: Readonly<Record<string, number>>,
): Record<string, number> {
  const both = Object.keys(own).find((key) => key in common && !/_loss$/.test(key));
  if (both !== undefined) {
    throw new RunFailure(`measures cannot have ${both}, which is computed from predict`);
  }
  return { ...common, ...own };
}

function dataOf(run: RunData | undefined): TrainingData {
  if (!run) throw new RangeError("The run has no data");
  return run.data;
}

function runDataOf(dataset: Dataset, task: DatasetTask): RunData {
  const data = splitData(dataset, task);
  const { rows } = data;
  const part = (numbers: Int32Array) => ({
    numbers,
    targets: Float64Array.from(numbers, (row) => dataset.targets[row]),
  });
  const parts = {
    train: part(rows.train),
    validation: part(rows.validation),
    test: part(rows.test),
  };
  return { dataset, data, parts, measured: measuredOf(dataset, task.measures) };
}

function requestOf(
  { config, seed, fold, scoresTest, limitSeconds }: TrainingTask,
  run: RunData | undefined,
): { message: RealmRun; buffers: ArrayBuffer[] } {
  // Folds of a seed differ in everything that is drawn, as seeds do.
  const source = `${seed}${fold === undefined ? "" : `/fold${fold}`}/own`;
  const common = { kind: "run", config, seed, source, limitSeconds } as const;
  if (!run) return { message: common, buffers: [] };
  const { dataset, data, parts } = run;
  const writeRow = rowWriter(dataset, data);
  const rowsOf = (part: PredictedPart) => realmRows(part, dataset.columns, writeRow);
  const [train, validation] = [rowsOf(parts.train), rowsOf(parts.validation)];
  const isScored = scoresTest && parts.test.numbers.length > 0;
  const test = isScored ? rowsOf(parts.test) : undefined;
  const { columns: features, featureNames, classes } = dataset;
  const message: RealmRun = {
    ...common,
    data: { train, validation, features, featureNames, classes },
    test: test && { x: test.x, rows: test.rows },
  };
  const buffers = [train.x, train.y, validation.x, validation.y, ...test ? [test.x] : []];
  return { message, buffers: buffers.map(({ buffer }) => buffer) };
}

/** Copies, which belong to the run. */
function realmRows(
  { numbers, targets }: PredictedPart,
  columns: number,
  writeRow: WriteRow,
): RealmRows {
  const x = new Float64Array(numbers.length * columns);
  numbers.forEach((row, at) => writeRow(row, x, at * columns, 1));
  return { x, y: targets.slice(), rows: numbers.length };
}
