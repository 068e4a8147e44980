import type { Kernels } from "../../kernels/kernels.ts";
import type { RunShape } from "../trainer.ts";
import { type BatchRegions, reserveBatch } from "./_batches.ts";
import { InputNoise } from "./_input_noise.ts";
import { paddedCount, perRowBytes } from "./_row_targets.ts";
import { reserveRows } from "./_training_rows.ts";
import type { Arena } from "./arena.ts";
import type { MlpConfig } from "./mlp_config.ts";
import { MlpModel } from "./mlp_model.ts";
import type { RunRows } from "./rows.ts";

/** Rows evaluated at a time unless training needs more: this many fit the caches well. */
const EVALUATION_ROWS = 512;

/** All that a run has in kernel memory, as regions of an arena. */
export interface RunLayout {
  readonly rows: RunRows;
  /** The byte after the rows' regions, which come first. */
  readonly rowsEnd: number;
  /** Absent if each batch is all rows. */
  readonly batch?: BatchRegions;
  /** The maximum number of rows in a pass; a multiple of the lanes, or all rows. */
  readonly capacity: number;
  readonly model: MlpModel;
  /** The noise on training rows, if input noise is on. */
  readonly noise?: InputNoise;
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
  const batchSize = Math.min(config.batchSize, trainRows);
  const batch = reserveBatch(kernels, arena, { batchSize, train: rows.train, features });
  const capacity = paddedCount(kernels, Math.max(batchSize, EVALUATION_ROWS));
  const shape = { features, classes, batchRows: batchSize, capacity };
  const model = new MlpModel(kernels, arena, config, shape);
  const { inputNoise: deviation } = config;
  const noise = deviation > 0
    ? new InputNoise(kernels, arena, { deviation, rows: batchSize, features, trainRows })
    : undefined;
  return { rows, rowsEnd, batch, capacity, model, noise };
}
