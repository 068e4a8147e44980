import type { Task } from "../measures/measure.ts";
import { type Problem, UserError } from "../user_error.ts";
import { checkClassSizes, checkTarget } from "./columns/check_target.ts";
import { columnProblems } from "./columns/column_problems.ts";
import { noFeatures } from "./columns/read_columns.ts";
import { type FoundColumns, foundColumns } from "./columns/table_facts_of.ts";
import { type OpenOptions, tellColumns, type ToldTable } from "./columns/tell_columns.ts";
import { openSource } from "./open_source.ts";
import type { ValueCount } from "./table_facts.ts";

/** What a table is, for people: also where a sweep would refuse it. */
export interface Inspection extends FoundColumns {
  /** Rows of the file. */
  readonly rows: number;
  readonly pictureSide?: number;
  /** What the target holds; absent if none is named, or that is not clear. */
  readonly task?: Task;
  /** The target's classes with their rows; empty if it has none. */
  readonly classes: readonly ValueCount[];
  /** Why a sweep would refuse the table; empty if it would not. */
  readonly problems: readonly Problem[];
}

/**
 * Finds out what a table holds, without an experiment.
 *
 * @param file Its name in messages.
 * @throws {UserError} If it cannot be read as a table, or has no such target.
 */
export async function inspectTable(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
  options: OpenOptions = {},
): Promise<Inspection> {
  const table = tellColumns(await openSource(bytes, file, options), options);
  const { rows, pictureSide } = table;
  const { task, classes, problems } = inspectTarget(table);
  return {
    rows,
    ...foundColumns(table, task),
    ...pictureSide !== undefined && { pictureSide },
    ...task !== undefined && { task },
    classes,
    problems: [...columnProblems(table), ...problems, ...featureProblems(table)],
  };
}

/** That no column is left to predict the target from. */
function featureProblems(table: ToldTable): readonly Problem[] {
  const { decisions, resolved: { target } } = table;
  const isLeft = decisions.some((decision) => decision?.kind || decision?.problem);
  return target === undefined || isLeft ? [] : noFeatures(table).problems;
}

function inspectTarget(
  { source, surveys, resolved: { target: field }, options }: ToldTable,
): Pick<Inspection, "task" | "classes" | "problems"> {
  if (field === undefined) return { classes: [], problems: [] };
  const problems: Problem[] = [];
  const collect = <T>(check: () => T): T | undefined => {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(...error.problems);
      return undefined;
    }
  };
  const target = { source, field, surveys };
  // Missing targets may be what is wrong: look at the rest without them.
  const checked = collect(() => checkTarget({ ...target, options })) ??
    collect(() => checkTarget({ ...target, options: { ...options, dropsGaps: true } }));
  const entries = checked?.classes?.entries ?? [];
  if (checked?.classes) {
    const { classes } = checked;
    collect(() => checkClassSizes(target, classes, entries.map(({ rows }) => rows)));
  }
  const messages = new Set<string>();
  return {
    ...checked && { task: checked.task },
    classes: entries.map(({ name, rows }) => ({ name, rows })),
    problems: problems.filter(({ message }) => {
      return !messages.has(message) && messages.add(message);
    }),
  };
}
