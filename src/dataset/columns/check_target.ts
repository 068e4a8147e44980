import { countOf, formatCount } from "../../format_number.ts";
import { listSome } from "../../list_words.ts";
import type { Task } from "../../measures/measure.ts";
import { type Problem, UserError } from "../../user_error.ts";
import { quoted } from "../quote.ts";
import { decimalOf } from "../table/parse_decimal.ts";
import type { TableOptions } from "../table_options.ts";
import type { TableSource } from "../table_source.ts";
import type { Classes } from "./class_column.ts";
import type { ColumnSurvey } from "./column_survey.ts";
import { oddPercentLine, percentsIn, wayOut, wordsIn } from "./decide_columns.ts";
import { tellTask } from "./decide_target.ts";
import { locateCells } from "./locate_cells.ts";
import { missingWordsIn } from "./missing_words.ts";
import type { PlaceOfOption } from "./resolve_names.ts";
import { tellType } from "./tell_type.ts";

/** A target with more values is a quantity rather than a class. */
const MOST_CLASSES = 1000;
/** Different texts of one number are one class, but nobody writes a number in a hundred ways. */
export const MOST_CLASS_TEXTS = 100 * MOST_CLASSES;
/** One for each part of the split. */
export const FEWEST_ROWS_PER_CLASS = 3;
/** A column of more numbers than this, and a few words, holds quantities. */
const MOST_NUMBER_CLASSES = 20;
/** Classes that a message lists. */
const MOST_LISTED = 5;

export interface TargetContext {
  readonly source: TableSource;
  /** The target's column. */
  readonly field: number;
  readonly surveys: readonly ColumnSurvey[];
  readonly options: Pick<TableOptions, "task" | "dropsGaps" | "dropRows">;
  readonly placeOf?: PlaceOfOption;
}

/** What a target holds. */
export interface CheckedTarget {
  readonly task: Task;
  /** Of a classification. */
  readonly classes?: Classes;
}

/** Whether rows without a target are left out. */
export function dropsMissingTargets(
  { dropsGaps, dropRows = [] }: Pick<TableOptions, "dropsGaps" | "dropRows">,
): boolean {
  return dropsGaps === true || dropRows.includes("missing_target");
}

/**
 * Tells what a target holds.
 *
 * @throws {UserError} If some rows have no target, or it does not suit the task, or its task is not clear.
 */
export function checkTarget(context: TargetContext): CheckedTarget {
  const { source, field, surveys, options, placeOf } = context;
  const survey = surveys[field];
  const name = source.names[field];
  const fail = (message: string, hint?: string, line?: number): never => {
    const place = line === undefined
      ? placeOf?.(["target"]) ?? source.place(field)
      : locateCells(source, [{ line, field }])[0];
    throw new UserError({ message, hint, place });
  };
  if (survey.present === 0) fail(`Cannot use ${quoted(name)} as target: every cell is missing`);
  if (survey.missing > 0 && !dropsMissingTargets(options)) {
    fail(...missingProblem(context), survey.firstMissingLine);
  }
  const told = tellType(survey, { name, isFirstUnnamed: false });
  const hasStrayWords = told.hasStrayWords && survey.distinctNumbers > MOST_NUMBER_CLASSES;
  const isRegression = options.task === "regression";
  if (survey.words > 0 && (isRegression || options.task === undefined && hasStrayWords)) {
    const missingWords = [...missingWordsIn(surveys).keys()].filter(Boolean);
    const way = wayOut(survey, told, { name, missingWords, isTarget: true });
    const message = `Cannot use ${quoted(name)} as target of a regression: ${wordsIn(survey)}`;
    fail(message, way, survey.firstWordLine);
  }
  const task = options.task ?? tellTask(survey);
  if (task === "regression" && survey.mixesPercents) {
    const message = `Cannot use ${quoted(name)} as target of a regression: ${percentsIn(survey)}`;
    fail(message, "write all of them one way in the file", oddPercentLine(survey));
  }
  if (task === "regression") return { task };
  if (task === undefined) {
    const values = `${formatCount(survey.distinctNumbers)} different numbers`;
    return fail(
      `Cannot tell whether ${quoted(name)} holds classes or quantities: it has ${values}`,
      "write task: classification or task: regression",
    );
  }
  if (survey.unreadable > 0) {
    fail(
      `Cannot use ${quoted(name)} as target: some cells are not UTF-8 text of at most 10000 bytes`,
      "shorten them in the file, or remove their rows",
      survey.firstUnreadableLine,
    );
  }
  if (!survey.hasAllTexts) {
    fail(
      `Cannot use ${quoted(name)} as target: it has more than ${MOST_CLASS_TEXTS} values, ` +
        `the limit is ${MOST_CLASSES} classes`,
    );
  }
  const classes = survey.texts.classes();
  const count = classes.entries.length;
  if (count === 1) {
    const only = quoted(classes.entries[0].name);
    fail(
      `Cannot use ${
        quoted(name)
      } as target: its only class is ${only}, but at least 2 are required`,
    );
  }
  if (count > MOST_CLASSES) {
    fail(
      `Cannot use ${quoted(name)} as target: it has ${count} classes, the limit is ${MOST_CLASSES}`,
    );
  }
  return { task, classes };
}

function missingProblem(
  { source, field, surveys }: TargetContext,
): [message: string, hint: string] {
  const survey = surveys[field];
  const words = [...survey.missingWords].sort(([, a], [, b]) => b - a);
  const kinds = words.slice(0, MOST_LISTED).map(([word, rows]) => {
    return `${word === "" ? "empty" : quoted(word)} in ${formatCount(rows)}`;
  });
  const rows = `${formatCount(survey.missing)} of ${countOf(survey.cells, "row")}`;
  const named = words.some(([word]) => word !== "");
  const isClass = named ? "; or missing: [] if such a word is a class" : "";
  return [
    `Cannot use ${rows} without a target: ${quoted(source.names[field])} is ${kinds.join(", ")}`,
    `write drop_rows: [missing_target] to leave them out${isClass}`,
  ];
}

/**
 * Checks that each class has a row for each part of a split.
 *
 * @param counts Rows of each class.
 * @throws {UserError} If some have fewer.
 */
export function checkClassSizes(
  { source, field, placeOf }: Pick<TargetContext, "source" | "field" | "placeOf">,
  { entries }: Classes,
  counts: readonly number[],
): void {
  const rare = entries.flatMap(({ name, line }, index) => {
    return counts[index] < FEWEST_ROWS_PER_CLASS ? [{ name, line, rows: counts[index] }] : [];
  });
  if (rare.length === 0) return;
  const named = rare.map(({ name, rows }) => `${quoted(name)} with ${countOf(rows, "row")}`);
  const which = listSome(named, MOST_LISTED);
  const message = `Cannot use ${rare.length === 1 ? "class" : "classes"} ${which}: ` +
    `at least ${FEWEST_ROWS_PER_CLASS} are required`;
  const left = entries.length - rare.length;
  const hint = left >= 2
    ? `write drop_rows: [rare_class] to leave ${rare.length === 1 ? "it" : "them"} out`
    : entries.every(({ name }) => !Number.isNaN(decimalOf(name)))
    ? "write task: regression if the numbers are quantities"
    : undefined;
  const place = rare.length > MOST_LISTED
    ? placeOf?.(["target"]) ?? source.place(field)
    : locateCells(source, [{ line: rare[0].line, field }])[0];
  const problem: Problem = { message, hint, place };
  throw new UserError(problem);
}
