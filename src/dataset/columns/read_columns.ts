import { listSome } from "../../list_words.ts";
import { UserError } from "../../user_error.ts";
import type { Dataset, FeatureSource } from "../dataset.ts";
import { featureNamesOf } from "../feature_names.ts";
import { quoted, yamlText } from "../quote.ts";
import { ROW_PARTS } from "../row_parts.ts";
import type { ValueCount } from "../table_facts.ts";
import type { TableOptions } from "../table_options.ts";
import type { TableSource } from "../table_source.ts";
import {
  checkClassSizes,
  checkTarget,
  dropsMissingTargets,
  FEWEST_ROWS_PER_CLASS,
} from "./check_target.ts";
import { checkTestTable } from "./check_test_table.ts";
import type { Classes } from "./class_column.ts";
import { columnProblems } from "./column_problems.ts";
import type { ColumnSurvey } from "./column_survey.ts";
import type { ColumnDecision } from "./decide_columns.ts";
import { type ColumnReader, type FilledTable, fillTable, withoutTargets } from "./fill_table.ts";
import type { PlaceOfOption } from "./resolve_names.ts";
import { splitColumnsOf, splitReaders } from "./split_columns.ts";
import { tableFactsOf } from "./table_facts_of.ts";
import { tellColumns, type ToldTable } from "./tell_columns.ts";

/** Columns that a message lists. */
const MOST_LISTED = 10;

/** What is known of a table beside its options. */
export interface ReadingContext {
  readonly placeOf?: PlaceOfOption;
  /** The table with the test rows, if there is one. */
  readonly test?: TableSource;
}

/**
 * Reads a dataset from a table in two passes: one finds out what the columns are, the other reads their
 * values. A third one is needed between them where some column has numbers and words.
 *
 * @throws {UserError} If the table does not suit the options; one problem for each column.
 */
export function readColumns(
  source: TableSource,
  options: TableOptions,
  { placeOf, test }: ReadingContext = {},
): Omit<Dataset, "checksum" | "file"> {
  const table = tellColumns(source, options, placeOf);
  const problems = columnProblems(table);
  if (problems.length > 0) throw new UserError(problems);
  const { surveys, decisions, missing, rows, options: all } = table;
  const field = targetOf(table);
  const { task, classes } = checkTarget({ ...table, field });
  const features = decisions.flatMap((decision, field) => readerOf(decision, field, surveys));
  if (features.length === 0) throw noFeatures(table);
  const splits = splitReaders(table);
  const target: ColumnReader = classes
    ? { field, kind: "category", texts: surveys[field].texts, classes }
    : { field, kind: "number" };
  const tested = test && checkTestTable(test, { table, features, target });
  const own = { source, rows, fields: source.names.map((_, field) => field) };
  const filled = table.kept.table(features, target) ?? fillTable([own, ...tested ? [tested] : []], {
    features,
    target,
    others: splits.map(({ reader }) => reader),
    missing,
    dropsGaps: all.dropsGaps ?? false,
    dropsMissingTargets: dropsMissingTargets(all),
  });
  if (filled.rows === 0) throw noRows(table);
  const kept = classes
    ? keepClasses(filled, classes, table)
    : { filled, classes: [] as const, rareRows: 0 };
  const { values, targets, origins, others, fileRows, dropped } = kept.filled;
  const sources = features.map((reader, column) => {
    const mayHaveGaps = surveys[reader.field].missing > 0 || tested !== undefined;
    const hasGaps = mayHaveGaps && hasGapsIn(kept.filled, column);
    return sourceOf(source.names[reader.field], reader, hasGaps);
  });
  const featureNames = featureNamesOf(sources);
  return {
    task,
    values,
    sources,
    targets,
    rows: kept.filled.rows,
    columns: featureNames.length,
    featureNames,
    classes: kept.classes.map(({ name }) => name),
    ...fileRows && { fileRows },
    ...(splits.length > 0 || tested) && {
      splitting: { ...splitColumnsOf(splits, others), ...tested && { parts: testParts(origins) } },
    },
    facts: tableFactsOf(table, field, {
      task,
      classes: kept.classes,
      droppedRows: { ...dropped, rareClass: kept.rareRows },
      ...tested && { test: tested.facts },
    }),
  };
}

/** Rows of the second table are test rows; the others are free. */
function testParts(origins: Uint8Array): Uint8Array<SharedArrayBuffer> {
  const parts = new Uint8Array(new SharedArrayBuffer(origins.length));
  origins.forEach((origin, row) => parts[row] = origin === 0 ? ROW_PARTS.free : ROW_PARTS.test);
  return parts;
}

function targetOf({ resolved }: ToldTable): number {
  if (resolved.target === undefined) throw new RangeError("There is no target");
  return resolved.target;
}

function noRows({ source: { file, line }, placeOf }: ToldTable): UserError {
  return new UserError({
    message: "Cannot use the table: each row has a missing cell",
    place: placeOf?.(["impute"]) ?? { file, line },
    hint: "drop the columns with gaps, or use another impute than drop_rows",
  });
}

/** Says that there is nothing to predict from, and why. */
export function noFeatures(
  { source: { names, file, line }, decisions, placeOf }: ToldTable,
): UserError {
  if (names.length === 1) {
    return new UserError({
      message: "Cannot use a table of one column: there is nothing to predict the target from",
      place: { file, line },
    });
  }
  const reasons = decisions.flatMap((decision, field) => {
    if (!decision) return [];
    const { type, use, why } = decision;
    const reason = use === "drop" ? why ?? type : `it is the ${use}`;
    return [`${quoted(names[field])} (${reason})`];
  });
  const kept = names.find((_, field) => decisions[field]?.type !== "empty" && decisions[field]);
  return new UserError({
    message: `No column is left to learn from: ${listSome(reasons, MOST_LISTED)}`,
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
function keepClasses(filled: FilledTable, classes: Classes, table: ToldTable) {
  const { source, options, placeOf } = table;
  const target = { source, field: targetOf(table), placeOf };
  const counts = new Array<number>(classes.entries.length).fill(0);
  for (const label of filled.targets) counts[label]++;
  const left = [...counts.keys()].filter((index) => counts[index] >= FEWEST_ROWS_PER_CLASS);
  const dropsRare = options.dropRows?.includes("rare_class") && left.length >= 2;
  if (!dropsRare) checkClassSizes(target, classes, counts);
  const kept = left.map((index): ValueCount => {
    return { name: classes.entries[index].name, rows: counts[index] };
  });
  if (left.length === counts.length) return { filled, classes: kept, rareRows: 0 };
  const rare = new Set(counts.keys().filter((index) => !left.includes(index)));
  const without = withoutTargets(filled, rare);
  const newIndex = new Map(left.map((index, position) => [index, position]));
  without.targets.forEach((label, row) => without.targets[row] = newIndex.get(label) ?? NaN);
  return { filled: without, classes: kept, rareRows: filled.rows - without.rows };
}

/** Whether a column has gaps in the rows that are left. */
function hasGapsIn({ values, rows }: FilledTable, column: number): boolean {
  const width = values.length / rows;
  for (let at = column; at < values.length; at += width) if (Number.isNaN(values[at])) return true;
  return false;
}

function sourceOf(
  name: string,
  { kind, classes }: ColumnReader,
  hasGaps: boolean,
): FeatureSource {
  if (kind !== "category" || !classes) {
    return { name, kind: kind === "boolean" ? "boolean" : "number", hasGaps };
  }
  return { name, kind, categories: classes.entries.map(({ name }) => name), hasGaps };
}
