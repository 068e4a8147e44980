import { type Experiment, OPENED } from "../api/experiment.ts";
import { sweepExperiment, type SweepOptions, type SweepResult, SWEPT } from "../api/sweep.ts";
import { EVENTS, type SweepEvent } from "../api/sweep_events.ts";
import { stopwatch } from "../stopwatch.ts";
import { allowPrograms, taskWords } from "./allow_programs.ts";
import { bestSoFar } from "./best_so_far.ts";
import type { Interruption } from "./interruption.ts";
import type { Invocation } from "./invocation.ts";
import { endLine, eventLines, startLine } from "./json/sweep_lines.ts";
import { print } from "./output.ts";
import { ProgressDisplay } from "./progress_display.ts";
import { showSweepEnd } from "./show_sweep_end.ts";
import { failureList } from "./sweep_summary.ts";
import { withoutSecrets } from "./without_secrets.ts";

/** A sweep of one dataset, as the command line asks for it. */
interface OneSweep extends Pick<SweepOptions, "budgetSeconds"> {
  readonly invocation: Invocation;
  readonly signal: AbortSignal;
}

/** Sweeps one experiment, shows how it goes and how it has ended. */
export async function sweepOne(
  experiment: Experiment,
  { invocation, signal, budgetSeconds }: OneSweep,
): Promise<{ readonly exitCode: number; readonly swept: SweepResult }> {
  const { words, operands: [file], options } = invocation;
  const opened = OPENED.of(experiment);
  const { trainers, looks, search, budgetSeconds: ownBudget } = opened.experiment;
  const secondsSinceStart = stopwatch();
  if (options.json) print(startLine(opened.experiment));
  const display = new ProgressDisplay({
    // On a terminal, it would be drawn over the events.
    quiet: options.quiet || options.json && Deno.stdout.isTerminal(),
    // How many a cluster trains at once is the cluster's business.
    workers: options.launcher === "slurm" ? undefined : options.workers,
    budgetSeconds: budgetSeconds ?? ownBudget,
    best: bestSoFar(opened),
  });
  const lineOf = eventLines(secondsSinceStart);
  const onEvent = (told: SweepEvent) => {
    const event = EVENTS.of(told);
    if (options.json) print(lineOf(event));
    display.show(event);
    const failures = event.kind === "stage_ended"
      ? failureList(event.outcomes ?? [], trainers)
      : undefined;
    if (failures !== undefined) display.print(failures);
  };
  const { reports, workers, modelSpace, failFast, maxRuns } = options;
  const swept = await sweepExperiment(experiment, {
    ...{ reports, workers, budgetSeconds, modelSpace, failFast, maxRuns, signal, onEvent },
    kernels: options.kernels ?? "auto",
    runTimeoutSeconds: options.runTimeout,
    slurm: options.launcher === "slurm" ? options : undefined,
    savesModels: options.saveModels,
    command: withoutSecrets(taskWords(words, experiment.programs.length > 0)),
    startsPrograms: (programs) => allowPrograms(programs, { words, yes: options.yes }),
  }).finally(() => display.close());
  const result = SWEPT.of(swept);

  const code = await showSweepEnd(result, { file, options, looks, search });
  const { exitCode } = result.state === "interrupted"
    ? signal.reason as Interruption
    : { exitCode: code };
  if (options.json) print(endLine(result, { exitCode, seconds: secondsSinceStart() }));
  return { exitCode, swept };
}
