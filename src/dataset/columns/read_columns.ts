import { type Problem, UserError } from "../../user_error.ts";
import type { Dataset, FeatureSource } from "../dataset.ts";
import { featureNamesOf } from "../feature_names.ts";
import { firstPictureSide, pictureSideOf } from "../picture_side.ts";
import { quoted, yamlText } from "../quote.ts";
import type { ColumnFacts, LookAlikes, TableFacts, ValueCount } from "../table_facts.ts";
import { type ColumnChoice, OTHER_COLUMNS, type TableOptions } from "../table_options.ts";
import type { TableSource } from "../table_source.ts";
import {
  checkClassSizes,
  checkTarget,
  dropsMissingTargets,
  FEWEST_ROWS_PER_CLASS,
  MOST_CLASS_TEXTS,
} from "./check_target.ts";
import type { Classes } from "./class_column.ts";
import { ColumnSurvey, type SurveyLimits } from "./column_survey.ts";
import { type ColumnDecision, decideColumn, MOST_CHOSEN_CATEGORIES } from "./decide_columns.ts";
import { type ColumnReader, type FilledTable, fillTable, withoutTargets } from "./fill_table.ts";
import { locateCells } from "./locate_cells.ts";
import { lookAlikesAmong } from "./look_alikes.ts";
import { MissingWords, USUAL_MISSING } from "./missing_words.ts";
import { type PlaceOfOption, type ResolvedNames, resolveNames } from "./resolve_names.ts";
import { splitColumnsOf, splitReaders } from "./split_columns.ts";
import { surveyTable } from "./survey_table.ts";
import { isNamedIdentifier } from "./tell_type.ts";

/** Different values that are counted in all columns together, in one at most, and at least. */
const COUNTED_NUMBERS = 2 ** 21;
const COUNTED_TEXTS = 2 ** 20;
const MOST_COUNTED_NUMBERS = 2 ** 16;
const FEWEST_COUNTED = 256;
/** Problems of columns that are shown. */
const MOST_SHOWN = 20;
/** Columns that a message lists. */
const MOST_LISTED = 10;

/** A table in the middle of being read. */
interface Reading {
  readonly source: TableSource;
  readonly options: TableOptions;
  readonly resolved: ResolvedNames;
  readonly missing: MissingWords;
  /** By column. */
  readonly surveys: ColumnSurvey[];
  readonly placeOf?: PlaceOfOption;
}

/**
 * Reads a dataset from a table in two passes: one tells what the columns are, the other reads their
 * values. A third one is needed between them where some column has numbers and words.
 *
 * @throws {UserError} If the table does not suit the options; one problem for each column.
 */
export function readColumns(
  source: TableSource,
  options: TableOptions,
  placeOf?: PlaceOfOption,
): Omit<Dataset, "checksum"> {
  const resolved = resolveNames(source, options, placeOf);
  const all = withDefaults(options);
  const missing = new MissingWords(all.missing ?? []);
  const surveys = makeSurveys(source, all, resolved, missing);
  const { rows } = surveyTable(source, surveys);
  const reading: Reading = { source, options: all, resolved, missing, surveys, placeOf };
  const pictureSide = pictureSideIn(reading, options);
  const decisions = decideColumns(reading, pictureSide !== undefined);
  const { task, classes } = checkTarget({
    ...reading,
    field: resolved.target,
    survey: surveys[resolved.target],
    missingWords: [...missingWordsIn(surveys).keys()].filter(Boolean),
  });
  const readers = decisions.flatMap((decision, field) => readerOf(decision, field, surveys));
  if (readers.length === 0) throw noFeatures(reading, decisions);
  const splits = splitReaders(reading);
  const target: ColumnReader = classes
    ? { field: resolved.target, kind: "category", texts: surveys[resolved.target].texts, classes }
    : { field: resolved.target, kind: "number" };
  const filled = fillTable(source, {
    rows,
    features: readers,
    target,
    others: splits.map(({ reader }) => reader),
    missing,
    dropsGaps: all.dropsGaps ?? false,
    dropsMissingTargets: dropsMissingTargets(all),
  });
  const kept = classes
    ? keepClasses(filled, classes, reading)
    : { table: filled, classes: [] as const, rareRows: 0 };
  const { table } = kept;
  if (table.rows === 0) {
    throw new UserError({
      message: "Cannot use the table: no row is left",
      place: placeOf?.(["impute"]) ?? { file: source.file, line: source.line },
      hint: "drop the columns with gaps, or use another impute than drop_rows",
    });
  }
  const sources = readers.map((reader, column) => sourceOf(reader, column, { reading, table }));
  const featureNames = featureNamesOf(sources);
  return {
    task,
    values: table.values,
    sources,
    targets: table.targets,
    rows: table.rows,
    columns: featureNames.length,
    featureNames,
    classes: kept.classes.map(({ name }) => name),
    ...splits.length > 0 && { splitting: splitColumnsOf(splits, table.others) },
    facts: factsOf(reading, decisions, {
      task,
      classes: kept.classes,
      droppedRows: { ...table.dropped, rareClass: kept.rareRows },
      ...pictureSide !== undefined && { pictureSide },
    }),
  };
}

/** What the first version took for granted, or what is usual now. */
function withDefaults(options: TableOptions): TableOptions {
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
  { columns = {} }: TableOptions,
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
  { asFirstVersion, columns: written }: TableOptions,
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
  throwProblems(reading, decisions);
  return decisions;
}

function throwProblems(
  { source, options: { columns = {} }, placeOf }: Reading,
  decisions: readonly (ColumnDecision | undefined)[],
): void {
  const found = decisions.flatMap((decision, field) => {
    return decision?.problem ? [{ problem: decision.problem, field }] : [];
  });
  if (found.length === 0) return;
  const shown = found.slice(0, MOST_SHOWN);
  const places = locateCells(
    source,
    shown.map(({ problem, field }) => {
      return { line: problem.line ?? source.line, field };
    }),
  );
  const problems = shown.map(({ problem: { message, hint, line }, field }, index): Problem => {
    const name = source.names[field];
    const option = Object.hasOwn(columns, name) ? placeOf?.(["columns", name]) : undefined;
    return {
      message,
      hint,
      place: line === undefined ? option ?? source.place(field) : places[index],
    };
  });
  const more = found.length - shown.length;
  const rest = `And ${more} more ${more === 1 ? "column" : "columns"}`;
  throw new UserError([
    ...problems,
    ...more > 0 ? [{ message: rest, place: { file: source.file } }] : [],
  ]);
}

function noFeatures(
  { source: { names, file, line }, placeOf }: Reading,
  decisions: readonly (ColumnDecision | undefined)[],
): UserError {
  if (names.length === 1) {
    return new UserError({ message: "No columns besides the target", place: { file, line } });
  }
  const reasons = decisions.flatMap((decision, field) => {
    if (!decision) return [];
    const { type, use, why } = decision;
    const reason = use === "drop" ? why ?? type : `it is the ${use}`;
    return [`${quoted(names[field])} (${reason})`];
  });
  const listed = reasons.slice(0, MOST_LISTED).join(", ");
  const more = reasons.length - MOST_LISTED;
  const kept = names.find((_, field) => decisions[field]?.type !== "empty" && decisions[field]);
  return new UserError({
    message: `No column is left to learn from: ${listed}${more > 0 ? ` and ${more} more` : ""}`,
    place: placeOf?.(["drop"]) ?? { file, line },
    hint: kept === undefined
      ? undefined
      : `write keep: [${yamlText(kept)}] to use a column as it is`,
  });
}

function readerOf(
  decision: ColumnDecision | undefined,
  field: number,
  surveys: readonly ColumnSurvey[],
): ColumnReader[] {
  if (!decision?.kind) return [];
  const { kind, classes, dayOrder } = decision;
  return [{ field, kind, ...classes && { texts: surveys[field].texts, classes }, dayOrder }];
}

/** Checks that no class is too rare, or leaves out the rows of those that are. */
function keepClasses(filled: FilledTable, classes: Classes, reading: Reading) {
  const countsOf = (targets: Float64Array) => {
    const counts = new Array<number>(classes.entries.length).fill(0);
    for (const label of targets) counts[label]++;
    return counts;
  };
  const { source, resolved, options, placeOf } = reading;
  const counts = countsOf(filled.targets);
  if (!options.dropRows?.includes("rare_class")) {
    checkClassSizes({ source, field: resolved.target, placeOf }, classes, counts);
  }
  const rare = new Set(counts.keys().filter((index) => counts[index] < FEWEST_ROWS_PER_CLASS));
  const table = rare.size === 0 ? filled : withoutTargets(filled, rare);
  const left = [...counts.keys()].filter((index) => !rare.has(index));
  if (left.length < 2) {
    checkClassSizes({ source, field: resolved.target, placeOf }, classes, counts);
  }
  if (rare.size > 0) {
    const newIndex = new Map(left.map((index, position) => [index, position]));
    table.targets.forEach((label, row) => table.targets[row] = newIndex.get(label) ?? NaN);
  }
  const kept = left.map((index): ValueCount => {
    return { name: classes.entries[index].name, rows: counts[index] };
  });
  return { table, classes: kept, rareRows: filled.rows - table.rows };
}

function sourceOf(
  { field, kind, classes }: ColumnReader,
  column: number,
  { reading: { source, surveys }, table }: {
    readonly reading: Reading;
    readonly table: FilledTable;
  },
): FeatureSource {
  const { values, rows } = table;
  const width = values.length / rows;
  let hasGaps = false;
  if (surveys[field].missing > 0) {
    // Rows with gaps may be among those that were left out.
    for (let at = column; at < values.length && !hasGaps; at += width) {
      hasGaps = Number.isNaN(values[at]);
    }
  }
  const name = source.names[field];
  if (kind !== "category" || !classes) {
    return { name, kind: kind === "boolean" ? "boolean" : "number", hasGaps };
  }
  return { name, kind, categories: classes.entries.map(({ name }) => name), hasGaps };
}

/** How often each of the words for missing cells was found in some columns. */
function missingWordsIn(surveys: readonly ColumnSurvey[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { missingWords } of surveys) {
    for (const [word, cells] of missingWords) counts.set(word, (counts.get(word) ?? 0) + cells);
  }
  return counts;
}

function factsOf(
  reading: Reading,
  decisions: readonly (ColumnDecision | undefined)[],
  told: Pick<TableFacts, "classes" | "droppedRows" | "pictureSide"> & Pick<Dataset, "task">,
): TableFacts {
  const { source, surveys, resolved } = reading;
  const { task, ...facts } = told;
  const columns = source.names.map((name, field): ColumnFacts => {
    const decision = decisions[field];
    const survey = surveys[field];
    const decided = decision
      ? decisionFacts(decision)
      : { type: task === "regression" ? "number" : "category", use: "target" } as const;
    return { name, ...decided, ...countsOf(survey) };
  });
  const isUsed = (field: number) => columns[field].use !== "drop";
  const used = surveys.filter((_, field) => isUsed(field));
  const words = missingWordsIn(used);
  const missingWords = [...words].map(([name, rows]) => ({ name, rows }))
    .sort((a, b) => b.rows - a.rows || (a.name < b.name ? -1 : 1));
  const lookAlikes = source.names.flatMap((column, field): LookAlikes[] => {
    const isCategory = field === resolved.target
      ? task === "classification"
      : decisions[field]?.kind === "category";
    if (!isCategory) return [];
    return lookAlikesAmong(surveys[field].texts.texts).map((values) => ({ column, values }));
  });
  return {
    reading: source.reading,
    columns,
    ...facts,
    lookAlikes,
    missingWords,
    choices: choicesOf(reading, decisions, { task, missingWords }),
  };
}

function decisionFacts({ type, use, why, warning, classes }: ColumnDecision) {
  return {
    type,
    use,
    ...why !== undefined && { why },
    ...warning !== undefined && { warning },
    ...classes && { categories: classes.entries.map(({ name, rows }) => ({ name, rows })) },
  };
}

function countsOf(survey: ColumnSurvey) {
  const { missing, numbers, minimum, maximum, keepsNumbers } = survey;
  const hasAll = survey.hasAllNumbers && survey.hasAllTexts;
  return {
    missing,
    distinct: keepsNumbers
      ? Math.max(survey.distinctTexts, survey.distinctNumbers)
      : survey.distinctNumbers + survey.distinctTexts,
    ...!hasAll && { hasMoreValues: true },
    ...numbers > 0 && { minimum, maximum },
  };
}

/** Everything that could have been said of the table, as it was taken. */
function choicesOf(
  { source: { names, reading }, options, resolved }: Reading,
  decisions: readonly (ColumnDecision | undefined)[],
  { task, missingWords }: Pick<TableFacts, "missingWords"> & Pick<Dataset, "task">,
): TableOptions {
  const uses = decisions.flatMap((decision, field): [string, ColumnChoice][] => {
    if (!decision) return [];
    const { use, kind } = decision;
    const isOfSplit = [resolved.group, resolved.time, resolved.part].includes(field);
    if (use !== "feature") return isOfSplit ? [] : [[names[field], "drop"]];
    // A column that splits need is a feature only if that is said.
    return kind === undefined || kind === "number" && !isOfSplit ? [] : [[names[field], kind]];
  });
  const { separator, header, decimal, encoding, comment, skipRows } = reading;
  const { dropsGaps, dropRows, group, time, partColumn, testPath } = options;
  return {
    ...{ separator, header, decimal, encoding, comment, skipRows },
    target: names[resolved.target],
    task,
    columns: { ...Object.fromEntries(uses), [OTHER_COLUMNS]: "number" },
    missing: missingWords.map(({ name }) => name).filter(Boolean).sort(),
    ...dropsGaps && { dropsGaps },
    ...dropRows && dropRows.length > 0 && { dropRows },
    ...group !== undefined && { group },
    ...time !== undefined && { time },
    ...partColumn !== undefined && { partColumn },
    ...testPath !== undefined && { testPath },
  };
}
