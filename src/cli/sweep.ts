import { readCollection, sweepEach } from "../api/collection.ts";
import { type Experiment, OPENED, readExperiment } from "../api/experiment.ts";
import { sweepExperiment, type SweepOptions, type SweepResult, SWEPT } from "../api/sweep.ts";
import { EVENTS, type SweepEvent } from "../api/sweep_events.ts";
import { stopwatch } from "../stopwatch.ts";
import { UserError } from "../user_error.ts";
import { allowPrograms, taskWords } from "./allow_programs.ts";
import { bestSoFar } from "./best_so_far.ts";
import type { Interruption } from "./interruption.ts";
import type { Invocation } from "./invocation.ts";
import { collectionLine, endLine, eventLines, startLine } from "./json/sweep_lines.ts";
import { OPTIONS, type Options, SLURM_OPTIONS } from "./options.ts";
import { print, printLines } from "./output.ts";
import { ProgressDisplay } from "./progress_display.ts";
import { showCollectionEnd } from "./show_collection_end.ts";
import { showSweepEnd } from "./show_sweep_end.ts";
import { failureList } from "./sweep_summary.ts";
import { withoutSecrets } from "./without_secrets.ts";

/** Trains an experiment's missing runs and writes its files, on each of its datasets. */
export async function sweep(invocation: Invocation, signal: AbortSignal): Promise<number> {
  const { operands: [file], options } = invocation;
  refuseSlurmOptions(options);
  const collection = await readCollection(file, options);
  if (!collection) {
    const { exitCode, swept } = await sweepOne(await readExperiment(file, options), {
      ...{ invocation, signal, budgetSeconds: options.budgetSeconds },
    });
    if (!options.json && swept.state === "interrupted") throw signal.reason;
    return exitCode;
  }
  const secondsSinceStart = stopwatch();
  const { experiments } = collection;
  let exitCode = 0;
  const { reports, budgetSeconds } = options;
  const result = await sweepEach(
    collection,
    { reports, budgetSeconds, signal },
    async (experiment, { budgetSeconds }) => {
      if (!options.quiet && !options.json) {
        const place = `${experiments.indexOf(experiment) + 1} of ${experiments.length}`;
        const text = `${experiment.name} (${place})`;
        printLines([{ text, marked: { text: experiment.name } }]);
      }
      const one = await sweepOne(experiment, { invocation, signal, budgetSeconds });
      exitCode ||= one.exitCode;
      return one.swept;
    },
  );
  if (options.json) {
    print(collectionLine(collection.name, result, { exitCode, seconds: secondsSinceStart() }));
  } else if (result.state === "interrupted") throw signal.reason;
  await showCollectionEnd(result, options);
  return exitCode;
}

/** A sweep of one dataset, as the command line asks for it. */
interface OneSweep extends Pick<SweepOptions, "budgetSeconds"> {
  readonly invocation: Invocation;
  readonly signal: AbortSignal;
}

/** Sweeps one experiment, shows how it goes and how it has ended. */
async function sweepOne(
  experiment: Experiment,
  { invocation, signal, budgetSeconds }: OneSweep,
): Promise<{ readonly exitCode: number; readonly swept: SweepResult }> {
  const { words, operands: [file], options } = invocation;
  const opened = OPENED.of(experiment);
  const { trainers, looks, budgetSeconds: ownBudget } = opened.experiment;
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

  const code = await showSweepEnd(result, { file, options, looks });
  const { exitCode } = result.state === "interrupted"
    ? signal.reason as Interruption
    : { exitCode: code };
  if (options.json) print(endLine(result, { exitCode, seconds: secondsSinceStart() }));
  return { exitCode, swept };
}

/** @throws {UserError} If there are options that would have no effect. */
function refuseSlurmOptions(options: Options): void {
  if (options.launcher === "slurm") {
    if (options.runTimeout === undefined) return;
    throw new UserError("Cannot use --run-timeout with --launcher slurm (--time limits its tasks)");
  }
  const given = SLURM_OPTIONS.filter((key) => options[key] !== undefined && options[key] !== false);
  if (given.length === 0) return;
  const names = given.map((key) => `--${OPTIONS[key].name}`).join(" and ");
  throw new UserError(`Cannot use ${names} without --launcher slurm`);
}
