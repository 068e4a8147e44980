import { joinLines, oneLine } from "../../one_line.ts";
import { type TableView, textAt, textColumns } from "./text_columns.ts";

/** A table for a terminal: words start at the left, numbers end at the right. */
export function plainTable(view: TableView): string {
  const columns = textColumns(view).map((column) => {
    const { heading, isText } = column;
    const lines = [heading, ...view.rows.map((_, row) => textAt(column, row))].map(oneLine);
    const width = Math.max(...lines.map((line) => line.length));
    return lines.map((line) => isText ? line.padEnd(width) : line.padStart(width));
  });
  const lines = ["", ...view.rows].map((_, line) =>
    columns.map((texts) => texts[line]).join("  ").trimEnd()
  );
  return joinLines(lines);
}
