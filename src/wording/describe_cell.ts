import type { Manifest, ManifestCell, SweptKey } from "../results/manifest.ts";
import { trainersOf } from "../results/trainers_of.ts";
import type { HyperparameterValue } from "../trainers/hyperparameter.ts";
import type { TrainerDescription } from "../trainers/trainer.ts";
import { uncapitalized } from "./capitalized.ts";
import { shownApart } from "./shown_values.ts";

/** The name of the cell in which no regularizer is on, where there is one such cell. */
export const NO_REGULARIZATION = "no regularization";

/** What short texts call the baseline, whose name is in words: it can be long. */
export function baselineName(words: string): string {
  return words === NO_REGULARIZATION ? words : "the baseline";
}

/** The parts of a manifest that describe cells. */
export interface CellSource extends Pick<Manifest, "trainers" | "own"> {
  readonly experiment: Pick<Manifest["experiment"], "cells" | "swept" | "fixed">;
}

/**
 * What every text, table and chart calls the cells: `no regularization`, or the values of the keys
 * that a cell's block of the grid sweeps, as in `batch size 32 + L1 penalty 0.0001`. Fit for the
 * middle of a sentence.
 *
 * Where cells have different trainers, the trainer is named as well: `L2 penalty 0.1 with ridge`. Where
 * one of several regularizers is on, those that are off go without saying. No two cells have
 * the same name: where words do not tell them apart, they keep their names in the CSV files.
 *
 * @returns By the name in the CSV files; a name that is no cell's stands for itself.
 */
export function cellNames(source: CellSource): (name: string) => string {
  const { cells } = source.experiment;
  const writers = new Map(source.experiment.swept.map(({ key }) => [
    key,
    shownApart(cells.map(({ values }) => values[key])),
  ]));
  const write: WriteValue = (key, value) => writers.get(key)?.(value) ?? "";
  const described = { ...source, trainer: trainersOf(source).default };
  const words = cells.map((cell) => describe(cell, described, write));
  const uses = Map.groupBy(words, (text) => text);
  // A cell's own name may be what another is called.
  const taken = new Set(cells.map(({ name }) => name));
  const names = new Map(cells.map(({ name }, index) => {
    const text = words[index];
    return [name, uses.get(text)?.length === 1 && !taken.has(text) ? text : name];
  }));
  return (name) => names.get(name) ?? name;
}

/** What describes a cell, with the trainer that is meant if none is named. */
interface DescribedSource extends CellSource {
  readonly trainer: Pick<TrainerDescription, "hyperparameters">;
}

/** Writes a swept key's value. */
type WriteValue = (key: string, value: HyperparameterValue) => string;

/** The keys are in the order of the cell's technique, as in its name in the CSV files. */
function describe(
  { name, technique, values }: ManifestCell,
  source: DescribedSource,
  write: WriteValue,
): string {
  if (isUnregularized(values, source)) return NO_REGULARIZATION;
  const swept = new Map(source.experiment.swept.map((about) => [about.key, about]));
  // A key that means nothing to the cell's trainer has an empty value.
  const named = technique.split(" × ").flatMap((key) => swept.get(key) ?? [])
    .filter(({ key }) => key !== "trainer" && values[key] !== "");
  const regularizes = ({ key, regularizer }: SweptKey) => regularizer && !isOff(values[key]);
  const words = named.filter((key) =>
    regularizes(key) || !key.regularizer || !named.some(regularizes)
  )
    .map(({ key, label }) => `${uncapitalized(label)} ${write(key, values[key])}`)
    .join(" + ");
  if (!swept.has("trainer")) return words || name;
  // A value means little without the trainer: others may have the same key.
  return words ? `${words} with ${values.trainer}` : `trainer ${values.trainer}`;
}

/**
 * True if a regularizer is on in the cell that others are compared with, though it is only the first
 * one: an experiment that names no baseline, such as a sample of points, may not mean it.
 */
export function isRegularizedFirstCell(
  source: CellSource,
  baseline: string,
): boolean {
  const { cells, swept, fixed } = source.experiment;
  const [first] = cells;
  const isSwept = swept.some(({ regularizer }) => regularizer);
  return isSwept && cells.length > 1 && first.name === baseline &&
    isRegularized({ ...fixed, ...first.values }, trainersOf(source).all);
}

/** True if a regularizer of one of the trainers is on. */
export function isRegularized(
  values: Readonly<Record<string, HyperparameterValue>>,
  trainers: readonly Pick<TrainerDescription, "hyperparameters">[],
): boolean {
  return trainers.flatMap(({ hyperparameters }) => hyperparameters).some(({ key, regularizer }) =>
    regularizer && isOn(values[key])
  );
}

/** True if no regularizer is on, and cells differ in regularizers only: no other cell is the same. */
function isUnregularized(
  values: Readonly<Record<string, HyperparameterValue>>,
  { experiment: { swept, fixed }, trainer }: DescribedSource,
): boolean {
  return swept.length > 0 && swept.every(({ regularizer }) => regularizer) &&
    trainer.hyperparameters.filter(({ regularizer }) => regularizer)
      .every((row) => isOff(values[row.key] ?? fixed[row.key] ?? row.default ?? ""));
}

/** True of a regularizer's value in a cell that changes what is trained. */
export function isOn(value: HyperparameterValue | undefined): boolean {
  // A key that means nothing to the cell's trainer has an empty value.
  return value !== undefined && value !== "" && !isOff(value);
}

/** True of a regularizer's value that changes nothing. */
export function isOff(value: HyperparameterValue): boolean {
  return typeof value === "object"
    ? value.every(isOff)
    : value === 0 || value === false || value === "none" || value === "off";
}
