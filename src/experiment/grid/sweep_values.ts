import type { Hyperparameter, HyperparameterValue } from "../../trainers/hyperparameter.ts";
import type { Values } from "../schema/hyperparameter_schemas.ts";
import type { Distribution } from "../schema/range_schemas.ts";
import { rangeValues } from "./range_values.ts";

/** A hyperparameter's entry in a block of the grid. */
export type Sweep = Values | Distribution;

/** The values of a hyperparameter's list or range. */
export function sweepValues(row: Hyperparameter, values: Values): readonly HyperparameterValue[] {
  if (!("count" in values)) return values;
  const [from, to] = values.log ?? values.linear ?? [NaN, NaN];
  const spacing = values.log ? "log" : "linear";
  return rangeValues({ spacing, from, to, count: values.count }, {
    integer: row.type === "integer",
  });
}

/** How many values there are at most, without making them. */
export function sweepSize(values: Values): number {
  return "count" in values ? values.count : values.length;
}

/** Whether an entry is a distribution, which a sample draws from. */
export function isDistribution(sweep: Sweep): sweep is Distribution {
  return !Array.isArray(sweep) && !("count" in sweep);
}
