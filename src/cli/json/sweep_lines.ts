import type { CollectionResult } from "../../api/collection.ts";
import type { Experiment } from "../../experiment/experiment.ts";
import { replicateOf } from "../../experiment/replicates.ts";
import { metricColumn } from "../../measures/metrics.ts";
import { answerOf } from "../../report/answer_of.ts";
import { OTHER_FILES } from "../../results/result_files.ts";
import { runMeasures } from "../../results/run_measures.ts";
import type { RunEvent, Stage, SweepEvent } from "../../sweep/sweep_events.ts";
import type { SweepResult } from "../../sweep/sweep_experiment.ts";
import { jsonText } from "./json_text.ts";
import { SCHEMA_VERSION } from "./schema_version.ts";
import type { SweepLine } from "./sweep_events.ts";

const HEAD = { schemaVersion: SCHEMA_VERSION, command: "sweep" } as const;

/** The first line of `sweep --json`. */
export function startLine(
  { name, collection, file, cells, metric }: Pick<
    Experiment,
    "name" | "collection" | "file" | "cells" | "metric"
  >,
): string {
  const experiment = { experiment: name, file, cells: cells.length, metric: metricColumn(metric) };
  return lineText({ ...HEAD, event: "start", ...experiment, collection });
}

/** Gives the line of each event of a sweep, in their order, with the seconds since it began. */
export function eventLines(secondsSinceStart: () => number): (event: SweepEvent) => string {
  let stage: Stage["kind"] = "runs";
  return (event) => {
    if (event.kind === "stage_began") stage = event.stage.kind;
    return lineText(lineOf(event, { stage, seconds: rounded(secondsSinceStart()) }));
  };
}

/** The last line of `sweep --json`, unless an error ends the sweep. */
export function endLine(
  result: SweepResult,
  { exitCode, seconds }: { readonly exitCode: number; readonly seconds: number },
): string {
  const { state, counts: { total, known, trained, diverged, failed } } = result;
  const counts = { total, known, trained, diverged, failed };
  const line: SweepLine = {
    ...HEAD,
    event: "end",
    seconds: rounded(seconds),
    state,
    exitCode,
    counts,
  };
  if (result.state === "unwritten") line.reason = result.reason;
  if ("folder" in result) line.folder = result.folder;
  if ("results" in result) {
    const { manifest } = result.results;
    line.answer = manifest.answer ?? answerOf(result.results);
    const { report, manifest: kept } = OTHER_FILES;
    line.files = [...Object.keys(manifest.files), report.name, kept.name];
  }
  return lineText(line);
}

/** The line that follows those of all datasets, where an experiment has several. */
export function collectionLine(
  experiment: string,
  { state, folder, answer, datasets }: CollectionResult,
  { exitCode, seconds }: { readonly exitCode: number; readonly seconds: number },
): string {
  return lineText({
    ...HEAD,
    ...{ event: "collection", seconds: rounded(seconds), experiment, state, exitCode, folder },
    datasets: datasets.map(({ dataset, result }) => ({ dataset, state: result.state })),
    answer,
  });
}

function lineText(line: SweepLine): string {
  return jsonText(line);
}

/** To milliseconds. */
function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}

/** When something happened, and in which kind of stage. */
interface Moment {
  readonly stage: Stage["kind"];
  readonly seconds: number;
}

function lineOf(event: SweepEvent, moment: Moment): SweepLine {
  const { seconds } = moment;
  switch (event.kind) {
    case "planned":
      return { event: "planned", seconds, runs: event.runs };
    case "stage_began": {
      const ahead = event.ahead.map(({ kind, runs, isAtMost }) => ({ kind, runs, isAtMost }));
      const { stage, runs } = event;
      return { event: "stage", seconds, stage: { ...stage }, runs: runs.length, ahead };
    }
    case "stage_ended":
      return { event: "stageEnd", seconds, stage: { ...event.stage } };
    case "known":
    case "trained":
    case "failed":
      return runLine(event, moment);
    case "tasks":
      return { event: "tasks", seconds, ...event.counts };
    case "message":
      return { event: "message", seconds, text: event.text };
    case "run_message":
      return { event: "runMessage", seconds, text: event.text };
    case "written":
      return { event: "written", seconds, folder: event.folder };
  }
}

function runLine(event: RunEvent, { stage, seconds }: Moment): SweepLine {
  const { kind: state, run: { key: run, cell, task } } = event;
  const facts = { state, run, cell: cell.name, trainer: cell.trainer, ...replicateOf(task) };
  const line: SweepLine = { event: "run", seconds, stage, ...facts };
  if (event.kind === "failed") return { ...line, failure: event.failure };
  const { status, digest, trainSeconds } = event.result;
  const measures = runMeasures(event.result);
  return { ...line, status, measures, test: event.test?.measures, digest, trainSeconds };
}
