import { canonicalValue } from "../../trainers/config.ts";
import { formatValue } from "../../trainers/format_value.ts";
import type { WrittenCondition } from "../schema/hyperparameter_schemas.ts";
import type { Hyperparameter, HyperparameterValue } from "../../trainers/hyperparameters.ts";

/** What a pattern asks of one key's value. */
export type Condition = (value: HyperparameterValue) => boolean;

/** What tells combinations of values apart: all of its conditions have to hold. */
export type Pattern = readonly (readonly [key: string, condition: Condition])[];

/** How a pattern compares: `=` is what it does where it does not say. */
export const OPERATORS = ["<=", ">=", "!=", "<", ">", "="] as const;
export type Operator = typeof OPERATORS[number];

const ORDERS: Readonly<Partial<Record<Operator, (a: number, b: number) => boolean>>> = {
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
};

/** Whether an operator asks which of two numbers is the larger. */
export function isOrder(operator: Operator): boolean {
  return operator in ORDERS;
}

/**
 * Compares with an operand, as a pattern's condition.
 *
 * Values are equal however they are written: 0.5 for each layer is 0.5. Of a list, every item has to
 * be less or greater; no word is.
 */
export function comparison(
  row: Hyperparameter,
  operator: Operator,
  operand: HyperparameterValue,
): Condition {
  const holds = ORDERS[operator];
  if (holds) {
    const bound = Number(operand);
    return (value) =>
      [value].flat().every((item) => typeof item === "number" && holds(item, bound));
  }
  const textOf = (value: HyperparameterValue) => formatValue(canonicalValue(row, value));
  const wanted = textOf(operand);
  return (value) => (textOf(value) === wanted) === (operator === "=");
}

/** The values that a condition names: where a value is a list itself, one list of items is one. */
export function valuesOf(
  { shape }: Hyperparameter,
  written: WrittenCondition,
): readonly HyperparameterValue[] {
  const isSeveral = typeof written === "object" &&
    (shape !== "list" || written.some((item) => typeof item === "object"));
  return isSeveral ? written : [written as HyperparameterValue];
}

/** Holds if any of several conditions does. */
export function anyOf(conditions: readonly Condition[]): Condition {
  return (value) => conditions.some((condition) => condition(value));
}
