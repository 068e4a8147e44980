import type { Kernels } from "../../kernels/kernels.ts";
import { panelBytes } from "../../kernels/layouts.ts";
import { copyBytes } from "../kept_bytes.ts";
import type { OutputLoss, Outputs } from "./_output_loss.ts";
import type { Arena } from "./arena.ts";
import { mix } from "./mix.ts";
import type { Rows } from "./rows.ts";

/**
 * A loss in training of rows that have factors and are mixed. With the loss L, a row's target t and
 * factor f, and t', f' and the share s of what it is mixed with, it is
 *
 *   (1 − s)·f·L(t) + s·f'·L(t')
 *
 * and so is its gradient. For cross-entropy and the squared error, that is the gradient at the mixed
 * target (1 − s)·t + s·t', where the factors are 1. Each loss is weighted and smoothed as if its row
 * were alone.
 *
 * @param loss Of rows without factors; evaluations use it.
 */
export function rowLoss(
  kernels: Kernels,
  arena: Arena,
  loss: OutputLoss,
  { rows, width, isMixed }: {
    /** The maximum number of rows. */
    rows: number;
    /** Outputs of a row. */
    width: number;
    /** Whether rows can be mixed. */
    isMixed: boolean;
  },
): OutputLoss {
  const second = arena.region(isMixed ? panelBytes(kernels.precision, rows, width) : 0);

  function backward(outputs: Outputs, rows: Rows): void {
    const { values, stride, panels } = outputs;
    loss.backward(outputs, rows);
    if (rows.factors !== undefined) {
      kernels.scaleRows(values, rows.factors, panels, width, stride);
    }
  }

  return {
    ...loss,
    backward(outputs, rows) {
      const { mixed } = rows;
      if (!mixed) return backward(outputs, rows);
      const { values, stride, panels } = outputs;
      const bytes = panels * stride;
      copyBytes(kernels, values, second, bytes);
      backward(outputs, rows);
      backward({ ...outputs, values: second }, { ...rows, ...mixed });
      mix(kernels, second, values, bytes, mixed.share);
    },
  };
}
