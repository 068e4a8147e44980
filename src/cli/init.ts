import { commandText } from "../command_text.ts";
import { initExperiment } from "../experiment/init/init_experiment.ts";
import { countOf } from "../format_number.ts";
import type { Invocation } from "./invocation.ts";
import { print } from "./output.ts";

/** Writes an experiment to begin with for a table. */
export async function init({ operands: [table], options }: Invocation): Promise<number> {
  const { path, experiment } = await initExperiment(table, options);
  if (options.quiet) return 0;
  const { cells, seeds } = experiment;
  print([
    `${path}: ${countOf(cells.length, "cell")}, ${countOf(seeds.length, "seed")}`,
    "Read it, change what is to be changed, and look at the plan before the sweep:",
    `  ${commandText(["plan", path])}`,
    `  ${commandText(["sweep", path])}`,
  ].join("\n"));
  return 0;
}
