import { inertText } from "../../results/inert_text.ts";
import { formatValue } from "../../trainers/format_value.ts";
import type { Field, TableColumn } from "./cell_table.ts";
import type { TableView } from "./text_columns.ts";

/** Fields under one name, one per row of the table. */
type NamedFields = readonly [name: string, fields: readonly Field[]];

/** A column's fields and the two ends of its intervals, as programs read them. */
function namedFields({ name, fields, interval }: TableColumn): NamedFields[] {
  if (!interval) return [[name, fields]];
  const [low, high] = interval.names;
  return [[name, fields], [low, interval.low], [high, interval.high]];
}

/** Rows for programs: an object each, null where there is no value. */
export function dataRows({ columns, rows }: TableView): Record<string, Field>[] {
  const named = columns.flatMap(namedFields);
  return rows.map((row) => Object.fromEntries(named.map(([name, fields]) => [name, fields[row]])));
}

/**
 * A table as CSV: numbers in their shortest form, nothing where there is no value, lines ending with
 * LF. Like the result files, it has a `'` before texts that a spreadsheet would compute.
 */
export function csvTable({ columns, rows }: TableView): string {
  const named = columns.flatMap(namedFields);
  const lines = [
    named.map(([name]) => name),
    ...rows.map((row) =>
      named.map(([, fields]) => {
        const field = fields[row];
        if (field === null) return "";
        return typeof field === "number" ? String(field) : inertText(formatValue(field));
      })
    ),
  ];
  return lines.map((texts) => `${texts.map(quoted).join(",")}\n`).join("");
}

function quoted(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
