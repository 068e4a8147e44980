import { resolve } from "node:path";
import type { Dataset } from "../../dataset/dataset.ts";

/** The part of a program's input that says where its dataset is. */
export interface ProgramTables {
  /** The table's file. */
  readonly path: string;
  /** The file with the test rows, if they are in one of their own. */
  readonly test?: string;
  /** The name of the column to predict. */
  readonly target: string;
}

/** Says where a dataset is. */
export function programTables({ file, facts }: Pick<Dataset, "file" | "facts">): ProgramTables {
  const { test, columns, choices } = facts;
  return {
    path: resolve(file),
    ...test && { test: resolve(test.file) },
    target: columns.find(({ use }) => use === "target")?.name ?? String(choices.target),
  };
}
