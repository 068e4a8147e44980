import type { Dataset } from "../../../src/dataset/dataset.ts";
import type { Kernels } from "../../../src/kernels/kernels.ts";
import { instantiateKernels, loadKernelsModule } from "../../../src/kernels/load_kernels.ts";
import { SeedStart } from "../../../src/trainers/mlp/_seed_start.ts";
import { trainMlp } from "../../../src/trainers/mlp/train_mlp.ts";
import { trainMlpStage } from "../../../src/trainers/mlp/train_mlp_stage.ts";
import type { DatasetStage, DatasetTask } from "../../../src/trainers/on_dataset.ts";
import type { Training } from "../../../src/trainers/trainer.ts";
import type { StageListener, TrainingState } from "../../../src/trainers/training_stage.ts";
import type { Config } from "../../../src/trainers/hyperparameter.ts";
import { numericDataset } from "../../_numeric_dataset.ts";
import { configWith, numbers } from "../_model_fixture.ts";

const module = await loadKernelsModule();

/** New WebAssembly kernels, with a memory of their own. */
export function newKernels(): Kernels {
  return instantiateKernels(module, "f32");
}

/** Rows around one centre per class, or with a quantity if `classes` is 1. */
export function madeUpRows(classes: number): Dataset {
  const [rows, columns] = [120, 7];
  const values = numbers(rows * columns, 7);
  return numericDataset({
    rows,
    columns,
    classes,
    checksum: `made up ${classes}`,
    valueAt: (row, column) => values[row * columns + column] + 0.3 * (row % 3),
    ...classes === 1 && { targetAt: (row: number) => 5 * values[row * columns] + row % 3 },
  });
}

const SMALL: Config = { hidden: [10, 6], steps: 30, evaluate_every: 10, learning_rate: 0.3 };

/** The task of a short run. */
export function taskWith(values: Config, others: Partial<DatasetTask> = {}): DatasetTask {
  return {
    config: configWith({ ...SMALL, ...values }),
    seed: 1,
    split: { train: 0.6, validation: 0.2, test: 0.2, resplit: true },
    standardize: "global",
    ...others,
  };
}

/** What has to be the same however a run is trained. */
export type Outcome = ReturnType<typeof outcomeOf>;

function outcomeOf({ result, test, parameters }: Training) {
  const { trainSeconds: _, ...rest } = result;
  return { result: rest, test, parameters };
}

/** Trains each run alone. */
export function trainApart(dataset: Dataset, tasks: readonly DatasetTask[]): Promise<Outcome[]> {
  return Promise.all(
    tasks.map(async (task) => outcomeOf(await trainMlp(newKernels(), dataset, task))),
  );
}

/** Trains one stage in a memory of its own. */
export function trainStage(
  dataset: Dataset,
  stage: DatasetStage,
  listener: Partial<StageListener> = {},
  kernels = newKernels(),
): Promise<TrainingState | undefined> {
  const start = new SeedStart(kernels);
  return trainMlpStage(kernels, dataset, stage, { onEnd() {}, ...listener }, start);
}

/** The state of runs before a step. */
export async function stateBefore(
  until: number,
  dataset: Dataset,
  stage: Omit<DatasetStage, "until">,
): Promise<TrainingState> {
  const state = await trainStage(dataset, { ...stage, until });
  if (!state) throw new Error(`The runs have ended before step ${until}`);
  return state;
}

/**
 * Trains runs that share their steps in a chain of stages, each with kernels of its own and with a copy
 * of the state, as another worker would get it.
 *
 * @param cuts The steps before which a new stage begins.
 */
export async function trainInStages(
  dataset: Dataset,
  tasks: readonly DatasetTask[],
  { cuts = [], kernelsOf = newKernels }: {
    readonly cuts?: readonly number[];
    readonly kernelsOf?: (stage: number) => Kernels;
  } = {},
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let from: TrainingState | undefined;
  for (const [stage, until] of [...cuts, Infinity].entries()) {
    const going = tasks.map((_, index) => index).filter((index) => !outcomes[index]);
    if (going.length === 0) break;
    const state = await trainStage(
      dataset,
      { tasks: going.map((index) => tasks[index]), from, until },
      {
        onEnd(index, training) {
          const run = going[index];
          if (outcomes[run]) throw new Error(`Run ${run} has ended twice`);
          outcomes[run] = outcomeOf(training);
        },
      },
      kernelsOf(stage),
    );
    from = state && structuredClone(state);
  }
  return outcomes;
}

/** Whether two states are the same but for the time that they took. */
export function isSameState(a: TrainingState, b: TrainingState): boolean {
  const names = Object.keys(a.arrays);
  return a.step === b.step && names.join() === Object.keys(b.arrays).join() &&
    names.every((name) => isSameBytes(a.arrays[name], b.arrays[name]));
}

function isSameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
