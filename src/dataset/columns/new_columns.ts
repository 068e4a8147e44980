import { countOf, formatCount } from "../../format_number.ts";
import { nearest } from "../../nearest.ts";
import { type Problem, UserError } from "../../user_error.ts";
import type { FeatureSource } from "../dataset.ts";
import type { LearnedColumn, LearnedTable } from "../learned_table.ts";
import { OTHER_CATEGORY } from "../preparation.ts";
import { quoted } from "../quote.ts";
import { decimalOf } from "../table/parse_decimal.ts";
import type { TableSource } from "../table_source.ts";
import { booleanOf } from "./boolean_words.ts";
import { MOST_CLASS_TEXTS } from "./check_target.ts";
import { ClassColumn } from "./class_column.ts";
import { ColumnSurvey } from "./column_survey.ts";
import { type ColumnReader, fillTable } from "./fill_table.ts";
import { locateCells } from "./locate_cells.ts";
import type { MatchedColumns } from "./match_columns.ts";
import { MissingWords } from "./missing_words.ts";
import { type CellProblem, numberProblems } from "./number_problems.ts";
import { parseDate } from "./parse_date.ts";
import { surveyTable } from "./survey_table.ts";

/** Problems that are shown. */
const MOST_SHOWN = 20;
/** How many classes a mistyped one is compared with. */
const MOST_CANDIDATES = 10_000;
/** The model's table in messages. */
const MODEL_TABLE = "the model's table";

/** A column that a model learned from. */
export interface LearnedSource extends FeatureSource {
  /** Of a category: those that no training row had. */
  readonly untrained: ReadonlySet<string>;
}

/** What a model has learned from, and what it predicts. */
export interface LearnedFrom {
  readonly table: LearnedTable;
  /** The columns of `table` whose use is `feature`, in their order. */
  readonly sources: readonly LearnedSource[];
  /** None of quantities. */
  readonly classes: readonly string[];
}

/** Values of a category that no training row had. */
export interface UnknownValues {
  /** The column's name. */
  readonly column: string;
  /** How many cells have one. */
  readonly cells: number;
  /** The most frequent first. */
  readonly values: readonly string[];
}

/** The values of a new table, as a dataset has them. */
export interface NewColumns {
  readonly rows: number;
  /** (rows, sources), row-major. */
  readonly values: Float64Array<SharedArrayBuffer>;
  /** (rows): NaN where there is no target. */
  readonly targets: Float64Array<SharedArrayBuffer>;
  /** How many rows have a target. */
  readonly labelled: number;
  readonly unknown: readonly UnknownValues[];
}

/** A column to read. */
interface Wanted {
  /** Its number in the learned table, and here. */
  readonly field: number;
  readonly own: number;
  readonly column: LearnedColumn;
  readonly kind: ColumnReader["kind"];
  readonly survey: ColumnSurvey;
}

/**
 * Reads the columns of a new table as those of the table were read that a model learned from.
 *
 * A value of a category that no training row had is 0 in all inputs of its column.
 *
 * @throws {UserError} If a cell is not of its column's kind, is missing in a column that had no gaps, or
 * is a class that the model does not know; every problem at once.
 */
export function readNewColumns(
  source: TableSource,
  { fields }: Pick<MatchedColumns, "fields">,
  { table, sources, classes }: LearnedFrom,
): NewColumns {
  const { columns } = table;
  const missing = new MissingWords(table.missing);
  const wantedAt = (field: number, kind: ColumnReader["kind"]): Wanted[] => {
    const own = fields[field];
    if (own === undefined) return [];
    const texts = kind === "category" ? Infinity : MOST_CLASS_TEXTS;
    const survey = new ColumnSurvey(missing, { numbers: 0, texts }, kind === "category");
    return [{ field, own, column: columns[field], kind, survey }];
  };
  const features = columns.flatMap(({ use }, field) => use === "feature" ? [field] : [])
    .map((field, index) => ({ field, source: sources[index] }));
  const wanted = features.flatMap(({ field, source }) => {
    return wantedAt(field, columns[field].type === "date" ? "date" : source.kind)
      .map((feature) => ({ ...feature, source }));
  });
  const targetField = columns.findIndex(({ use }) => use === "target");
  const [target] = wantedAt(targetField, classes.length > 0 ? "category" : "number");
  const surveys: (ColumnSurvey | undefined)[] = source.names.map(() => undefined);
  for (const { own, survey } of [...wanted, ...target ? [target] : []]) surveys[own] = survey;
  const { rows } = surveyTable(source, surveys);
  const labelled = target ? rows - target.survey.missing : 0;

  const found: (CellProblem & { readonly field: number })[] = [];
  for (const feature of wanted) {
    const problems = featureProblems(feature, source.line);
    found.push(...problems.map((problem) => ({ ...problem, field: feature.own })));
  }
  if (target && labelled > 0) {
    const problems = targetProblems(target, classes, source.line);
    found.push(...problems.map((problem) => ({ ...problem, field: target.own })));
  }
  if (found.length > 0) throw problemsAt(source, found);

  const unknown: UnknownValues[] = [];
  const readers = wanted.map(({ field, kind, column, survey, source }): ColumnReader => {
    if (kind !== "category") return { field, kind, dayOrder: column.dayOrder };
    const read = categoryReader(survey, source.categories ?? [], table.unknownIsMissing ?? false);
    const others = survey.texts.counts().filter(({ name }) => {
      const category = read.categoryOf(name);
      return category === undefined || source.untrained.has(category);
    });
    if (others.length > 0) {
      const cells = others.reduce((sum, { rows }) => sum + rows, 0);
      unknown.push({ column: column.name, cells, values: others.map(({ name }) => name) });
    }
    return { field, kind, ...read.texts };
  });
  const isScored = target !== undefined && labelled > 0;
  const targetReader: ColumnReader = isScored && target.kind === "category"
    ? {
      field: targetField,
      kind: "category",
      ...categoryReader(target.survey, classes, true).texts,
    }
    : { field: targetField, kind: "number" };
  const read = fields.map((own, field) => field === targetField && !isScored ? undefined : own);
  const { values, targets } = fillTable([{ source, rows, fields: read }], {
    features: readers,
    target: targetReader,
    others: [],
    missing,
    dropsGaps: false,
    dropsMissingTargets: false,
  });
  return { rows, values, targets, labelled, unknown };
}

function featureProblems(
  { column: { name, dayOrder = "day-first", hasPercents = false }, kind, survey, source }:
    & Wanted
    & { readonly source: LearnedSource },
  headerLine: number,
): CellProblem[] {
  const problems: CellProblem[] = [];
  if (survey.missing > 0 && !source.hasGaps) {
    const cells = `${formatCount(survey.missing)} of ${countOf(survey.cells, "cell")}`;
    problems.push({
      message: `Cannot use column ${quoted(name)}: ${cells} ${
        survey.missing === 1 ? "is" : "are"
      } missing, and none was in ${MODEL_TABLE}, so that nothing says what stands for them`,
      line: survey.firstMissingLine,
      hint: "fill them in, or remove their rows",
    });
  }
  const first = { hasPercents, file: MODEL_TABLE };
  if (kind === "number") return [...problems, ...numberProblems(survey, name, first, headerLine)];
  const fail = (reason: string, line: number) => {
    problems.push({ message: `Cannot use column ${quoted(name)} as ${kind}: ${reason}`, line });
  };
  if (kind === "category") {
    if (survey.unreadable > 0) {
      fail("some cells are not short UTF-8 text", survey.firstUnreadableLine);
    }
    return problems;
  }
  const isDate = kind === "date";
  const reason = isDate
    ? `its cells are not all dates as in ${MODEL_TABLE}`
    : "its cells are not all true or false, yes or no, or 1 or 0";
  const bad = survey.texts.counts().find(({ name: word }) => {
    return Number.isNaN(isDate ? parseDate(word, dayOrder) : booleanOf(word));
  });
  const { numbers, minimum, maximum, areIntegers } = survey;
  const areFlags = areIntegers && minimum >= 0 && maximum <= 1;
  if (bad) fail(`${reason}: ${quoted(bad.name)}`, bad.line);
  else if (survey.unreadable > 0 || !survey.hasAllTexts) fail(reason, survey.firstWordLine);
  else if (numbers > 0 && (isDate || !areFlags)) fail(reason, headerLine);
  return problems;
}

function targetProblems(
  { column: { name, hasPercents = false }, survey }: Wanted,
  classes: readonly string[],
  headerLine: number,
): CellProblem[] {
  const hint = "to predict without a score, leave the column out";
  if (classes.length === 0) {
    const first = { hasPercents, file: MODEL_TABLE };
    return numberProblems(survey, name, first, headerLine)
      .map((problem) => ({ hint, ...problem }));
  }
  if (survey.unreadable > 0) {
    const message = `Cannot use target ${quoted(name)}: some cells are not short UTF-8 text`;
    return [{ message, line: survey.firstUnreadableLine, hint }];
  }
  const { categoryOf } = categoryReader(survey, classes, true);
  return survey.texts.counts().filter((entry) => categoryOf(entry.name) === undefined)
    .map(({ name: value, line }) => {
      const near = nearest(value, classes.slice(0, MOST_CANDIDATES));
      const meant = near === undefined ? "" : `if it is ${quoted(near)}, write it so; `;
      return {
        message: `Cannot score class ${quoted(value)}: the model knows no such class`,
        line,
        hint: meant + hint,
      };
    });
}

/**
 * Finds how a column's texts become numbers of categories, as they did in the learned table: where all
 * categories are numbers, texts of one number are one category.
 *
 * @param dropsUnknown True: other texts count as missing.
 */
function categoryReader(
  survey: ColumnSurvey,
  categories: readonly string[],
  dropsUnknown: boolean,
) {
  const indexOf = new Map(categories.map((name, index) => [name, index]));
  const areNumbers = categories.every((name) =>
    Math.abs(decimalOf(name)) <= Number.MAX_SAFE_INTEGER
  );
  const indexOfText = (text: string) => {
    return indexOf.get(text) ?? (areNumbers ? indexOf.get(String(decimalOf(text))) : undefined);
  };
  const texts = new ClassColumn();
  const indices: number[] = [];
  for (const { name, line } of survey.texts.counts()) {
    const index = indexOfText(name);
    if (index === undefined && dropsUnknown) continue;
    texts.add(name, line);
    indices.push(index ?? OTHER_CATEGORY);
  }
  const classes = { entries: [], indexOfCode: Int32Array.from(indices) };
  const categoryOf = (text: string): string | undefined => {
    const index = indexOfText(text);
    return index === undefined ? undefined : categories[index];
  };
  return { texts: { texts, classes }, categoryOf };
}

function problemsAt(
  source: TableSource,
  found: readonly (CellProblem & { readonly field: number })[],
): UserError {
  const shown = found.slice(0, MOST_SHOWN);
  const places = locateCells(source, shown);
  const more = found.length - shown.length;
  const rest: Problem = {
    message: `And ${countOf(more, "more problem")}`,
    place: { file: source.file },
  };
  return new UserError([
    ...shown.map(({ message, hint }, index): Problem => ({ message, hint, place: places[index] })),
    ...more > 0 ? [rest] : [],
  ]);
}
