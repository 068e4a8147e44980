import type { Problem } from "../user_error.ts";
import { isMapping, type Mapping } from "./_mapping.ts";
import { resolveBaseline } from "./_resolve_baseline.ts";
import { resolveGrid } from "./_resolve_grid.ts";
import type { YamlSource } from "./_yaml_source.ts";
import type { ExpandedGrid } from "./expand_grid.ts";
import { type Experiment, MAXIMUM_RUNS } from "./experiment.ts";
import type { ExperimentSchema } from "./experiment_schema.ts";
import { hyperparametersOf, type TrainerName } from "./hyperparameters.ts";

/** What follows from `fixed`, `grid`, `baseline` and `seeds` together. */
export type ResolvedSections = ExpandedGrid & Pick<Experiment, "fixed" | "baseline" | "seeds">;

/**
 * Resolves what takes several sections, so far as they are right by themselves: what is wrong within
 * a section is told by the schema.
 */
export function resolveSections(
  raw: Mapping,
  trainer: TrainerName,
  { shape }: ExperimentSchema,
  source: YamlSource,
): { sections?: ResolvedSections; problems: readonly Problem[] } {
  const problems = fixedAndSwept(raw, trainer, source);
  const values = shape.fixed.safeParse(raw.fixed);
  const sweeps = shape.grid.safeParse(raw.grid);
  const baseline = shape.baseline.safeParse(raw.baseline);
  const seeds = shape.seeds.safeParse(raw.seeds);
  if (!values.success || !sweeps.success) return { problems };

  const fixed = asWritten(values.data ?? {}, raw.fixed);
  const grid = asWritten(sweeps.data ?? {}, raw.grid);
  const expanded = resolveGrid(trainer, fixed, grid, source);
  if (!("cells" in expanded)) return { problems: [...problems, ...expanded] };
  const cell = baseline.data ? resolveBaseline(trainer, fixed, expanded, baseline.data, source) : 0;
  if (typeof cell === "object") problems.push(cell);
  const list = listSeeds(seeds.data ?? []);
  const runs = expanded.cells.length * list.length;
  if (runs > MAXIMUM_RUNS) {
    const message = `Cannot use ${runs} runs: there may be ${MAXIMUM_RUNS} at most`;
    const section = raw.seeds === undefined ? "grid" : "seeds";
    problems.push({ message, place: source.placeOfKey([section]) });
  }
  if (typeof cell === "object") return { problems };
  return { sections: { ...expanded, fixed, baseline: cell, seeds: list }, problems };
}

/** Data that a schema gave back, with the keys in the order of the file: they order the cells. */
function asWritten<T>(data: T, raw: unknown): T {
  if (Array.isArray(data) && Array.isArray(raw)) {
    return data.map((item, index) => asWritten(item, raw[index])) as T;
  }
  if (!isMapping(data) || !isMapping(raw)) return data;
  return Object.fromEntries(Object.keys(raw).map((key) => [key, data[key]])) as T;
}

/** A number of seeds stands for those from 1 to it. */
function listSeeds(seeds: number | readonly number[]): readonly number[] {
  return typeof seeds === "number" ? Array.from({ length: seeds }, (_, index) => index + 1) : seeds;
}

/** Finds hyperparameters that are both fixed and swept, even where their values are wrong. */
function fixedAndSwept(
  { fixed, grid }: Mapping,
  trainer: TrainerName,
  source: YamlSource,
): Problem[] {
  if (!isMapping(fixed)) return [];
  const keys = hyperparametersOf(trainer).map(({ key }) => key)
    .filter((key) => Object.hasOwn(fixed, key));
  const blocks = Array.isArray(grid)
    ? grid.map((block, index) => ({ block, path: ["grid", index] }))
    : [{ block: grid, path: ["grid"] }];
  return blocks.flatMap(({ block, path }) =>
    keys.filter((key) => isMapping(block) && Object.hasOwn(block, key)).map((key) => ({
      message: `Cannot sweep ${key}: it is fixed`,
      place: source.placeOfKey([...path, key]),
      hint: `on line ${source.placeOfKey(["fixed", key]).line}`,
    }))
  );
}
