import type { CellTable, Field, TableColumn } from "./cell_table.ts";
import type { HyperparameterValue } from "../../trainers/hyperparameter.ts";
import { toShown } from "../estimate.ts";

/** What the page knows of a row's cell beside the table. */
interface RowCell {
  readonly name: string;
  readonly csvName: string;
  readonly values: Readonly<Record<string, HyperparameterValue>>;
}

/**
 * A table as the page's data has it, small: results without digits that nobody reads, and no names
 * and hyperparameters, which `withCells()` adds from the cells.
 */
export function pageTable({ columns, ...table }: CellTable): CellTable {
  return {
    ...table,
    columns: columns.map((column): TableColumn => {
      const { group, fields, interval } = column;
      if (group === "name" || group === "swept") return { ...column, fields: [] };
      return {
        ...column,
        fields: fields.map(shortened),
        ...interval && {
          interval: {
            ...interval,
            low: interval.low.map(shortened),
            high: interval.high.map(shortened),
          },
        },
      };
    }),
  };
}

/** The table that `pageTable()` was given, but for the digits. */
export function withCells({ columns, ...table }: CellTable, cells: readonly RowCell[]): CellTable {
  const fieldOf = ({ name, group }: TableColumn, index: number) => (cell: RowCell): Field => {
    if (group === "name") return index === 0 ? cell.name : cell.csvName;
    const value = cell.values[name];
    return value === "" ? null : value;
  };
  return {
    ...table,
    columns: columns.map((column, index) =>
      column.group === "name" || column.group === "swept"
        ? { ...column, fields: cells.map(fieldOf(column, index)) }
        : column
    ),
  };
}

function shortened<Value extends Field>(value: Value): Value {
  return (typeof value === "number" ? toShown(value) : value) as Value;
}
