import { readCellTable } from "../report/table/read_cell_table.ts";
import { unfinishedSentence } from "../wording/unfinished_sentence.ts";
import type { Invocation } from "./invocation.ts";
import { print, printAside } from "./output.ts";
import { tableText } from "./table_text.ts";

/** Prints a sweep's table of cells: for a terminal, a paper or a program. */
export async function table({ operands: [folder], options }: Invocation): Promise<number> {
  const sweep = await readCellTable(folder);
  print(tableText(sweep, { ...options, format: options.json ? "json" : options.format }).trimEnd());
  const unfinished = unfinishedSentence(sweep.manifest);
  if (unfinished !== undefined) printAside(unfinished);
  return 0;
}
