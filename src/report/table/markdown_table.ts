import { markdownText } from "../markdown_text.ts";
import { type TableView, textAt, type TextColumn, textColumns } from "./text_columns.ts";

/** A table in Markdown, as GitHub and Pandoc read it; `note` is a paragraph under it. */
export function markdownTable(view: TableView, note?: string): string {
  const columns = textColumns(view);
  const line = (of: (column: TextColumn) => string) => `| ${columns.map(of).join(" | ")} |`;
  return [
    line(({ heading }) => markdownText(heading)),
    line(({ isText }) => isText ? ":--" : "--:"),
    ...view.rows.map((_, row) => line((column) => markdownText(textAt(column, row)))),
    ...note === undefined ? [] : ["", markdownText(note)],
  ].join("\n") + "\n";
}
