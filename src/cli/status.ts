import { clusterStatus } from "../api/cluster.ts";
import { readExperiment } from "../api/experiment.ts";
import { oneLine } from "../one_line.ts";
import { documentText } from "./json/document_text.ts";
import type { Invocation } from "./invocation.ts";
import { print, printAside, printLines } from "./output.ts";
import { markedLine, statusText } from "./status_text.ts";

/** Shows the state of an experiment's runs on a cluster; changes nothing. */
export async function status({ operands: [file], options }: Invocation): Promise<number> {
  const experiment = await readExperiment(file, options);
  const found = await clusterStatus(experiment, {
    reports: options.reports,
    onMessage: (text) => printAside(oneLine(text)),
  });
  if (options.json) print(documentText("status", { experiment: experiment.name, ...found }));
  else printLines(statusText(experiment.name, found).split("\n").map(markedLine));
  return 0;
}
