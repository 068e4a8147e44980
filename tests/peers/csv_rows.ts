import { parse } from "@std/csv";

/** The lines of a table in CSV, each as its fields by their columns. */
export function csvRows(text: string): readonly Readonly<Record<string, string>>[] {
  const [header, ...lines] = parse(text);
  return lines.map((fields) =>
    Object.fromEntries(header.map((column, place) => [column, fields[place]]))
  );
}
