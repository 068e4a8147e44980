import { listWords } from "../../list_words.ts";
import { MEAN_PREFIX, TAKEN_BY_MEASURES } from "../../measures/fixed_columns.ts";
import type { TrainerName } from "../../trainers/trainer.ts";
import type { Trainers } from "../../trainers/trainers.ts";
import type { Problem } from "../../user_error.ts";
import { isMapping, type Mapping } from "../source/mapping.ts";
import { sweptKeys } from "../source/swept_keys.ts";
import type { YamlSource } from "../source/yaml_source.ts";
import { experimentSchema } from "./experiment_schema.ts";
import { preparationRow } from "./preparation_rows.ts";
import { schemaProblems } from "./schema_problems.ts";
import { trainersIn } from "./trainers_in.ts";

/** Finds options of the dataset that none of the experiment's trainers would use, swept ones too. */
export function ownSplitProblems(raw: Mapping, all: Trainers, source: YamlSource): Problem[] {
  const trainers = trainersIn(raw, all);
  const { dataset, grid } = raw;
  const isOwn = trainers.length > 0 && all.select(trainers).every(({ ownSplit }) => ownSplit);
  if (!isOwn) return [];
  const isPreparation = (key: string) => preparationRow(key) !== undefined;
  const written = isMapping(dataset)
    ? Object.keys(dataset).filter((key) => key === "split" || isPreparation(key))
    : [];
  const reason = `trainer ${listWords(trainers)} does it its own way`;
  return [
    ...written.map((key) => ({
      message: `Cannot use ${key}: ${reason}`,
      place: source.placeOfKey(["dataset", key]),
    })),
    ...[...sweptKeys(grid)].filter(({ key }) => isPreparation(key)).map(({ key, path }) => ({
      message: `Cannot sweep ${key}: ${reason}`,
      place: source.placeOfKey(path),
    })),
  ];
}

/** Finds a grid that sweeps how gaps are filled where their rows are left out. */
export function droppedRowProblems({ dataset, grid }: Mapping, source: YamlSource): Problem[] {
  if (!isMapping(dataset) || dataset.impute !== "drop_rows") return [];
  return [...sweptKeys(grid)].filter(({ key }) => key === "impute").map(({ key, path }) => ({
    message: `Cannot sweep ${key}: rows with missing cells are left out`,
    place: source.placeOfKey(path),
    hint: `impute: drop_rows on line ${source.placeOfKey(["dataset", key]).line}`,
  }));
}

/** Finds seeds that are too large for a trainer's generator. */
export function seedProblems(
  raw: Mapping,
  seeds: readonly number[],
  all: Trainers,
  source: YamlSource,
): Problem[] {
  const trainers = all.select(trainersIn(raw, all));
  const largest = Math.min(...trainers.map(({ largestSeed }) => largestSeed));
  const { seeds: written } = raw;
  if (isMapping(written)) {
    // They are one after another: the last is the largest.
    const key = Object.hasOwn(written, "first") ? "first" : "to";
    const last = seeds.at(-1) ?? 0;
    if (last <= largest) return [];
    const message = `Cannot use seed ${last}: a seed must be an integer in [0, ${largest}]`;
    return [{ message, place: source.place(["seeds", key]) }];
  }
  return seeds.flatMap((seed, index) => {
    if (seed <= largest) return [];
    const message = `Cannot use seed ${seed}: a seed must be an integer in [0, ${largest}]`;
    return [{ message, place: source.place(["seeds", index]) }];
  });
}

/** Finds a metric of one's own that is called like a hyperparameter, whose column stands beside it. */
export function metricProblems(raw: Mapping, all: Trainers, source: YamlSource): Problem[] {
  const { metric } = raw;
  if (!isMapping(metric) || typeof metric.key !== "string") return [];
  const { key } = metric;
  // The metric's schema refuses these.
  if (TAKEN_BY_MEASURES.has(key)) return [];
  const trainers = all.select(trainersIn(raw, all)).filter(({ hyperparameters }) =>
    hyperparameters.some((row) => row.key === key || row.key === MEAN_PREFIX + key)
  );
  if (trainers.length === 0) return [];
  const [{ name, hyperparameters }] = trainers;
  const reason = hyperparameters.some((row) => row.key === key)
    ? `it is a hyperparameter of ${name}`
    : `its mean is ${MEAN_PREFIX}${key}, as is a hyperparameter of ${name}`;
  return [{ message: `Cannot use key ${key}: ${reason}`, place: source.place(["metric", "key"]) }];
}

/**
 * Finds values that their trainer does not accept, in an experiment with several trainers, whose
 * schema allows whatever at least one of them accepts.
 */
export function trainerProblems(
  { fixed, baseline, ...raw }: Mapping,
  all: Trainers,
  source: YamlSource,
): Problem[] {
  const trainers = trainersIn(raw, all);
  if (trainers.length < 2) return [];
  const check = (trainer: TrainerName, section: "fixed" | "baseline", value: unknown) => {
    const schema = experimentSchema(all, [trainer]);
    const { error } = schema.shape[section].safeParse(value);
    const issues = error?.issues.map((issue) => ({ ...issue, path: [section, ...issue.path] }));
    return schemaProblems(issues ?? [], schema, source, all);
  };
  return [
    ...trainers.flatMap((trainer) => check(trainer, "fixed", known(fixed, trainer, all))),
    ...isMapping(baseline) && all.has(baseline.trainer)
      ? check(baseline.trainer, "baseline", baseline)
      : [],
  ];
}

function known(values: unknown, trainer: TrainerName, all: Trainers): Mapping | undefined {
  if (!isMapping(values)) return undefined;
  const keys = all.named(trainer).hyperparameters.map(({ key }) => key);
  return Object.fromEntries(Object.entries(values).filter(([key]) => keys.includes(key)));
}
