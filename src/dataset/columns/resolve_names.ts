import { listSome } from "../../list_words.ts";
import { nearest } from "../../nearest.ts";
import { type Place, type Problem, UserError } from "../../user_error.ts";
import { quoted } from "../quote.ts";
import { OTHER_COLUMNS, type TableOptions } from "../table_options.ts";
import type { TableSource } from "../table_source.ts";

/** How many names a mistyped one is compared with: each takes a microsecond. */
const MOST_CANDIDATES = 10_000;
/** Names that a message lists. */
const MOST_LISTED = 20;

/** Where options are written, by their keys under `dataset`; undefined if that is unknown. */
export type PlaceOfOption = (path: readonly PropertyKey[]) => Place | undefined;

/** The columns that options name, by their numbers from 0. */
export interface ResolvedNames {
  /** Absent if the options name none. */
  readonly target?: number;
  readonly group?: number;
  readonly time?: number;
  readonly part?: number;
}

/**
 * Finds the columns that options name.
 *
 * @throws {UserError} If there is no such column, or the options contradict each other; every problem
 * at once.
 */
export function resolveNames(
  source: TableSource,
  options: Omit<TableOptions, "target"> & Partial<Pick<TableOptions, "target">>,
  placeOf: PlaceOfOption = () => undefined,
): ResolvedNames {
  const { names, file } = source;
  const problems: Problem[] = [];
  const fieldOf = new Map(names.map((name, field) => [name, field]));
  const fallback = { file, line: source.line };
  const report = (path: readonly PropertyKey[], message: string, hint?: string) => {
    problems.push({ message, place: placeOf(path) ?? fallback, hint });
  };
  const find = (path: readonly PropertyKey[], name: string, what = "column") => {
    const field = fieldOf.get(name);
    if (field !== undefined) return field;
    const near = nearest(name, names.slice(0, MOST_CANDIDATES));
    report(
      path,
      `Cannot find the ${what} ${quoted(name)}: ${columnsOf(source)}`,
      near === undefined ? undefined : `did you mean ${quoted(near)}?`,
    );
    return undefined;
  };

  const { columns = {}, drop = [], keep = [] } = options;
  const target = options.target === undefined
    ? undefined
    : findTarget(source, options.target, report, find);
  for (const [name, choice] of Object.entries(columns)) {
    if (name === OTHER_COLUMNS && !fieldOf.has(name)) continue;
    const field = find(["columns", name], name);
    if (field === undefined) continue;
    if (field === target) {
      report(["columns", name], `Cannot use ${quoted(name)} as ${choice}: it is the target`);
    }
  }
  drop.forEach((name, index) => {
    const field = find(["drop", index], name);
    if (field !== undefined && field === target) {
      report(["drop", index], `Cannot drop ${quoted(name)}: it is the target`);
    } else if (keep.includes(name)) {
      report(["drop", index], `Cannot drop ${quoted(name)}: keep has it, too`);
    } else if (Object.hasOwn(columns, name) && columns[name] !== "drop") {
      report(["drop", index], `Cannot drop ${quoted(name)}: it is ${columns[name]} under columns`);
    }
  });
  keep.forEach((name, index) => {
    find(["keep", index], name);
    if (Object.hasOwn(columns, name) && columns[name] === "drop") {
      report(["keep", index], `Cannot keep ${quoted(name)}: columns drops it`);
    }
  });
  const split = Object.fromEntries(
    ([["group", "group"], ["time", "time"], ["partColumn", "part"]] as const).flatMap(
      ([option, use]) => {
        const name = options[option];
        if (name === undefined) return [];
        const path = ["split", option === "partColumn" ? "column" : option];
        const field = find(path, name);
        if (field === undefined) return [];
        if (field === target) report(path, `Cannot split by ${quoted(name)}: it is the target`);
        return [[use, field]];
      },
    ),
  );
  if (options.testPath !== undefined && options.partColumn !== undefined) {
    report(["test"], "Cannot use test: a column says which rows are test rows");
  }
  if (problems.length > 0) throw new UserError(problems);
  return { ...target !== undefined && { target }, ...split };
}

function findTarget(
  source: TableSource,
  target: string | number,
  report: (path: readonly PropertyKey[], message: string, hint?: string) => void,
  find: (path: readonly PropertyKey[], name: string, what: string) => number | undefined,
): number | undefined {
  const { names } = source;
  if (typeof target === "number") {
    const field = target < 0 ? names.length + target : target - 1;
    const named = names.indexOf(String(target));
    if (named >= 0 && named !== field) {
      const other = field >= 0 && field < names.length
        ? `or ${quoted(names[field])} for the column in that place`
        : "since there is no column in that place";
      report(
        ["target"],
        `Cannot use target ${target}: column ${named + 1} has that name`,
        `write "${target}" for it, ${other}`,
      );
      return undefined;
    }
    if (field >= 0 && field < names.length) return field;
    const range = `from 1 to ${names.length}, or from -1 for the last to -${names.length}`;
    report(["target"], `Cannot use target ${target}: columns are numbered ${range}`);
    return undefined;
  }
  const field = names.indexOf(target);
  if (field >= 0) return field;
  const value = valueInFirstRow(source, target);
  if (value === undefined) {
    const isNumber = /^-?[1-9]\d*$/.test(target) && Math.abs(Number(target)) <= names.length;
    if (!isNumber) return find(["target"], target, "target column");
    report(
      ["target"],
      `Cannot find the target column ${quoted(target)}: ${columnsOf(source)}`,
      `write target: ${target}, without quotes, for the column in that place`,
    );
    return undefined;
  }
  const numbers = value === names.length - 1 ? `${value + 1} or -1` : String(value + 1);
  report(
    ["target"],
    `Cannot use target ${
      quoted(target)
    }: it is a value in the first row, and the table has no header`,
    `write target: ${numbers} if that column is meant`,
  );
  return undefined;
}

/** The column with a text in the first record of a table without a header. */
function valueInFirstRow({ hasHeader, records }: TableSource, text: string): number | undefined {
  if (hasHeader) return undefined;
  const first = records();
  if (!first.next()) return undefined;
  for (let field = 0; field < first.count; field++) if (first.text(field) === text) return field;
  return undefined;
}

/** `the columns are "x", "y", "kind"`. */
function columnsOf({ names, hasHeader }: TableSource): string {
  if (!hasHeader) {
    return names.length === 1
      ? "the table has no header, and one column, column_1"
      : `the table has no header, so that its columns are column_1 to column_${names.length}`;
  }
  return `the columns are ${listSome(names.map(quoted), MOST_LISTED)}`;
}
