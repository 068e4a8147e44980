import { callText } from "../called_as.ts";
import { droppedRowsText } from "../experiment/init/dataset_entries.ts";
import { initExperiment } from "../experiment/init/init_experiment.ts";
import { countOf } from "../format_number.ts";
import { documentText } from "./json/document_text.ts";
import type { Invocation } from "./invocation.ts";
import { print } from "./output.ts";

/** Writes a first experiment for a table. */
export async function init({ operands: [table], options }: Invocation): Promise<number> {
  const { path, experiment, droppedRows } = await initExperiment(table, options);
  const { name, cells, seeds } = experiment;
  if (options.json) {
    const facts = { file: path, experiment: name, cells: cells.length, seeds };
    print(documentText("init", { ...facts, droppedRows }));
  }
  if (options.json || options.quiet) return 0;
  const leftOut = droppedRowsText(droppedRows);
  print([
    `${path}: ${countOf(cells.length, "cell")}, ${countOf(seeds.length, "seed")}`,
    ...leftOut === undefined ? [] : [leftOut[0].toUpperCase() + leftOut.slice(1)],
    "Read it, change what you like, and look at the plan before the sweep:",
    `  ${callText(["plan", path])}`,
    `  ${callText(["sweep", path])}`,
  ].join("\n"));
  return 0;
}
