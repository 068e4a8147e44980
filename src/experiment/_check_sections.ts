import type { TrainerName } from "../trainers/trainer.ts";
import type { Trainers } from "../trainers/trainers.ts";
import type { Problem } from "../user_error.ts";
import { looksBetween } from "./looks.ts";
import { splitProblems } from "./schema/check_split.ts";
import {
  droppedRowProblems,
  metricProblems,
  ownSplitProblems,
  seedProblems,
  trainerProblems,
} from "./schema/check_trainers.ts";
import { withoutDatasetProblems } from "./schema/check_without_dataset.ts";
import { experimentSchema } from "./schema/experiment_schema.ts";
import { type ParsedSections, parseSections } from "./schema/parse_sections.ts";
import { schemaProblems } from "./schema/schema_problems.ts";
import type { WrittenSeeds } from "./schema/seeds_schema.ts";
import { trainersIn } from "./schema/trainers_in.ts";
import { isMapping, keysWithin, type Mapping } from "./source/mapping.ts";
import { sweptKeys } from "./source/swept_keys.ts";
import type { YamlSource } from "./source/yaml_source.ts";

/** The sections of an experiment, checked as far as possible without making cells. */
export interface CheckedSections extends ParsedSections {
  readonly source: YamlSource;
  /** As written. */
  readonly raw: Mapping;
  /** All trainers that there are for it. */
  readonly trainers: Trainers;
  /** Those that its cells may have. */
  readonly named: readonly TrainerName[];
  readonly seeds: readonly number[];
  readonly looks?: readonly number[];
  /** Whether cells can be made: nothing that they are made from is wrong by itself. */
  readonly hasCells: boolean;
  /** Whether each trainer accepts what `fixed` and `baseline` say for it. */
  readonly suitsTrainers: boolean;
  readonly problems: readonly Problem[];
}

/** The sections that cells are made from. */
const SECTIONS_OF_CELLS = ["trainer", "fixed", "grid", "exclude", "only"];

/** Checks each section by itself, and against the trainers and the other sections. */
export function checkSections(source: YamlSource, trainers: Trainers): CheckedSections {
  const { value } = source;
  const raw = isMapping(value) ? value : {};
  const named = trainersIn(raw, trainers);
  let schema = experimentSchema(trainers, named, keysWithin(raw));
  let parsed = parseSections(value, schema);
  if (parsed.issues.length > 0) {
    // Problems mention keys that could have been meant.
    schema = experimentSchema(trainers, named);
    parsed = parseSections(value, schema);
  }
  const { sections, wrong, issues } = parsed;
  const { seeds: written = [] } = sections;
  const seeds = listSeeds(written);
  const hasCells = SECTIONS_OF_CELLS.every((section) => !wrong.has(section));
  const misfits = hasCells ? trainerProblems(raw, trainers, source) : [];
  const problems = [
    ...schemaProblems(issues, schema, source, trainers),
    ...fixedAndSwept(raw, trainers, source),
    ...wrong.has("dataset") || named.length === 0 ? [] : withoutDatasetProblems(raw, source),
    ...ownSplitProblems(raw, trainers, source),
    ...droppedRowProblems(raw, source),
    ...splitProblems(raw, trainers, source),
    ...seedProblems(raw, seeds, trainers, source),
    ...untilProblems(raw, source),
    ...metricProblems(raw, trainers, source),
    ...misfits,
  ];
  const suitsTrainers = misfits.length === 0;
  const checked = { source, raw, trainers, named, ...parsed };
  const looks = looksOf(written);
  return { ...checked, seeds, ...looks && { looks }, hasCells, suitsTrainers, problems };
}

/** A number n of seeds stands for 1 to n. */
function listSeeds(seeds: WrittenSeeds): readonly number[] {
  if (Array.isArray(seeds)) return seeds;
  const { first, to } = typeof seeds === "number" ? { first: 1, to: seeds } : seeds;
  return Array.from({ length: to }, (_, index) => first + index);
}

function looksOf(seeds: WrittenSeeds): readonly number[] | undefined {
  if (typeof seeds === "number" || Array.isArray(seeds)) return undefined;
  return looksBetween(seeds.from, seeds.to);
}

/** Cells are stopped either by their first steps or by their first seeds. */
function untilProblems(
  { seeds, successive_halving: halving }: Mapping,
  source: YamlSource,
): Problem[] {
  if (!isMapping(seeds) || halving === undefined) return [];
  return [{
    message: "Cannot use until with successive_halving",
    place: source.placeOfKey(["seeds", "until"]),
    hint: `on line ${source.placeOfKey(["successive_halving"]).line}`,
  }];
}

/** Finds hyperparameters that are both fixed and swept, even where their values are wrong. */
function fixedAndSwept(
  { fixed, grid }: Mapping,
  { rows }: Trainers,
  source: YamlSource,
): Problem[] {
  if (!isMapping(fixed)) return [];
  const keys = new Set(rows.map(({ key }) => key));
  return [...sweptKeys(grid)]
    .filter(({ key }) => keys.has(key) && Object.hasOwn(fixed, key))
    .map(({ key, path }) => ({
      message: `Cannot sweep ${key}: it is fixed`,
      place: source.placeOfKey(path),
      hint: `on line ${source.placeOfKey(["fixed", key]).line}`,
    }));
}
