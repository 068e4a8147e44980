import { firstPictureSide, pictureSideOf } from "../picture_side.ts";
import { OTHER_COLUMNS, type TableOptions } from "../table_options.ts";
import type { TableSource } from "../table_source.ts";
import { MOST_CLASS_TEXTS } from "./check_target.ts";
import { ColumnSurvey, type SurveyLimits } from "./column_survey.ts";
import { type ColumnDecision, decideColumn, MOST_CHOSEN_CATEGORIES } from "./decide_columns.ts";
import { KeptNumbers } from "./kept_numbers.ts";
import { MissingWords, missingWordsIn, USUAL_MISSING } from "./missing_words.ts";
import { type PlaceOfOption, type ResolvedNames, resolveNames } from "./resolve_names.ts";
import { surveyTable } from "./survey_table.ts";
import { isNamedIdentifier } from "./tell_type.ts";

/** Different values that are counted in all columns together, in one at most, and at least. */
const COUNTED_NUMBERS = 2 ** 21;
const COUNTED_TEXTS = 2 ** 20;
const MOST_COUNTED_NUMBERS = 2 ** 16;
const FEWEST_COUNTED = 256;
/** Options of a table, of which the target may be open. */
export type OpenOptions = Omit<TableOptions, "target"> & Partial<Pick<TableOptions, "target">>;

/** A table whose columns have been looked at. */
export interface ToldTable {
  readonly source: TableSource;
  /** With what is usual where they say nothing. */
  readonly options: OpenOptions;
  readonly resolved: ResolvedNames;
  readonly missing: MissingWords;
  /** By column. */
  readonly surveys: readonly ColumnSurvey[];
  /** By column; undefined for the target. */
  readonly decisions: readonly (ColumnDecision | undefined)[];
  /** Rows of the file. */
  readonly rows: number;
  /** The numbers of a table of numbers. */
  readonly kept: KeptNumbers;
  /** The side of the pictures that the rows look like. */
  readonly pictureSide?: number;
  readonly placeOf?: PlaceOfOption;
}

/**
 * Tells what a table's columns are in one pass over its records; in another one for columns that have
 * numbers and words.
 *
 * @throws {UserError} If the options name no column of the table, or a record is wrong.
 */
export function tellColumns(
  source: TableSource,
  options: OpenOptions,
  placeOf?: PlaceOfOption,
): ToldTable {
  const resolved = resolveNames(source, options, placeOf);
  const all = withDefaults(options);
  const missing = new MissingWords(all.missing ?? []);
  const surveys = makeSurveys(source, all, resolved, missing);
  // Where test rows follow, or columns are for splits, all is read in another pass.
  const isPlain = resolved.target !== undefined && Object.keys(resolved).length === 1 &&
    all.testPath === undefined && !all.dropsGaps && !all.dropRows;
  const kept = new KeptNumbers(
    source.names.length,
    resolved.target ?? 0,
    isPlain ? source.mostRows : 0,
  );
  const { rows } = surveyTable(source, surveys, kept);
  const reading = { source, options: all, resolved, missing, surveys };
  const pictureSide = pictureSideIn(reading, options);
  const decisions = decideColumns(reading, pictureSide !== undefined);
  return {
    ...reading,
    decisions,
    rows,
    kept,
    ...pictureSide !== undefined && { pictureSide },
    placeOf,
  };
}

/** A table while its columns are decided: some are looked at again. */
type Reading = Pick<ToldTable, "source" | "options" | "resolved" | "missing"> & {
  readonly surveys: ColumnSurvey[];
};

/** What the first version took for granted, or what is usual now. */
function withDefaults(options: OpenOptions): OpenOptions {
  const { asFirstVersion, task, columns, missing } = options;
  if (!asFirstVersion) return { ...options, missing: missing ?? USUAL_MISSING };
  return {
    ...options,
    task: task ?? "classification",
    columns: columns ?? { [OTHER_COLUMNS]: "number" },
    missing: missing ?? [],
  };
}

function makeSurveys(
  source: TableSource,
  { columns = {} }: OpenOptions,
  { target, group, part }: ResolvedNames,
  missing: MissingWords,
): ColumnSurvey[] {
  const share = (all: number, most: number) => {
    return Math.max(FEWEST_COUNTED, Math.min(most, Math.floor(all / source.names.length)));
  };
  const limits: SurveyLimits = {
    numbers: share(COUNTED_NUMBERS, MOST_COUNTED_NUMBERS),
    texts: share(COUNTED_TEXTS, MOST_CHOSEN_CATEGORIES),
  };
  return source.names.map((name, field) => {
    if (field === target || field === group || field === part) {
      return new ColumnSurvey(missing, { ...limits, texts: MOST_CLASS_TEXTS }, true);
    }
    const choice = Object.hasOwn(columns, name) ? columns[name] : columns[OTHER_COLUMNS];
    if (choice === "category") {
      return new ColumnSurvey(missing, { ...limits, texts: MOST_CHOSEN_CATEGORIES }, true);
    }
    // Whether most of them differ says what the column is.
    const mayNumberRows = isNamedIdentifier(name) || isFirstUnnamed(source, field);
    return new ColumnSurvey(missing, mayNumberRows ? { ...limits, numbers: Infinity } : limits);
  });
}

/** Whether a column is the first, and its file gives it no name. */
function isFirstUnnamed({ reading: { header, hasIndex } }: TableSource, field: number): boolean {
  return field === 0 && (!header || hasIndex);
}

/** The side of the pictures that a table's rows look like. */
function pictureSideIn(
  { source, surveys, resolved, options: { columns = {}, drop = [] } }: Reading,
  { asFirstVersion, columns: written }: OpenOptions,
): number | undefined {
  const others = [resolved.target, resolved.group, resolved.time, resolved.part];
  const pixels = source.names.flatMap((name, field) => {
    const isDropped = drop.includes(name) ||
      Object.hasOwn(columns, name) && columns[name] === "drop";
    return isDropped || others.includes(field) ? [] : [{ name, survey: surveys[field] }];
  });
  // Later versions state the use of columns in the experiments that they keep.
  if (asFirstVersion && written === undefined) {
    return firstPictureSide(pixels.map(({ name }) => name));
  }
  return pictureSideOf(pixels.map(({ name, survey }) => {
    const { words, missing, minimum, maximum, areIntegers } = survey;
    return { name, words, missing, minimum, maximum, areIntegers };
  }));
}

/** Decides by column; the target has no decision. */
function decideColumns(reading: Reading, isPicture: boolean): (ColumnDecision | undefined)[] {
  const { source, surveys, resolved, options, missing } = reading;
  const missingWords = [...missingWordsIn(surveys).keys()].filter(Boolean);
  const splitUses = new Map(
    (["group", "time", "part"] as const).flatMap((use) => {
      const field = resolved[use];
      return field === undefined ? [] : [[field, use] as const];
    }),
  );
  const decide = (field: number) =>
    decideColumn(surveys[field], {
      name: source.names[field],
      isFirstUnnamed: isFirstUnnamed(source, field),
      options,
      splitUse: splitUses.get(field),
      isPicture,
      missingWords,
    });
  const fields = source.names.map((_, field) => field);
  const decisions = fields.map((field) => field === resolved.target ? undefined : decide(field));
  const open = fields.filter((field) => decisions[field]?.needsTexts);
  if (open.length > 0) {
    const again = fields.map((field) => {
      if (!open.includes(field)) return undefined;
      return surveys[field] = new ColumnSurvey(missing, {
        numbers: MOST_COUNTED_NUMBERS,
        texts: MOST_CHOSEN_CATEGORIES,
      }, true);
    });
    surveyTable(source, again);
    for (const field of open) decisions[field] = decide(field);
  }
  return decisions;
}
