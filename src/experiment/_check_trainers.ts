import type { Problem } from "../user_error.ts";
import { isMapping, type Mapping } from "./_mapping.ts";
import { schemaProblems } from "./_schema_problems.ts";
import type { NodePath, YamlSource } from "./_yaml_source.ts";
import { listWords } from "./allowed_values.ts";
import { type ExperimentSchema, experimentSchema } from "./experiment_schema.ts";
import type { TrainerName } from "./hyperparameters.ts";
import { hasOwnSplit, hyperparametersOf, maximumSeed, trainerNamed } from "./hyperparameters.ts";
import { trainersIn } from "./trainers_in.ts";

/** Finds what an experiment says of the dataset that none of its trainers would look at. */
export function ownSplitProblems(raw: Mapping, source: YamlSource): Problem[] {
  const trainers = trainersIn(raw);
  const { dataset } = raw;
  if (!trainers.every(hasOwnSplit) || !isMapping(dataset)) return [];
  return ["split", "standardize"].filter((key) => Object.hasOwn(dataset, key)).map((key) => ({
    message: `Cannot use ${key}: trainer ${listWords(trainers)} does it its own way`,
    place: source.placeOfKey(["dataset", key]),
  }));
}

/** Finds seeds that a trainer's generator does not take. */
export function seedProblems(
  raw: Mapping,
  seeds: readonly number[],
  source: YamlSource,
): Problem[] {
  const largest = Math.min(...trainersIn(raw).map(maximumSeed));
  return seeds.flatMap((seed, index) => {
    if (seed <= largest) return [];
    const message = `Cannot use seed ${seed}: a seed must be an integer in [0, ${largest}]`;
    return [{ message, place: source.place(["seeds", index]) }];
  });
}

/**
 * Finds what a trainer does not take of what is meant for it, in an experiment of several trainers:
 * its schema allows whatever one of them takes.
 */
export function trainerProblems(raw: Mapping, source: YamlSource): Problem[] {
  const trainers = trainersIn(raw);
  if (trainers.length < 2) return [];
  const check = (trainer: TrainerName, section: Section, value: unknown, path: NodePath) => {
    const schema = experimentSchema([trainer]);
    const { error } = schema.shape[section].safeParse(value);
    const issues = error?.issues.map((issue) => ({ ...issue, path: [...path, ...issue.path] }));
    return schemaProblems(issues ?? [], schema, source);
  };
  const { fixed, grid, baseline } = raw;
  const blocks = Array.isArray(grid)
    ? grid.map((block, index) => ({ block, path: ["grid", index] }))
    : [{ block: grid, path: ["grid"] }];
  return [
    ...trainers.flatMap((trainer) => check(trainer, "fixed", known(fixed, trainer), ["fixed"])),
    ...blocks.flatMap(({ block, path }) =>
      trainersOf(block, raw.trainer).flatMap((trainer) => check(trainer, "grid", block, path))
    ),
    ...isMapping(baseline) && Object.hasOwn(baseline, "trainer")
      ? check(trainerNamed(baseline.trainer), "baseline", baseline, ["baseline"])
      : [],
  ];
}

type Section = "fixed" | "grid" | "baseline" & keyof ExperimentSchema["shape"];

function known(values: unknown, trainer: TrainerName): Mapping | undefined {
  if (!isMapping(values)) return undefined;
  const keys = hyperparametersOf(trainer).map(({ key }) => key);
  return Object.fromEntries(Object.entries(values).filter(([key]) => keys.includes(key)));
}

/** The trainers of a block's cells; none of an empty block's, which has nothing to take. */
function trainersOf(block: unknown, defaultTrainer: unknown): TrainerName[] {
  if (!isMapping(block) || Object.keys(block).length === 0) return [];
  return [block.trainer ?? defaultTrainer].flat().map(trainerNamed);
}
