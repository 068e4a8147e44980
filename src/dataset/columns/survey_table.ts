import { countOf } from "../../format_number.ts";
import { type Problem, UserError } from "../../user_error.ts";
import type { TableRecords, TableSource } from "../table_source.ts";
import type { ColumnSurvey } from "./column_survey.ts";
import type { KeptNumbers } from "./kept_numbers.ts";

/** Problems of records that are shown; there can be a million. */
const MOST_SHOWN = 3;

/** How many records a table has. */
export interface SurveyedRows {
  readonly rows: number;
}

/**
 * Looks at every cell of a table once.
 *
 * @param surveys By column; columns without one are not looked at.
 * @param kept Keeps the numbers, if all cells are numbers.
 * @throws {UserError} If a record's quotes are wrong, or it has more or fewer fields than there are columns.
 */
export function surveyTable(
  source: TableSource,
  surveys: readonly (ColumnSurvey | undefined)[],
  kept?: KeptNumbers,
): SurveyedRows {
  const { file, names } = source;
  const records = source.records();
  const columns = surveys.flatMap((survey, field) => survey ? [{ survey, field }] : []);
  const quotes: Problem[] = [];
  const lengths: Problem[] = [];
  let [rows, wrongQuotes, wrongLengths] = [0, 0, 0];
  while (records.next()) {
    rows++;
    if (records.quoteProblem) {
      if (wrongQuotes++ < MOST_SHOWN) quotes.push(quoteProblem(records, file));
    } else if (records.count !== names.length) {
      if (wrongLengths++ < MOST_SHOWN) lengths.push(lengthProblem(records, file, names.length));
    } else {
      for (const { survey, field } of columns) {
        const number = survey.add(records, field);
        if (kept?.isOpen) kept.add(number, field, survey);
      }
    }
  }
  const problems = [
    ...quotes,
    ...restOf(wrongQuotes, file, "with quotes that are wrong"),
    ...lengths,
    ...restOf(wrongLengths, file, "of another length"),
  ];
  if (problems.length > 0) throw new UserError(problems);
  if (rows === 0) {
    throw new UserError({
      message: source.hasHeader ? "No rows under the header" : "No rows",
      place: { file, line: source.line },
    });
  }
  return { rows };
}

function quoteProblem(records: TableRecords, file: string): Problem {
  const { message, field } = records.quoteProblem ?? { message: "", field: 0 };
  return { message, place: records.place(file, field) };
}

function lengthProblem({ count, line }: TableRecords, file: string, columns: number): Problem {
  const message = `Cannot use a row of ${countOf(count, "field")}: the table has ${
    countOf(columns, "column")
  }`;
  const hint = count < columns
    ? "complete the row in the file, or remove it"
    : "quote fields that have separators in them, or remove the row";
  return { message, hint, place: { file, line } };
}

function restOf(count: number, file: string, what: string): Problem[] {
  const more = count - MOST_SHOWN;
  return more > 0 ? [{ message: `And ${countOf(more, "more row")} ${what}`, place: { file } }] : [];
}
