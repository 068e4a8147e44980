import type { Manifest, SweptKey } from "../results/manifest.ts";
import { formatValue } from "../trainers/format_value.ts";
import type { HyperparameterValue } from "../trainers/hyperparameter.ts";
import { hyperparametersOf } from "../trainers/hyperparameters.ts";

/** The parts of a manifest that describe cells. */
export interface CellSource {
  readonly experiment: Pick<Manifest["experiment"], "cells" | "swept" | "fixed">;
  readonly trainers: Manifest["trainers"];
}

/**
 * A cell in words, for the middle of a sentence: `no regularization`, or the values of the keys that
 * its block of the grid sweeps, as in `batch size 32 + L1 penalty 0.0001`.
 *
 * Where one of several regularizers is on, those that are off go without saying.
 */
export function describeCell(
  name: string,
  { experiment, trainers }: CellSource,
): string {
  const cell = experiment.cells.find((cell) => cell.name === name);
  if (!cell) return name;
  const { values } = cell;
  if (isUnregularized(values, { experiment, trainers })) return "no regularization";
  const keys = new Set(cell.technique.split(" × "));
  // A key that means nothing to the cell's trainer has an empty value.
  const named = experiment.swept.filter(({ key }) => keys.has(key) && values[key] !== "");
  const isOn = ({ key, regularizer }: SweptKey) => regularizer && !isOff(values[key]);
  return named.filter((key) => isOn(key) || !key.regularizer || !named.some(isOn))
    .map(({ key, label }) => `${uncapitalized(label)} ${formatValue(values[key])}`)
    .join(" + ") || name;
}

/** True if no regularizer is on, and cells differ in regularizers only: no other cell is the same. */
function isUnregularized(
  values: Readonly<Record<string, HyperparameterValue>>,
  { experiment: { swept, fixed }, trainers }: CellSource,
): boolean {
  const [trainer] = Object.keys(trainers);
  return swept.length > 0 && swept.every(({ regularizer }) => regularizer) &&
    hyperparametersOf(trainer).filter(({ regularizer }) => regularizer)
      .every((row) => isOff(values[row.key] ?? fixed[row.key] ?? row.default));
}

function isOff(value: HyperparameterValue): boolean {
  return typeof value === "object" ? value.every(isOff) : value === 0 || value === "none";
}

/** `L2 penalty` keeps its capital. */
function uncapitalized(label: string): string {
  return /^[A-Z][a-z]/.test(label) ? label[0].toLowerCase() + label.slice(1) : label;
}
