import { SCRATCH_BYTES } from "../../kernels/kernels.ts";
import type { Config } from "../hyperparameter.ts";
import type { RunMemory, RunShape } from "../trainer.ts";
import { inLines, type ScratchBytes } from "./_kernel_products.ts";
import { LanePanels, padded } from "./_lane_panels.ts";
import { DIM_H, FEW_DROPPED, notebookConfig } from "./notebook_config.ts";

/** The sizes of a run of the notebook: rows are those of its largest part. */
interface Sizes {
  readonly rows: number;
  readonly columns: number;
  readonly classes: number;
}

/** The kernel memory of a run of the `notebook` trainer, which draws its own parts of the rows. */
export function notebookMemory(config: Config, shape: RunShape): RunMemory {
  const { columns, classes } = shape;
  const rows = shape.trainRows + shape.validationRows + shape.testRows;
  const validation = Math.round(0.2 * rows);
  const train = rows - 2 * validation - 1;
  const panels = (count: number, width: number) => inLines(LanePanels.bytes(count, width));
  const part = (count: number) => panels(count, columns) + panels(count, DIM_H);
  const sizes = { rows: Math.max(train, validation), columns, classes };
  const bytes = [
    SCRATCH_BYTES,
    ...Object.values(scratchBytes(sizes)).map(inLines),
    part(train),
    2 * part(validation),
    notebookConfig(config).dropoutRate > FEW_DROPPED ? panels(train, DIM_H) : 0,
  ].reduce((sum, bytes) => sum + bytes);
  // The widths of the layers are fixed, so only the dataset can be too large.
  return { atMost: bytes, bytes: () => bytes, cause: () => undefined };
}

/** The scratch space that the notebook's products need. */
export function scratchBytes({ rows, columns, classes }: Sizes): ScratchBytes {
  const wide = Math.max(DIM_H, classes);
  const panels = (...shapes: [number, number][]) =>
    Math.max(...shapes.map(([rows, columns]) => LanePanels.bytes(rows, columns)));
  const weights = (...shapes: [number, number][]) =>
    Math.max(...shapes.map(([rows, columns]) => 8 * rows * padded(columns)));
  return {
    bias: 8 * padded(wide),
    weights: weights([columns, DIM_H], [columns, classes], [wide, DIM_H], [DIM_H, classes]),
    operand: panels([DIM_H, DIM_H], [DIM_H, classes], [columns, classes]),
    result: panels([rows, classes], [DIM_H, classes], [DIM_H, DIM_H], [columns, DIM_H]),
  };
}
