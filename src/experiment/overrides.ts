import type { z } from "zod";
import { integerHint } from "../integer_hint.ts";
import type { Config } from "../trainers/hyperparameter.ts";
import type { TrainerName } from "../trainers/trainer.ts";
import type { Trainers } from "../trainers/trainers.ts";
import { type Problem, UserError } from "../user_error.ts";
import { datasetSchema } from "./schema/dataset_schema.ts";
import { type ExperimentSchema, experimentSchema } from "./schema/experiment_schema.ts";
import { preparationRow } from "./schema/preparation_rows.ts";
import { schemaProblems } from "./schema/schema_problems.ts";
import { tableSchemas } from "./schema/table_schemas.ts";
import { parseYaml } from "./source/parse_yaml.ts";

/** What changes an experiment that is read, as the options of the command line do. */
export interface ExperimentChanges {
  /** `key=value` each, the value as YAML: sets a hyperparameter, or the trainer, in every cell. The last one counts. */
  readonly set?: readonly string[];
  /** Cells to run, by name or pattern, in place of what the experiment's `only` says. */
  readonly only?: readonly string[];
  /** `10` for the seeds 1 to 10, or seeds separated by commas. */
  readonly seeds?: string;
  /** A name in place of the experiment's. */
  readonly name?: string;
  /** Of an experiment with `datasets:`, the name of the one that it is read on. */
  readonly table?: string;
  /** The dataset's file in place of the experiment's, relative to the working directory. */
  readonly dataset?: string;
  /** The same for the file with the test rows. */
  readonly test?: string;
  /**
   * True where no cells are compared: if `only` here leaves out the baseline that the experiment names,
   * the first cell takes its place.
   */
  readonly mayLackBaseline?: boolean;
}

/** Overrides as data. */
export interface ParsedOverrides {
  readonly fixed: Config;
  /** How the rows of all cells are prepared. */
  readonly preparation: Config;
  /** The trainer of all cells. */
  readonly trainer?: TrainerName;
  /** Cells to run; all if empty. */
  readonly only: readonly string[];
  /** As in an experiment file. */
  readonly seeds?: number | readonly number[];
  readonly name?: string;
  readonly dataset?: string;
  readonly test?: string;
}

/** The options as the user typed them, for problems that they cause. */
export function formatOverrides(
  { set = [], only = [], seeds, name, dataset, test }: ExperimentChanges,
): string {
  return [
    ...set.map((text) => `--set ${text}`),
    ...only.map((text) => `--only ${text}`),
    ...seeds === undefined ? [] : [`--seeds ${seeds}`],
    ...name === undefined ? [] : [`--name ${name}`],
    ...dataset === undefined ? [] : [`--dataset ${dataset}`],
    ...test === undefined ? [] : [`--test ${test}`],
  ].join(" ");
}

/**
 * Reads the values of overrides.
 *
 * @param names Of the trainers that the experiment's cells may have.
 * @throws {UserError} If any of them is not allowed.
 */
export function parseOverrides(
  overrides: ExperimentChanges,
  trainers: Trainers,
  names: readonly TrainerName[],
): ParsedOverrides {
  const problems: Problem[] = [];
  const parseOption = optionParser(trainers, problems);
  const settings = (overrides.set ?? []).map(readSetting);
  let trainer: TrainerName | undefined;
  for (const { option, yaml } of settings.filter(({ key }) => key === "trainer")) {
    const ways = experimentSchema(trainers, names).pick({ trainer: true });
    trainer = parseOption(option, yaml, ways)?.trainer;
  }
  const among = trainer === undefined ? names : [trainer];
  const schema = experimentSchema(trainers, among, knownKeys(settings, trainers, among));
  const preparation: Config[] = [];
  const fixed = settings.filter(({ key }) => key !== "trainer").map(({ key, option, yaml }) => {
    if (key === undefined) {
      problems.push({ message: `Cannot use ${option}: write it as --set key=value` });
      return {};
    }
    if (preparationRow(key)) {
      const ways = datasetSchema().pick({ standardize: true, impute: true });
      preparation.push({ ...parseOption(option, yaml, ways) });
      return {};
    }
    return parseOption(option, yaml, schema.shape.fixed);
  });
  const seeds = overrides.seeds === undefined
    ? undefined
    : parseSeeds(overrides.seeds, { schema, parseOption, problems });
  const { name, dataset, test } = overrides;
  if (name !== undefined) {
    const yaml = `name: ${JSON.stringify(name)}`;
    parseOption(formatOverrides({ name }), yaml, schema.pick({ name: true }));
  }
  if (problems.length > 0) throw new UserError(problems);
  const only = overrides.only ?? [];
  const all = {
    fixed: Object.assign({}, ...fixed),
    preparation: Object.assign({}, ...preparation),
  };
  return { ...all, ...trainer !== undefined && { trainer }, only, seeds, name, dataset, test };
}

/** The keys of settings; undefined if one is unknown: what could have been meant is among all. */
function knownKeys(
  settings: readonly { readonly key?: string }[],
  trainers: Trainers,
  names: readonly TrainerName[],
): ReadonlySet<string> | undefined {
  const keys = new Set(settings.flatMap(({ key }) => key ?? []));
  const known = new Set(tableSchemas(trainers, names).map(({ key }) => key));
  return keys.isSubsetOf(known) ? keys : undefined;
}

/** An option `--set KEY=VALUE`, and the same as YAML; without a key if it has none. */
function readSetting(text: string) {
  const option = formatOverrides({ set: [text] });
  const [, typed, value] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  const key = typed?.trim();
  return { key, option, yaml: `${JSON.stringify(key)}: ${value}` };
}

function parseSeeds(
  text: string,
  { schema, parseOption, problems }: {
    readonly schema: ExperimentSchema;
    readonly parseOption: OptionParser;
    readonly problems: Problem[];
  },
) {
  const option = formatOverrides({ seeds: text });
  const hint = seedsHint(text);
  if (hint !== undefined) {
    const message = `Cannot use ${option}: write how many seeds, or seeds separated by commas`;
    problems.push({ message, hint });
    return undefined;
  }
  const yaml = text.includes(",") ? `seeds: [${text}]` : `seeds: ${text}`;
  const seeds = parseOption(option, yaml, schema.pick({ seeds: true }))?.seeds;
  return typeof seeds === "number" || Array.isArray(seeds) ? seeds : undefined;
}

/** A range of seeds as other programs write it: `1-5`, `1:5`, `1..5`. */
const RANGE = /^(\d+) *(?:-|–|:|\.\.+) *(\d+)$/;
/** The most numbers of a range that a hint lists. */
const MOST_LISTED = 8;

/** How to write seeds that were typed as a range or in another notation; undefined if none were. */
function seedsHint(text: string): string | undefined {
  if (text.trim().startsWith("{")) return "only the file can say until when cells get more";
  if (/^[1-9]\d{0,2}(,\d{3})+$/.test(text) && /,0\d/.test(text)) {
    return `did you mean ${text.replaceAll(",", "")}?`;
  }
  for (const part of text.split(",").map((part) => part.trim())) {
    const range = RANGE.exec(part);
    if (!range) {
      const hint = integerHint(part);
      if (hint !== undefined) return hint;
      continue;
    }
    const [first, last] = [Number(range[1]), Number(range[2])];
    if (first === 1 && part === text.trim()) return `${last} means the seeds 1 to ${last}`;
    if (last < first) return "a range is not read; list its seeds";
    const count = Math.min(last - first + 1, MOST_LISTED);
    const listed = Array.from({ length: count }, (_, index) => first + index).join(",");
    return `a range is not read; list its seeds: ${listed}${first + count <= last ? ",…" : ""}`;
  }
  return undefined;
}

/** Reads one option, rewritten as YAML. */
type OptionParser = <T extends z.ZodType>(
  option: string,
  yaml: string,
  schema: T,
) => z.output<T> | undefined;

/** Makes a function that reads one option, and adds what is wrong with it to the problems. */
function optionParser(trainers: Trainers, problems: Problem[]): OptionParser {
  return (option, yaml, schema) => {
    const { source, problems: found } = parseYaml(yaml, option);
    const parsed = schema.safeParse(source?.value);
    const wrong = source && schemaProblems(parsed.error?.issues ?? [], schema, source, trainers);
    // Places in that YAML would mean nothing to the user.
    problems.push(
      ...[...found, ...wrong ?? []]
        .map(({ message, hint }) => ({ message, hint, place: { file: option } })),
    );
    return parsed.data;
  };
}
