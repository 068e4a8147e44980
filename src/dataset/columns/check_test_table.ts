import { countOf, formatCount } from "../../format_number.ts";
import { nearest } from "../../nearest.ts";
import { type Problem, UserError } from "../../user_error.ts";
import { quoted } from "../quote.ts";
import type { TestFacts } from "../table_facts.ts";
import type { TableSource } from "../table_source.ts";
import { dropsMissingTargets, MOST_CLASS_TEXTS } from "./check_target.ts";
import { ColumnSurvey } from "./column_survey.ts";
import { MOST_CHOSEN_CATEGORIES } from "./decide_columns.ts";
import type { ColumnReader, FilledSource } from "./fill_table.ts";
import { locateCells } from "./locate_cells.ts";
import { numberProblems } from "./number_problems.ts";
import { surveyTable } from "./survey_table.ts";
import type { ToldTable } from "./tell_columns.ts";

/** Problems of one kind that are shown. */
const MOST_SHOWN = 20;
const MOST_NAMES = 10_000;

/** The table with the test rows, ready to be read like the other one. */
export interface TestTable extends FilledSource {
  readonly facts: TestFacts;
}

/**
 * Checks that a table with test rows can be read as the other one is. Columns are matched by name; those
 * that the other table drops may be missing.
 *
 * @throws {UserError} If a column is missing or unknown, a cell is not of its column's kind, or a class is
 * unknown. Unknown categories count as missing.
 */
export function checkTestTable(
  test: TableSource,
  { table, features, target }: {
    readonly table: ToldTable;
    readonly features: readonly ColumnReader[];
    readonly target: ColumnReader;
  },
): TestTable {
  const { source, missing, options } = table;
  const fields = matchColumns(test, source, [...features, target].map(({ field }) => field));
  const readers = [...features, target];
  const limits = { numbers: 0, texts: Math.max(MOST_CLASS_TEXTS, MOST_CHOSEN_CATEGORIES) };
  const surveys: (ColumnSurvey | undefined)[] = test.names.map(() => undefined);
  for (const { field, kind } of readers) {
    const own = fields[field];
    if (own !== undefined) surveys[own] = new ColumnSurvey(missing, limits, kind === "category");
  }
  const { rows } = surveyTable(test, surveys);
  const problems: { problem: Problem; line: number; field: number }[] = [];
  const unknown: TestFacts["unknown"][number][] = [];
  for (const reader of readers) {
    const own = fields[reader.field];
    const survey = own === undefined ? undefined : surveys[own];
    if (own === undefined || survey === undefined) continue;
    const name = source.names[reader.field];
    const fail = (message: string, line: number, hint?: string) => {
      problems.push({ problem: { message, hint }, line, field: own });
    };
    const { kind, texts } = reader;
    if (reader === target && survey.missing > 0 && !dropsMissingTargets(options)) {
      const found = `${formatCount(survey.missing)} of ${countOf(rows, "row")}`;
      fail(
        `Cannot use ${found} without a target`,
        survey.firstMissingLine,
        "write drop_rows: [missing_target] to leave them out",
      );
    }
    if (kind === "number") {
      const hasPercents = table.surveys[reader.field].percents > 0;
      const first = { hasPercents, file: source.file };
      for (const { message, line, hint } of numberProblems(survey, name, first, test.line)) {
        fail(message, line, hint);
      }
    }
    if (kind !== "category" || !texts) continue;
    const others = survey.texts.counts().filter(({ name }) => texts.codeOf(name) === undefined);
    if (others.length === 0) continue;
    const [{ name: value, line }] = others;
    if (reader === target) {
      const near = nearest(value, texts.texts.slice(0, MOST_NAMES));
      fail(
        `Cannot use class ${quoted(value)}: ${source.file} has no such class`,
        line,
        near === undefined ? undefined : `if it is ${quoted(near)}, write it so in the file`,
      );
    } else {
      const cells = others.reduce((sum, { rows }) => sum + rows, 0);
      unknown.push({ column: name, cells, values: others.map(({ name }) => name) });
    }
  }
  if (problems.length > 0) {
    const places = locateCells(test, problems);
    throw new UserError(
      problems.map(({ problem }, index) => ({ ...problem, place: places[index] })),
    );
  }
  return { source: test, rows, fields, facts: { file: test.file, rows, unknown } };
}

/** For each column of the first table, the column of the second one with its name. */
function matchColumns(
  test: TableSource,
  source: TableSource,
  used: readonly number[],
): (number | undefined)[] {
  const fieldOf = new Map(test.names.map((name, field) => [name, field]));
  const known = new Set(source.names);
  const lacking = used.map((field) => source.names[field]).filter((name) => !fieldOf.has(name));
  const place = { file: test.file, line: test.line };
  const problems: Problem[] = [
    ...lacking.map((name): Problem => ({
      message: `Cannot find the column ${quoted(name)} of ${source.file}`,
      place,
      hint: suggestion(name, test.names),
    })),
    ...test.names.flatMap((name, field): Problem[] =>
      known.has(name) ? [] : [{
        message: `Unknown column ${quoted(name)}: ${source.file} has no such column`,
        place: test.place(field),
        hint: suggestion(name, source.names),
      }]
    ),
  ];
  if (problems.length > 0) throw new UserError(problems.slice(0, MOST_SHOWN));
  return source.names.map((name) => fieldOf.get(name));
}

function suggestion(name: string, names: readonly string[]): string | undefined {
  const near = nearest(name, names.slice(0, MOST_NAMES));
  return near === undefined ? undefined : `did you mean ${quoted(near)}?`;
}
