import type { Sweep, WrittenRange } from "./hyperparameter_schemas.ts";
import type { Hyperparameter, HyperparameterValue } from "./hyperparameters.ts";
import { rangeValues } from "./range_values.ts";

/** The values that the grid's words for a hyperparameter stand for. */
export function sweepValues(row: Hyperparameter, sweep: Sweep): readonly HyperparameterValue[] {
  if (!isRange(sweep)) return sweep;
  const [from, to] = sweep.log ?? sweep.linear ?? [NaN, NaN];
  const spacing = sweep.log ? "log" : "linear";
  return rangeValues({ spacing, from, to, count: sweep.count }, {
    integer: row.type === "integer",
  });
}

/** How many values there are at most, without making them. */
export function sweepSize(sweep: Sweep): number {
  return isRange(sweep) ? sweep.count : sweep.length;
}

function isRange(sweep: Sweep): sweep is WrittenRange {
  return "count" in sweep;
}
