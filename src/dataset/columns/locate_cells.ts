import type { Place } from "../../user_error.ts";
import type { TableSource } from "../table_source.ts";

/** A cell by its column and the line where its record starts. */
export interface Cell {
  readonly line: number;
  readonly field: number;
}

/** Finds the places of cells in one pass over a table; a cell that is not there has no column. */
export function locateCells(source: TableSource, cells: readonly Cell[]): Place[] {
  const { file } = source;
  const places: Place[] = cells.map(({ line }) => ({ file, line }));
  const last = cells.reduce((last, { line }) => Math.max(last, line), 0);
  const byLine = Map.groupBy(cells.keys(), (index) => cells[index].line);
  const records = source.records();
  while (records.line < last && records.next()) {
    for (const index of byLine.get(records.line) ?? []) {
      places[index] = records.place(file, cells[index].field);
    }
  }
  return places;
}
