import { fail } from "@std/assert";
import type { OpenedOnDataset } from "../../src/experiment/open_experiment.ts";
import type { LaunchedRun, Launcher } from "../../src/sweep/launcher.ts";
import type { PlannedRun } from "../../src/sweep/planned_run.ts";
import type { SweepEvent } from "../../src/sweep/sweep_events.ts";
import type { SweepOptions } from "../../src/sweep/sweep_experiment.ts";
import { openOnDataset } from "../_on_dataset.ts";
import { runResult } from "./_run_result.ts";

/** Cells of some penalties with two seeds, on a dataset of two classes. */
function experimentOf(
  { penalties = "[0, 0.1]", seeds = "2", steps = 8, more = "" }: ExperimentLines,
): string {
  return `name: small
dataset: { path: small.csv, target: y }
fixed: { steps: ${steps}, evaluate_every: 2 }
grid: { l2_penalty: ${penalties} }
seeds: ${seeds}
${more}`;
}

/** What to write into an experiment. */
export interface ExperimentLines {
  readonly penalties?: string;
  readonly seeds?: string;
  readonly steps?: number;
  readonly more?: string;
}

export interface SmallExperiment extends OpenedOnDataset {
  /** The folder of results and store. */
  readonly reports: string;
}

/** Writes a small experiment and its dataset into a folder of its own. */
export async function withSmallExperiment(
  use: (small: SmallExperiment) => Promise<void>,
  lines: ExperimentLines = {},
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const rows = Array.from({ length: 40 }, (_, row) => `${row},${(row * 7) % 11},${row % 2}`);
    await Deno.writeTextFile(`${folder}/small.csv`, ["a,b,y", ...rows].join("\n") + "\n");
    const file = `${folder}/small.yaml`;
    await Deno.writeTextFile(file, experimentOf(lines));
    const opened = await openOnDataset(file);
    const reports = `${folder}/reports`;
    await use({ ...opened, reports });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Options to sweep it with a launcher; events are added to `events`. */
export function sweepOptions(
  { reports }: SmallExperiment,
  { launcher, events = [], ...options }:
    & { launcher: Launcher; events?: SweepEvent[] }
    & Partial<SweepOptions>,
): SweepOptions {
  return {
    reports,
    workers: 1,
    signal: new AbortController().signal,
    onEvent: (event) => {
      if (event.kind === "message") fail(event.text);
      events.push(event);
    },
    launcher,
    ...options,
  };
}

/** A result and, where the task asks for it, a score; those of a run are always the same. */
export function succeed(run: PlannedRun): LaunchedRun {
  const { seed, config, scoresTest } = run.task;
  const accuracy = Number(config.l2_penalty) > 0 ? 0.75 : 0.5;
  const result = { ...runResult(seed, accuracy), digest: run.key };
  const test = { measures: { loss: 1, accuracy }, confusion: [4, 0, 0, 4], units: [] };
  return { run, result, test: scoresTest ? test : undefined };
}

/** The same, but the penalty is shown to be better: two equal differences decide nothing. */
export function succeedClearly(run: PlannedRun): LaunchedRun {
  const launched = succeed(run);
  const { seed, config } = run.task;
  if (seed === 1 || !(Number(config.l2_penalty) > 0)) return launched;
  const result = { ...runResult(seed, 0.751), digest: run.key };
  return { run, result, test: launched.test };
}

/**
 * Events in short: their kinds, with what distinguishes them. Runs that follow each other are sorted,
 * because their records are written at the same time.
 */
export function shortly(events: readonly SweepEvent[]): string[] {
  const lines = events.map(shortLine);
  const isRun = (line: string) => /^(known|trained|failed) /.test(line);
  for (let start = 0; start < lines.length; start++) {
    let end = start;
    while (end < lines.length && isRun(lines[end])) end++;
    lines.splice(start, end - start, ...lines.slice(start, end).sort());
    start = end;
  }
  return lines;
}

function shortLine(event: SweepEvent): string {
  switch (event.kind) {
    case "planned":
      return `planned ${event.runs}`;
    case "stage_began":
      return `began ${event.stage.kind} of ${event.runs.length}`;
    case "stage_ended":
      return `ended ${event.stage.kind}`;
    case "known":
    case "trained":
    case "failed":
      return `${event.kind} ${event.run.cell.name} ${event.run.task.seed}`;
    default:
      return event.kind;
  }
}
