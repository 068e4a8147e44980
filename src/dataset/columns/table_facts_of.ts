import type { Task } from "../../measures/measure.ts";
import type { CellFormat, ColumnFacts, LookAlikes, TableFacts } from "../table_facts.ts";
import { type ColumnChoice, OTHER_COLUMNS, type TableOptions } from "../table_options.ts";
import type { ColumnSurvey } from "./column_survey.ts";
import type { ColumnDecision } from "./decide_columns.ts";
import { lookAlikesAmong } from "./look_alikes.ts";
import { missingWordsIn } from "./missing_words.ts";
import type { ToldTable } from "./tell_columns.ts";

/** What was found in a table's columns. */
export type FoundColumns = Pick<TableFacts, "reading" | "columns" | "lookAlikes" | "missingWords">;

/** @param task Of the target, if there is one. */
export function foundColumns(table: ToldTable, task: Task | undefined): FoundColumns {
  const { source, surveys, resolved, decisions } = table;
  const columns = source.names.map((name, field): ColumnFacts => {
    const decision = decisions[field];
    const survey = surveys[field];
    const decided = decision
      ? decisionFacts(decision)
      : { type: task === "regression" ? "number" : "category", use: "target" } as const;
    return { name, ...decided, ...countsOf(survey) };
  });
  const used = surveys.filter((_, field) => columns[field].use !== "drop");
  const missingWords = [...missingWordsIn(used)].map(([name, rows]) => ({ name, rows }))
    .sort((a, b) => b.rows - a.rows || (a.name < b.name ? -1 : 1));
  const lookAlikes = source.names.flatMap((column, field): LookAlikes[] => {
    const isCategory = field === resolved.target
      ? task === "classification"
      : decisions[field]?.kind === "category";
    if (!isCategory) return [];
    return lookAlikesAmong(surveys[field].texts.texts).map((values) => ({ column, values }));
  });
  return { reading: source.reading, columns, lookAlikes, missingWords };
}

/** The facts of a table, for people and for the kept experiment. */
export function tableFactsOf(
  table: ToldTable,
  target: number,
  told: Pick<TableFacts, "classes" | "droppedRows" | "test"> & { readonly task: Task },
): TableFacts {
  const { pictureSide } = table;
  const { task, ...counts } = told;
  const found = foundColumns(table, task);
  const choices = choicesOf(table, target, { task, missingWords: found.missingWords });
  return {
    ...found,
    formats: formatsOf(table),
    ...counts,
    ...pictureSide !== undefined && { pictureSide },
    choices,
  };
}

function formatsOf({ source: { names }, surveys, decisions }: ToldTable): Map<string, CellFormat> {
  const formats = names.map((name, field): [string, CellFormat] => {
    const dayOrder = decisions[field]?.dayOrder;
    const hasPercents = surveys[field].percents > 0;
    return [name, { ...hasPercents && { hasPercents }, ...dayOrder && { dayOrder } }];
  });
  return new Map(formats.filter(([, format]) => Object.keys(format).length > 0));
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

/** The options that read the table as it was read now. */
function choicesOf(
  { source: { names, reading }, options, resolved, decisions }: ToldTable,
  target: number,
  { task, missingWords }: Pick<TableFacts, "missingWords"> & { readonly task: Task },
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
    target: names[target],
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
