import type { Problem } from "../../user_error.ts";
import { locateCells } from "./locate_cells.ts";
import type { ToldTable } from "./tell_columns.ts";

/** Problems of columns that are shown. */
const MOST_SHOWN = 20;
/** What is wrong with a table's columns: one problem for each. */
export function columnProblems(
  { source, options: { columns = {} }, decisions, placeOf }: ToldTable,
): Problem[] {
  const found = decisions.flatMap((decision, field) => {
    return decision?.problem ? [{ problem: decision.problem, field }] : [];
  });
  if (found.length === 0) return [];
  const shown = found.slice(0, MOST_SHOWN);
  const places = locateCells(
    source,
    shown.map(({ problem, field }) => {
      return { line: problem.line ?? source.line, field };
    }),
  );
  const problems = shown.map(({ problem: { message, hint, line }, field }, index): Problem => {
    const name = source.names[field];
    const option = Object.hasOwn(columns, name) ? placeOf?.(["columns", name]) : undefined;
    return {
      message,
      hint,
      place: line === undefined ? option ?? source.place(field) : places[index],
    };
  });
  const more = found.length - shown.length;
  const rest = `And ${more} more ${more === 1 ? "column" : "columns"}`;
  return [
    ...problems,
    ...more > 0 ? [{ message: rest, place: { file: source.file } }] : [],
  ];
}
