import { listWords } from "../../list_words.ts";
import type { Trainers } from "../../trainers/trainers.ts";
import type { Problem } from "../../user_error.ts";
import { isMapping, type Mapping } from "../source/mapping.ts";
import type { YamlSource } from "../source/yaml_source.ts";
import { splitSchema } from "./split_schema.ts";
import { trainersIn } from "./trainers_in.ts";

/** How far the sum of fractions such as 0.6 + 0.3 + 0.1 may be from 1 in float64. */
const SUM_TOLERANCE = 1e-9;
const PARTS = ["train", "validation", "test"];

/** What does not go with a key of `split`. */
interface Conflict {
  readonly key: string;
  /** Keys, whatever their values. */
  readonly keys?: readonly string[];
  /** Keys with these values. */
  readonly values?: Readonly<Record<string, unknown>>;
  /** Keys that there must not be beside it. */
  readonly unless?: string;
  readonly reason: string;
}

const CONFLICTS: readonly Conflict[] = [
  {
    key: "column",
    keys: [...PARTS, "folds", "group", "time"],
    values: { resplit: true, stratify: true },
    reason: "column says which part each row is in",
  },
  {
    key: "time",
    keys: ["group"],
    values: { resplit: true, stratify: true },
    reason: "time orders the rows, in the same way for all seeds",
  },
  {
    key: "folds",
    keys: ["train", "validation"],
    reason: "with folds, each run validates on one of them and trains on the others",
  },
  {
    key: "folds",
    values: { resplit: false },
    unless: "time",
    reason: "with folds, each seed deals the rows anew",
  },
];

/** Options that change which rows are drawn; trainers that draw their own know nothing of them. */
const SHAPING = ["folds", "group", "time", "column"];

/** Finds what a `split:` block says that does not go together, or not with the trainers. */
export function splitProblems(raw: Mapping, all: Trainers, source: YamlSource): Problem[] {
  const { dataset } = raw;
  if (!isMapping(dataset) || !isMapping(dataset.split)) return [];
  const { split } = dataset;
  const refused = new Map<string, string>();
  for (const { key, keys = [], values = {}, unless, reason } of CONFLICTS) {
    if (!Object.hasOwn(split, key) || unless && Object.hasOwn(split, unless)) continue;
    const wrong = Object.keys(split).filter((other) =>
      keys.includes(other) || Object.hasOwn(values, other) && values[other] === split[other]
    );
    for (const other of wrong) if (!refused.has(other)) refused.set(other, reason);
  }
  if (dataset.test !== undefined && typeof split.test === "number" && split.test > 0) {
    refused.set("test", "the test rows are those of the dataset's test file");
  }
  const trainers = all.select(trainersIn(raw, all));
  const own = trainers.filter(({ ownSplit }) => ownSplit);
  // If all do, any split is wrong, and `ownSplitProblems()` says so.
  if (own.length > 0 && own.length < trainers.length) {
    const names = listWords(own.map(({ name }) => name), "and");
    for (const key of SHAPING.filter((key) => Object.hasOwn(split, key))) {
      refused.set(key, `trainer ${names} draws rows its own way`);
    }
  }
  const problems = Array.from(refused, ([key, reason]): Problem => {
    const path = ["dataset", "split", key];
    return {
      message: `Cannot use ${source.named(path)}: ${reason}`,
      place: source.placeOfKey(path),
    };
  });
  return problems.length > 0 ? problems : fractionProblems(split, dataset, source);
}

/** Fractions that are missing, or do not add up to 1; none is needed if none is there. */
function fractionProblems(split: Mapping, dataset: Mapping, source: YamlSource): Problem[] {
  const keys = Object.keys(split);
  const known = Object.keys(splitSchema().unwrap().shape);
  // A misspelt key may be the one that is missing.
  if (!keys.every((key) => known.includes(key))) return [];
  const needed = dataset.test === undefined ? PARTS : PARTS.slice(0, -1);
  const given = PARTS.filter((part) => Object.hasOwn(split, part));
  if (given.length === 0 || Object.hasOwn(split, "folds")) return [];
  const fractions = given.map((part) => split[part]);
  if (!fractions.every((value) => typeof value === "number" && value >= 0 && value < 1)) return [];
  const missing = needed.filter((part) => !given.includes(part));
  const sum = fractions.reduce<number>((sum, value) => sum + Number(value), 0);
  if (missing.length === 0 && Math.abs(sum - 1) <= SUM_TOLERANCE) return [];
  const reason = missing.length > 0
    ? `split must have all of its fractions: ${missing.join(" and ")} missing`
    : `its fractions must add up to 1, not ${Number(sum.toPrecision(9))}`;
  const path = ["dataset", "split"];
  return [{ message: `Cannot use ${source.named(path)}: ${reason}`, place: source.place(path) }];
}
