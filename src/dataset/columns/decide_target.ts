import type { Task } from "../../measures/measure.ts";
import type { ColumnSurvey } from "./column_survey.ts";

/** Numbers that are not more than this can be classes without a doubt. */
const SURE_CLASSES = 20;
/** Numbers with at least this many different values are no classes. */
const SURE_QUANTITIES = 101;
/** With fewer rows to a value than this, the values are no classes: each part needs one. */
const FEWEST_ROWS_PER_VALUE = 3;
/** With at least this many rows to a value, they could be. */
const ROWS_OF_A_CLASS = 10;

type TargetColumn = Pick<
  ColumnSurvey,
  "numbers" | "words" | "areIntegers" | "distinctNumbers" | "hasAllNumbers"
>;

/**
 * Tells whether a target holds classes or quantities; `undefined` if it could be either.
 *
 * Words are classes, and so are two numbers. Other numbers are quantities if there are more than 100,
 * or fewer than three rows to a value. Whole numbers are classes up to 20 of them, and quantities if
 * there are fewer than ten rows to a value; numbers with decimals are quantities from 21 on. The rest
 * could be either.
 */
export function tellTask(target: TargetColumn): Task | undefined {
  const { numbers, words, areIntegers, distinctNumbers: values } = target;
  if (words > 0 || values <= 2) return "classification";
  const rowsPerValue = numbers / values;
  if (values >= SURE_QUANTITIES || rowsPerValue < FEWEST_ROWS_PER_VALUE) return "regression";
  if (values > SURE_CLASSES) {
    return areIntegers && rowsPerValue >= ROWS_OF_A_CLASS ? undefined : "regression";
  }
  return areIntegers ? "classification" : undefined;
}
