import type { ColumnSurvey } from "./column_survey.ts";
import { oddPercentLine, percentsIn, wordsIn } from "./decide_columns.ts";
import { quoted } from "../quote.ts";

/** Why cells cannot be used, with a line that shows it. */
export interface CellProblem {
  readonly message: string;
  readonly line: number;
  readonly hint?: string;
}

/**
 * Says why a column of numbers cannot be read as that of another table is, where several reasons apply
 * all of them.
 *
 * @param first.hasPercents Whether the other table's numbers have percent signs.
 * @param first.file The other table's name in messages.
 * @param line Of the table's header.
 */
export function numberProblems(
  survey: ColumnSurvey,
  name: string,
  first: { readonly hasPercents: boolean; readonly file: string },
  line: number,
): CellProblem[] {
  const problems: CellProblem[] = [];
  if (survey.words > 0) {
    problems.push({
      message: `Cannot use column ${quoted(name)} as number, as in ${first.file}: ${
        wordsIn(survey)
      }`,
      line: survey.firstWordLine,
    });
  }
  const has = (percents: boolean) => percents ? "percent signs" : "no percent signs";
  const hasPercents = survey.percents > 0;
  if (first.hasPercents !== hasPercents && survey.numbers > 0) {
    const [own, others] = [has(hasPercents), has(first.hasPercents)];
    problems.push({
      message: `Cannot use column ${
        quoted(name)
      }: it has ${own} here, and ${others} in ${first.file}`,
      line: survey.firstPercentLine || survey.firstPlainLine || line,
      hint: "write its numbers one way in both files",
    });
  } else if (survey.mixesPercents) {
    problems.push({
      message: `Cannot use column ${quoted(name)} as number: ${percentsIn(survey)}`,
      line: oddPercentLine(survey),
      hint: "write all of them one way in the file",
    });
  }
  return problems;
}
