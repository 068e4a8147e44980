import type { Dataset } from "../../dataset/dataset.ts";
import { outputCount } from "../../dataset/output_count.ts";
import type { TargetMoments } from "../../dataset/preparation.ts";
import type { Split } from "../../dataset/split_rows.ts";
import type { Kernels } from "../../kernels/kernels.ts";
import { positiveClass } from "../common_measures.ts";
import type { DatasetTask } from "../on_dataset.ts";
import type { Adversarial } from "./_adversarial.ts";
import { type Batches, drawBatches } from "./_batches.ts";
import { chunksOf } from "./_chunks_of.ts";
import { classFactors } from "./_class_weights.ts";
import type { Evaluated, Quantities } from "./_evaluate.ts";
import type { KeptBytes } from "../kept_bytes.ts";
import { fillFactors } from "./row_targets.ts";
import { layOutRun } from "./_run_layout.ts";
import type { SeedStart } from "./_seed_start.ts";
import { Arena } from "./arena.ts";
import type { MlpConfig } from "./mlp_config.ts";
import type { RowChanges } from "./row_changes/row_changes.ts";
import type { Rows } from "./rows.ts";

/** A model and its rows, laid out in kernel memory, before the first step. */
export interface PreparedRun extends Evaluated {
  /** All training rows, pass by pass. */
  readonly trainChunks: readonly Rows[];
  readonly batches: Batches;
  readonly isFullBatch: boolean;
  /** What changes a step's training rows. */
  readonly changes: RowChanges;
  /** Absent if adversarial training is off. */
  readonly adversarial?: Adversarial;
  /** All that lives on to a step, before anything that it does. */
  kept(step: number): KeptBytes[];
}

/**
 * Lays out a run, fills in its rows and gives it its initial weights.
 *
 * @param config The task's, as computations use it.
 * @param firstStep If it is not 0, what is kept has to be set before it.
 * @throws {UserError} If the dataset has too few rows for the split.
 */
export function prepareRun(
  kernels: Kernels,
  dataset: Dataset,
  { task, config, start, firstStep = 0 }: {
    task: DatasetTask;
    config: MlpConfig;
    start: SeedStart;
    firstStep?: number;
  },
): PreparedRun {
  const { seed, fold, scoresTest, measures = [] } = task;
  const { columns: features, targets } = dataset;
  const classes = outputCount(dataset);
  const { numbers, preparation } = start.draw(dataset, task);
  const arena = new Arena();
  const layout = layOutRun(kernels, arena, config, {
    trainRows: numbers.train.length,
    validationRows: numbers.validation.length,
    testRows: scoresTest ? numbers.test.length : 0,
    columns: features,
    classes,
  });
  const { rows, batch, capacity, model, changes, adversarial } = layout;
  start.fill(arena, layout);
  const quantities = classes > 1 ? undefined : quantitiesOf(dataset, numbers, preparation.target);
  if (rows.train.factors !== undefined) {
    const labels = numbers.train.map((row) => targets[row]);
    const factors = classFactors(config.classWeight, dataset.classes, labels);
    if (factors) fillFactors(kernels, rows.train, factors);
  }
  // Folds of a seed differ in everything that is drawn, as seeds do.
  const source = fold === undefined ? seed : `${seed}/fold${fold}`;
  start.initialize(model.parameters, source);
  changes.initialize(source);
  const batches = drawBatches(kernels, rows.train, batch, {
    features,
    classes,
    seed: source,
    firstStep,
  });
  return {
    kernels,
    model,
    ...rows,
    capacity,
    classes,
    quantities,
    measures,
    positive: positiveClass(measures, dataset),
    trainChunks: Array.from(
      chunksOf(kernels, rows.train, { classes, capacity }),
      ({ chunk }) => chunk,
    ),
    batches,
    isFullBatch: batch === undefined,
    changes,
    adversarial,
    kept: (step) => [...model.kept(step), ...batches.kept(), ...changes.kept()],
  };
}

/** The quantities of a run's rows, in their own unit. */
function quantitiesOf(
  { targets }: Dataset,
  { train, validation, test }: Split,
  scale: TargetMoments,
): Quantities {
  const of = (rows: Int32Array) => Float64Array.from(rows, (row) => targets[row]);
  return { ...scale, of: { train: of(train), validation: of(validation), test: of(test) } };
}
