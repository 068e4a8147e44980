import { writeFirstExperiment } from "../api/first_experiment.ts";
import { callText } from "../called_as.ts";
import { droppedRowsText } from "../experiment/init/dataset_entries.ts";
import { countOf } from "../format_number.ts";
import { documentText } from "./json/document_text.ts";
import type { Invocation } from "./invocation.ts";
import { print } from "./output.ts";

/** Writes a first experiment for a table. */
export async function init({ operands: [table], options }: Invocation): Promise<number> {
  const { path, name, cells, seeds, droppedRows } = await writeFirstExperiment(table, options);
  if (options.json) {
    const facts = { file: path, experiment: name, cells, seeds };
    print(documentText("init", { ...facts, droppedRows }));
  }
  if (options.json || options.quiet) return 0;
  const leftOut = droppedRowsText(droppedRows);
  print([
    `${path}: ${countOf(cells, "cell")}, ${countOf(seeds.length, "seed")}`,
    ...leftOut === undefined ? [] : [leftOut[0].toUpperCase() + leftOut.slice(1)],
    "Read it, change what you like, and look at the plan before the sweep:",
    `  ${callText(["plan", path])}`,
    `  ${callText(["sweep", path])}`,
  ].join("\n"));
  return 0;
}
