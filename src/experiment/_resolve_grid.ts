import type { Problem } from "../user_error.ts";
import type { NodePath, YamlSource } from "./_yaml_source.ts";
import { resolveConfig } from "./config.ts";
import { type ExpandedGrid, expandGrid, type GridBlock } from "./expand_grid.ts";
import { MAXIMUM_RUNS } from "./experiment.ts";
import type { Grid, Sweeps } from "./experiment_schema.ts";
import { formatValue } from "./format_value.ts";
import type { Config, HyperparameterValue, TrainerName } from "./hyperparameters.ts";
import { hyperparameterOf, hyperparametersOf } from "./hyperparameters.ts";
import { sweepSize, sweepValues } from "./sweep_values.ts";

/** Expands a grid as written, or says why that cannot be done. */
export function resolveGrid(
  trainer: TrainerName,
  fixed: Config,
  grid: Grid,
  source: YamlSource,
): ExpandedGrid | readonly Problem[] {
  const written = blocksOf(grid);
  // Counted before anything is built: a few words can stand for more than memory holds.
  const combinations = written.reduce((sum, block) => sum + sizeOf(block), 0);
  if (combinations > MAXIMUM_RUNS) {
    const message = `Cannot use a grid of ${combinations} combinations: ` +
      `there may be ${MAXIMUM_RUNS} at most`;
    return [{ message, place: source.placeOfKey(["grid"]) }];
  }
  const blocks = written.map((block) => expandBlock(trainer, block));
  const problems = blocks.flatMap((block, index) => {
    return layerProblems(trainer, fixed, block, pathOf(grid, index), source);
  });
  return problems.length > 0 ? problems : expandGrid(trainer, fixed, blocks);
}

function blocksOf(grid: Grid): readonly Sweeps[] {
  return Array.isArray(grid) ? grid : [grid];
}

function pathOf(grid: Grid, block: number): NodePath {
  return Array.isArray(grid) ? ["grid", block] : ["grid"];
}

function sizeOf(block: Sweeps): number {
  return Object.values(block).reduce((size, sweep) => size * sweepSize(sweep), 1);
}

function expandBlock(trainer: TrainerName, block: Sweeps): GridBlock {
  return Object.fromEntries(
    Object.entries(block).map(([key, sweep]) => {
      return [key, sweepValues(hyperparameterOf(trainer, key), sweep)];
    }),
  );
}

/** Finds lists of values per layer that are too long or too short for a cell's hidden layers. */
function layerProblems(
  trainer: TrainerName,
  fixed: Config,
  block: GridBlock,
  path: NodePath,
  source: YamlSource,
): Problem[] {
  const base = resolveConfig(trainer, fixed);
  const valuesOf = (key: string): readonly HyperparameterValue[] => block[key] ?? [base[key]];
  const layers = hyperparametersOf(trainer).filter((row) => row.shape === "per_layer");
  return layers.flatMap(({ key }) =>
    valuesOf(key).flatMap((value, index) => {
      const hidden = valuesOf("hidden").find((hidden) => !fits(value, hidden));
      if (hidden === undefined) return [];
      const place = source.place(block[key] ? [...path, key, index] : ["fixed", key]);
      const message = `Cannot use ${key} ${formatValue(value)}: ` +
        `${key} must have one value per hidden layer, and hidden is ${formatValue(hidden)}`;
      return [{ message, place }];
    })
  );
}

function fits(value: HyperparameterValue, hidden: HyperparameterValue): boolean {
  return typeof value !== "object" || typeof hidden !== "object" || value.length === hidden.length;
}
