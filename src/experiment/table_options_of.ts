import type { z } from "zod";
import type { TableOptions } from "../dataset/table_options.ts";
import type { datasetSchema } from "./schema/dataset_schema.ts";

/** What an experiment's `dataset:` block says of how its table is read and used. */
export function tableOptionsOf(
  dataset: z.output<ReturnType<typeof datasetSchema>>,
): TableOptions {
  const { target, task, columns, drop, keep, missing, drop_rows: dropRows } = dataset;
  const { separator, header, decimal, encoding, comment, skip_rows: skipRows } = dataset;
  const { group, time, column: partColumn } = dataset.split ?? {};
  // The other ways to treat missing cells are a run's own.
  const dropsGaps = dataset.impute === "drop_rows" || undefined;
  const options = {
    ...{ separator, header, decimal, encoding, comment, skipRows },
    ...{ task, columns, drop, keep, missing, dropRows, dropsGaps },
    ...{ group, time, partColumn },
  };
  const written = Object.entries(options).filter(([, value]) => value !== undefined);
  return { target, ...Object.fromEntries(written) };
}
