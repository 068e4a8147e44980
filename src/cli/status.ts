import { openExperiment } from "../experiment/open_experiment.ts";
import { oneLine } from "../one_line.ts";
import { sweepStatus } from "../sweep/slurm/sweep_status.ts";
import { sweepFolders } from "../sweep/sweep_folders.ts";
import { documentText } from "./json/document_text.ts";
import type { Invocation } from "./invocation.ts";
import { print, printAside, printLines } from "./output.ts";
import { markedLine, statusText } from "./status_text.ts";

/** Shows the state of an experiment's runs on a cluster; changes nothing. */
export async function status({ operands: [file], options }: Invocation): Promise<number> {
  const opened = await openExperiment(file, options);
  const { experiment } = opened;
  const folders = sweepFolders(options.reports, experiment.name);
  const found = await sweepStatus(opened, {
    folders,
    onProblem: (text) => printAside(oneLine(text)),
  });
  if (options.json) print(documentText("status", { experiment: experiment.name, ...found }));
  else printLines(statusText(experiment.name, found).split("\n").map(markedLine));
  return 0;
}
