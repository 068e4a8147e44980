import { countOf, formatCount } from "../../format_number.ts";
import { listSome } from "../../list_words.ts";
import { nearest } from "../../nearest.ts";
import { type Problem, UserError } from "../../user_error.ts";
import type { LearnedTable } from "../learned_table.ts";
import { quoted } from "../quote.ts";
import type { TableSource } from "../table_source.ts";

/** Problems that are shown. */
const MOST_SHOWN = 20;
/** How many names a mistyped one is compared with: each takes a microsecond. */
const MOST_CANDIDATES = 10_000;

/** Where a new table has the columns of the one that a model learned from. */
export interface MatchedColumns {
  /** By the learned table's column; undefined if there is none. */
  readonly fields: readonly (number | undefined)[];
  /** Names of columns that the learned table does not have. */
  readonly ignored: readonly string[];
}

/** The columns that a model needs. */
export function neededColumns({ columns }: LearnedTable): string[] {
  return columns.filter(({ use }) => use === "feature").map(({ name }) => name);
}

/**
 * Matches columns by name, in any order. Only those that the model needs have to be there.
 *
 * @throws {UserError} If one of them is missing: all that are, each with the nearest name.
 */
export function matchByName(source: TableSource, learned: LearnedTable): MatchedColumns {
  const { names, file, line } = source;
  const fieldOf = new Map(names.map((name, field) => [name, field]));
  const lacking = neededColumns(learned).filter((name) => !fieldOf.has(name));
  const known = new Set(learned.columns.map(({ name }) => name));
  const ignored = names.filter((name) => !known.has(name));
  if (lacking.length > 0) {
    const place = { file, line };
    const candidates = ignored.slice(0, MOST_CANDIDATES);
    const problems = lacking.slice(0, MOST_SHOWN).map((name): Problem => {
      const near = nearest(name, candidates);
      // Of several that are missing, a name is offered to the one that it is nearest to.
      const isIt = near !== undefined && nearest(near, lacking.slice(0, MOST_CANDIDATES)) === name;
      return {
        message: `Cannot find the column ${quoted(name)}, which the model needs`,
        place,
        hint: isIt ? `${quoted(near)} has the nearest name; rename it if it is the one` : undefined,
      };
    });
    const more = lacking.slice(MOST_SHOWN);
    const rest = `And ${countOf(more.length, "more column")}: ${
      listSome(more.map(quoted), MOST_SHOWN)
    }`;
    throw new UserError([...problems, ...more.length > 0 ? [{ message: rest, place }] : []]);
  }
  return { fields: learned.columns.map(({ name }) => fieldOf.get(name)), ignored };
}

/**
 * Matches columns of a table without a header by their places. It has as many columns as the learned
 * table, or all but the target.
 *
 * @throws {UserError} If it has another number of columns.
 */
export function matchByPlace(source: TableSource, { columns }: LearnedTable): MatchedColumns {
  const count = source.names.length;
  const target = columns.findIndex(({ use }) => use === "target");
  const [all, withoutTarget] = [columns.length, columns.length - 1];
  if (count !== all && count !== withoutTarget) {
    throw new UserError({
      message: `Cannot use a table of ${countOf(count, "column")} without a header: ` +
        `the model's table has ${formatCount(all)}, or ${formatCount(withoutTarget)} ` +
        "without the target",
      place: { file: source.file, line: source.line },
      hint: "name the columns in the first line",
    });
  }
  const fields = columns.map((_, field) => {
    if (count === all || field < target) return field;
    return field === target ? undefined : field - 1;
  });
  return { fields, ignored: [] };
}
