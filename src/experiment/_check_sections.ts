import type { Problem } from "../user_error.ts";
import { baselineProblem } from "./grid/unmatched_problems.ts";
import { ownSplitProblems, seedProblems, trainerProblems } from "./grid/check_trainers.ts";
import { isMapping, type Mapping } from "./source/mapping.ts";
import { makeCells, type ResolvedGrid } from "./grid/make_cells.ts";
import { sweptKeys } from "./source/swept_keys.ts";
import type { NodePath, YamlSource } from "./source/yaml_source.ts";
import { findBaseline } from "./cells/find_baseline.ts";
import { type Experiment, MAXIMUM_RUNS } from "./experiment.ts";
import type { ExperimentSchema } from "./schema/experiment_schema.ts";
import { HYPERPARAMETERS, trainerNamed } from "../trainers/hyperparameters.ts";
import { trainersIn } from "./schema/trainers_in.ts";

/** What follows from `fixed`, `grid`, `exclude`, `only`, `baseline` and `seeds` together. */
export type ResolvedSections =
  & ResolvedGrid
  & Pick<Experiment, "sweptKeys" | "fixed" | "baseline" | "seeds">;

export interface SectionsResolution {
  /** Given if each of them can be resolved. */
  readonly sections?: ResolvedSections;
  readonly problems: readonly Problem[];
  /** Conditional blocks, patterns of `exclude` and a baseline that match nothing: a problem each. */
  readonly idle: readonly NodePath[];
}

/**
 * Resolves what takes several sections, so far as they are right by themselves: what is wrong within
 * a section is told by the schema.
 */
export function resolveSections(
  raw: Mapping,
  { shape }: ExperimentSchema,
  source: YamlSource,
): SectionsResolution {
  const problems = [...fixedAndSwept(raw, source), ...ownSplitProblems(raw, source)];
  const fixed = shape.fixed.safeParse(raw.fixed);
  const grid = shape.grid.safeParse(raw.grid);
  const exclude = shape.exclude.safeParse(raw.exclude);
  const only = shape.only.safeParse(raw.only);
  const baseline = shape.baseline.safeParse(raw.baseline);
  const seeds = listSeeds(shape.seeds.safeParse(raw.seeds).data ?? []);
  problems.push(...seedProblems(raw, seeds, source));
  if (![fixed, grid, exclude, only].every(({ success }) => success)) return { problems, idle: [] };
  const misfits = trainerProblems(raw, source);
  problems.push(...misfits);

  const values = asWritten(fixed.data ?? {}, raw.fixed);
  const { resolved, ...unresolved } = makeCells({
    trainer: trainerNamed(raw.trainer),
    trainers: trainersIn(raw),
    fixed: values,
    grid: asWritten(grid.data, raw.grid),
    exclude: asWritten(exclude.data, raw.exclude),
    only: asWritten(only.data, raw.only),
  }, source);
  problems.push(...unresolved.problems);
  if (!resolved || misfits.length > 0) return { problems, idle: unresolved.idle };
  const { cells } = resolved;
  const runs = cells.length * seeds.length;
  if (runs > MAXIMUM_RUNS) {
    const message = `Cannot use ${runs} runs: there may be ${MAXIMUM_RUNS} at most`;
    const section = raw.seeds === undefined ? "grid" : "seeds";
    problems.push({ message, place: source.placeOfKey([section]) });
  }
  const found = baseline.data ? findBaseline(cells, baseline.data) : [0];
  if (baseline.data && found.length !== 1) {
    problems.push(baselineProblem(cells, baseline.data, found, source));
    return { problems, idle: found.length === 0 ? [["baseline"]] : [] };
  }
  const { sweptKeys } = cells;
  const sections = { ...resolved, sweptKeys, fixed: values, baseline: found[0], seeds };
  return { sections, problems, idle: [] };
}

/** Data that a schema gave back, with the keys in the order of the file: they order the cells. */
function asWritten<T>(data: T, raw: unknown): T {
  if (Array.isArray(data) && Array.isArray(raw)) {
    return data.map((item, index) => asWritten(item, raw[index])) as T;
  }
  if (!isMapping(data) || !isMapping(raw)) return data;
  const keys = new Set([...Object.keys(raw), ...Object.keys(data)]);
  return Object.fromEntries([...keys].map((key) => [key, asWritten(data[key], raw[key])])) as T;
}

/** A number of seeds stands for those from 1 to it. */
function listSeeds(seeds: number | readonly number[]): readonly number[] {
  return typeof seeds === "number" ? Array.from({ length: seeds }, (_, index) => index + 1) : seeds;
}

/** Finds hyperparameters that are both fixed and swept, even where their values are wrong. */
function fixedAndSwept({ fixed, grid }: Mapping, source: YamlSource): Problem[] {
  if (!isMapping(fixed)) return [];
  const keys = new Set(HYPERPARAMETERS.map(({ key }) => key));
  return [...sweptKeys(grid)]
    .filter(({ key }) => keys.has(key) && Object.hasOwn(fixed, key))
    .map(({ key, path }) => ({
      message: `Cannot sweep ${key}: it is fixed`,
      place: source.placeOfKey(path),
      hint: `on line ${source.placeOfKey(["fixed", key]).line}`,
    }));
}
