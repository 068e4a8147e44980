import { canonicalValue } from "../../trainers/config.ts";
import { formatValue } from "../../trainers/format_value.ts";
import type { Hyperparameter, HyperparameterValue } from "../../trainers/hyperparameter.ts";
import type { WrittenCondition } from "../schema/hyperparameter_schemas.ts";

/** A pattern's condition on one key's value. */
export type Condition = (value: HyperparameterValue) => boolean;

/** Selects combinations of values: all of its conditions have to hold. */
export type Pattern = readonly (readonly [key: string, condition: Condition])[];

/** How a pattern compares; without an operator, it is `=`. */
export const OPERATORS = ["<=", ">=", "!=", "<", ">", "="] as const;
export type Operator = typeof OPERATORS[number];

const ORDERS: Readonly<Partial<Record<Operator, (a: number, b: number) => boolean>>> = {
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
};

/** Whether an operator compares two numbers by size. */
export function isOrder(operator: Operator): boolean {
  return operator in ORDERS;
}

/**
 * The condition that compares a value with an operand.
 *
 * Values are equal however they are written: 0.5 for each layer is 0.5. For `<` and its kind, every
 * item of a list has to hold; a word never does.
 */
export function comparison(
  row: Pick<Hyperparameter, "shape" | "default">,
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

/** The values that a condition names; a list is one value for keys whose values are lists. */
export function valuesOf(
  { shape }: Hyperparameter,
  written: WrittenCondition,
): readonly HyperparameterValue[] {
  const isSeveral = typeof written === "object" &&
    (shape !== "list" || written.some((item) => typeof item === "object"));
  return isSeveral ? written : [written as HyperparameterValue];
}

/** The condition that holds if any of several does. */
export function anyOf(conditions: readonly Condition[]): Condition {
  return (value) => conditions.some((condition) => condition(value));
}

/** The condition of a comparison with several values: with any of them, or with none for `!=`. */
export function comparisonWithAny(
  row: Parameters<typeof comparison>[0],
  operator: Operator,
  operands: readonly HyperparameterValue[],
): Condition {
  const conditions = operands.map((operand) => comparison(row, operator, operand));
  return operator === "!="
    ? (value) => conditions.every((condition) => condition(value))
    : anyOf(conditions);
}
