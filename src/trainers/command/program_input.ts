import type { Dataset } from "../../dataset/dataset.ts";
import { splitRows } from "../../dataset/split_rows.ts";
import type { TrainingTask } from "../trainer.ts";
import type { ProgramTables } from "./program_tables.ts";

/** The protocol between regsweep and programs; part of every program's version. */
export const PROTOCOL = 1;

/** The dataset of a program's runs, and where its files are. */
export interface ProgramData {
  readonly dataset: Dataset;
  readonly tables: ProgramTables;
}

/**
 * What a program reads from standard input: one JSON object, as docs/trainers.md describes it.
 *
 * Rows are numbered as in their file, from 0 for the first one after the header.
 *
 * @throws {UserError} If the dataset has too few rows for the split.
 */
export function programInput(
  { config, seed, fold, split, scoresTest }: TrainingTask,
  data?: ProgramData,
): string {
  const run = { protocol: PROTOCOL, seed, ...fold !== undefined && { fold }, config };
  if (!data || !split) return `${JSON.stringify(run)}\n`;
  const { dataset, tables } = data;
  const { train, validation, test } = splitRows(dataset, split, seed, fold);
  const numbers = (rows: Int32Array) => Array.from(rows, (row) => dataset.fileRows?.[row] ?? row);
  const rows = {
    train: numbers(train),
    validation: numbers(validation),
    ...scoresTest && test.length > 0 && { test: numbers(test) },
  };
  return `${JSON.stringify({ ...run, dataset: tables, rows })}\n`;
}
