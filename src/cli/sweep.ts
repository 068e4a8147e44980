import { readCollection, sweepEach } from "../api/collection.ts";
import { readExperiment } from "../api/experiment.ts";
import { stopwatch } from "../stopwatch.ts";
import { UserError } from "../user_error.ts";
import type { Invocation } from "./invocation.ts";
import { collectionLine } from "./json/sweep_lines.ts";
import { OPTIONS, type Options, SLURM_OPTIONS } from "./options.ts";
import { print, printLines } from "./output.ts";
import { showCollectionEnd } from "./show_collection_end.ts";
import { sweepOne } from "./sweep_one.ts";

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
