import type { Kernels } from "../../kernels/kernels.ts";
import type { RunShape } from "../trainer.ts";
import { type Adversarial, reserveAdversarial } from "./_adversarial.ts";
import { reserveBatch } from "./_batches.ts";
import { paddedCount, perRowBytes } from "./row_targets.ts";
import { reserveRows } from "./_training_rows.ts";
import type { Arena } from "./arena.ts";
import type { GatheredRegions } from "./gathered_rows.ts";
import type { MlpConfig } from "./mlp_config.ts";
import { MlpModel } from "./mlp_model.ts";
import { RowChanges } from "./row_changes/row_changes.ts";
import type { Rows, RunRows } from "./rows.ts";

/** Rows evaluated at a time unless training needs more: this many fit the caches well. */
const EVALUATION_ROWS = 512;

/** All that a run has in kernel memory, as regions of an arena. */
export interface RunLayout {
  readonly rows: RunRows;
  /** The byte after the rows' regions, which come first. */
  readonly rowsEnd: number;
  /** Absent if each batch is all rows. */
  readonly batch?: GatheredRegions;
  /** The maximum number of rows in a pass; a multiple of the lanes, or all rows. */
  readonly capacity: number;
  readonly model: MlpModel;
  /** What changes a step's training rows. */
  readonly changes: RowChanges;
  /** Absent if adversarial training is off. */
  readonly adversarial?: Adversarial;
}

/**
 * Reserves the regions of a run: the one place that says what it takes.
 *
 * @param shape Its test rows are those that the final model is scored on.
 */
export function layOutRun(
  kernels: Kernels,
  arena: Arena,
  config: MlpConfig,
  { trainRows, validationRows, testRows, columns: features, classes }: RunShape,
): RunLayout {
  const reserve = (count: number) => reserveRows(kernels, arena, count, features);
  const factors = config.classWeight === "none" || classes === 1
    ? undefined
    : arena.region(perRowBytes(kernels, trainRows));
  const rows = {
    train: { ...reserve(trainRows), factors },
    validation: reserve(validationRows),
    test: testRows > 0 ? reserve(testRows) : undefined,
  };
  const rowsEnd = arena.bytes;
  const { batchRows, capacity } = passSizes(kernels, config, trainRows);
  const batch = reserveBatch(kernels, arena, { batchSize: batchRows, train: rows.train, features });
  const model = new MlpModel(kernels, arena, config, { features, classes, batchRows, capacity });
  const changes = new RowChanges(kernels, arena, config, {
    ...{ rows: batchRows, trainRows, features, classes, isWeighted: factors !== undefined },
  });
  const adversarial = reserveAdversarial(kernels, arena, config, {
    ...{ model, rows: batchRows, features },
  });
  return { rows, rowsEnd, batch, capacity, model, changes, adversarial };
}

/** Regions of a finished model, and of rows to predict with it. */
export type PredictionLayout = Pick<RunLayout, "capacity" | "model"> & { readonly rows: Rows };

/**
 * Reserves the regions for predictions. The model computes what it computed in its run, to the bit: the
 * order of its products depends on how many rows it was trained on.
 *
 * @param shape.rows How many rows to predict.
 */
export function layOutPrediction(
  kernels: Kernels,
  arena: Arena,
  config: MlpConfig,
  { trainRows, rows: count, columns: features, classes }:
    & Pick<RunShape, "trainRows" | "columns" | "classes">
    & { readonly rows: number },
): PredictionLayout {
  const rows = reserveRows(kernels, arena, count, features);
  const { batchRows, capacity } = passSizes(kernels, config, trainRows);
  const model = new MlpModel(kernels, arena, config, { features, classes, batchRows, capacity });
  return { rows, capacity, model };
}

/** How many rows a step takes, and how many a pass of an evaluation. */
function passSizes(kernels: Kernels, config: MlpConfig, trainRows: number) {
  const batchRows = Math.min(config.batchSize, trainRows);
  return { batchRows, capacity: paddedCount(kernels, Math.max(batchRows, EVALUATION_ROWS)) };
}
