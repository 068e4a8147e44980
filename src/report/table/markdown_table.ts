import { type TableView, textAt, type TextColumn, textColumns } from "./text_columns.ts";

/** A table in Markdown, as GitHub and Pandoc read it; `note` is a paragraph under it. */
export function markdownTable(view: TableView, note?: string): string {
  const columns = textColumns(view);
  const line = (of: (column: TextColumn) => string) => `| ${columns.map(of).join(" | ")} |`;
  return [
    line(({ heading }) => escaped(heading)),
    line(({ isText }) => isText ? ":--" : "--:"),
    ...view.rows.map((_, row) => line((column) => escaped(textAt(column, row)))),
    ...note === undefined ? [] : ["", escaped(note)],
  ].join("\n") + "\n";
}

/** Text that Markdown shows as it is, in one line. */
function escaped(text: string): string {
  return text
    .replace(/[\\`*_~|<>[\]&#$]/g, "\\$&")
    .replace(/[\r\n\u2028\u2029]+/g, " ")
    .trim();
}
