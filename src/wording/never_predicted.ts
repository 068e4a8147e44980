import { countOf } from "../format_number.ts";
import { listWords } from "../list_words.ts";
import type { ConfusionRow } from "../results/run_row.ts";
import { className } from "./class_name.ts";

/** Classes that are named; with more, they are counted. */
const MOST_NAMED = 3;

/** A class of the test rows that some runs of a cell never predict. */
export interface MissedClass {
  readonly name: string;
  /** In how many runs. */
  readonly runs: number;
}

/**
 * The classes that have test rows and that some run of the selected cell never predicts.
 *
 * @param confusion Of that cell's runs.
 */
function missedClasses(confusion: readonly ConfusionRow[]): MissedClass[] {
  const missed = new Map<string, number>();
  for (const rows of Map.groupBy(confusion, ({ run }) => run).values()) {
    const predicted = new Set(rows.map((row) => row.predicted));
    for (const name of new Set(rows.map(({ actual }) => actual))) {
      if (!predicted.has(name)) missed.set(name, (missed.get(name) ?? 0) + 1);
    }
  }
  return [...missed].map(([name, runs]) => ({ name, runs }));
}

/**
 * Says which classes a cell never predicts on the test rows, so that nobody takes a high accuracy for
 * a good model; undefined if it predicts all of them.
 */
export function neverPredictedSentence(
  cell: string,
  confusion: readonly ConfusionRow[],
): string | undefined {
  const missed = missedClasses(confusion);
  if (missed.length === 0) return undefined;
  const classes = new Set(confusion.map(({ actual }) => actual)).size;
  const runs = Map.groupBy(confusion, ({ run }) => run);
  const always = missed.filter((each) => each.runs === runs.size);
  if (always.length > 0) {
    const names = always.length > MOST_NAMED
      ? `${always.length} of the ${classes} classes`
      : listWords(namesOf(always));
    return `${cell} never predicts ${names} on the test rows.`;
  }
  const incomplete = [...runs.values()].filter((rows) => missedClasses(rows).length > 0).length;
  const where = `in ${incomplete} of ${countOf(runs.size, "run")}`;
  if (missed.length === 1) {
    return `${where}, ${cell} never predicts ${className(missed[0].name)} on the test rows.`;
  }
  const names = missed.length > MOST_NAMED
    ? `${missed.length} of ${classes}`
    : listWords(namesOf(missed), "and");
  return `${where}, ${cell} never predicts some of the test rows’ classes: ${names}.`;
}

function namesOf(classes: readonly MissedClass[]): string[] {
  return classes.map(({ name }) => className(name));
}
