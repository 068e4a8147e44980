import type { Place, Problem } from "../../user_error.ts";
import { ABSENT } from "../cells/columns.ts";
import { isMapping, type Mapping } from "../source/mapping.ts";
import { schemaProblems } from "../schema/schema_problems.ts";
import { tableSchemas } from "../schema/table_schemas.ts";
import type { YamlSource } from "../source/yaml_source.ts";
import { listWords } from "../schema/allowed_values.ts";
import type { CellList } from "../cells/cell_list.ts";
import { experimentSchema } from "../schema/experiment_schema.ts";
import { formatValue } from "../../trainers/format_value.ts";
import type { TrainerName } from "../../trainers/hyperparameters.ts";
import {
  hasOwnSplit,
  hyperparametersOf,
  maximumSeed,
  trainerNamed,
} from "../../trainers/hyperparameters.ts";
import { trainersIn } from "../schema/trainers_in.ts";
import { unknownHyperparameter } from "../schema/unknown_hyperparameter.ts";

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
export function trainerProblems(
  { fixed, baseline, ...raw }: Mapping,
  source: YamlSource,
): Problem[] {
  const trainers = trainersIn(raw);
  if (trainers.length < 2) return [];
  const check = (trainer: TrainerName, section: "fixed" | "baseline", value: unknown) => {
    const schema = experimentSchema([trainer]);
    const { error } = schema.shape[section].safeParse(value);
    const issues = error?.issues.map((issue) => ({ ...issue, path: [section, ...issue.path] }));
    return schemaProblems(issues ?? [], schema, source);
  };
  return [
    ...trainers.flatMap((trainer) => check(trainer, "fixed", known(fixed, trainer))),
    ...isMapping(baseline) && Object.hasOwn(baseline, "trainer")
      ? check(trainerNamed(baseline.trainer), "baseline", baseline)
      : [],
  ];
}

/** Tells where a value of a swept key is written, by its number in the key's column, or the key. */
export interface SweptPlaces {
  ofValue(key: string, id: number): Place;
  ofKey(key: string, id: number): Place;
}

/** Finds swept values that the trainers of their cells do not take. */
export function cellProblems({ combinations }: CellList, places: SweptPlaces): Problem[] {
  const { columns } = combinations;
  const problems: Problem[] = [];
  const checked = new Set<string>();
  for (let index = 0; index < combinations.length; index++) {
    const trainer = combinations.trainerOf(index);
    columns.list.forEach(({ key, values }, column) => {
      const id = combinations.idAt(index, column);
      const name = `${trainer} ${column} ${id}`;
      if (id === ABSENT || key === "trainer" || checked.has(name)) return;
      checked.add(name);
      const table = tableSchemas([trainer]);
      const entry = table.find((entry) => entry.key === key);
      if (!entry) {
        const unknown = unknownHyperparameter(key, table.map(({ key }) => key));
        problems.push({ ...unknown, place: places.ofKey(key, id) });
      }
      for (const issue of entry?.schemas.value.safeParse(values[id]).error?.issues ?? []) {
        const message = `Cannot use ${key} ${formatValue(values[id])}: ${issue.message}`;
        problems.push({ message, place: places.ofValue(key, id) });
      }
    });
  }
  return problems;
}

function known(values: unknown, trainer: TrainerName): Mapping | undefined {
  if (!isMapping(values)) return undefined;
  const keys = hyperparametersOf(trainer).map(({ key }) => key);
  return Object.fromEntries(Object.entries(values).filter(([key]) => keys.includes(key)));
}
