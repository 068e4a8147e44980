import { type CellTable, readTable } from "../api/table.ts";
import { documentText } from "./json/document_text.ts";
import type { Invocation } from "./invocation.ts";
import type { Options } from "./options.ts";
import { print, printAside } from "./output.ts";

/** Prints a sweep's table of cells, or of its datasets: for a terminal, a paper or a program. */
export async function table({ operands: [folder], options }: Invocation): Promise<number> {
  const read = await readTable(folder);
  const format = options.json ? "json" : options.format;
  const text = format === "json" ? tableJson(read, options) : read.text(format, options);
  print(text.trimEnd());
  if (read.unfinished !== undefined) printAside(read.unfinished);
  return 0;
}

function tableJson(table: CellTable, options: Options): string {
  const { experiment, state, metric, largerIsBetter, baseline } = table;
  const better = largerIsBetter ? "larger" : "smaller";
  const rows = table.rows(options);
  const head = { experiment, state, metric, better, baseline } as const;
  return table.of === "cells"
    ? documentText("table", { ...head, cells: rows })
    : documentText("table", { ...head, datasets: rows });
}
