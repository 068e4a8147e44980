import { kernelsChecksum } from "../kernels/kernels_checksum.ts";
import { loadKernelsModule } from "../kernels/load_kernels.ts";
import { LocalLauncher } from "../sweep/local/local_launcher.ts";
import type { PlannedRun } from "../sweep/planned_run.ts";
import { Progress } from "../sweep/progress.ts";
import { checkFiles } from "../verify/check_files.ts";
import {
  changedCircumstances,
  circumstancesHere,
  circumstancesOf,
} from "../verify/circumstances.ts";
import { halveAgain } from "../verify/halve_again.ts";
import { passes } from "../verify/check.ts";
import { drawSample } from "../verify/draw_sample.ts";
import { planVerification, type VerificationPlan } from "../verify/plan_verification.ts";
import { readSweepFolder, type SweepFolder } from "../verify/sweep_folder.ts";
import { type Verification, verifySweep } from "../verify/verify_sweep.ts";
import type { Invocation } from "./commands.ts";
import { Interruption } from "./interruption.ts";
import type { Options } from "./options.ts";
import { print } from "./output.ts";
import { ProgressDisplay } from "./progress_display.ts";
import { stopwatch } from "../stopwatch.ts";
import { checkLines, verdictText } from "./verify_text.ts";

/** Computes a sweep's runs again, and compares them and its files with what its folder says. */
export async function verify(
  { operands: [path], options }: Invocation,
  signal: AbortSignal,
): Promise<number> {
  const secondsSinceStart = stopwatch();
  const folder = await readSweepFolder(path);
  const plan = await planVerification(folder, options.dataset);
  const { runs, files } = plan.misfit
    ? { runs: [], files: [plan.misfit, ...await checkFiles(folder, {})] }
    : await verifyOnWorkers(folder, plan, options, signal);

  const areRunsRight = runs.every(passes);
  const isRight = areRunsRight && files.every(passes);
  const lines = checkLines([...runs, ...files], options);
  if (!areRunsRight) lines.push(...await changes(folder));
  if (!isRight || !options.quiet) {
    const total = plan.stated.length + plan.strays.length;
    const { checksum = "" } = await folder.file("runs.csv") ?? {};
    const verdict = { runs, files, folder: path, total, checksum, seconds: secondsSinceStart() };
    print([...lines, "", verdictText(verdict)].join("\n"));
  }
  return isRight ? 0 : 1;
}

async function verifyOnWorkers(
  folder: SweepFolder,
  { experiment, whole, dataset, stated, strays }: VerificationPlan,
  options: Options,
  signal: AbortSignal,
): Promise<Verification> {
  const { sample = stated.length, sampleSeed, workers } = options;
  const chosen = drawSample(stated.length, sample, sampleSeed).map((index) => stated[index]);
  let progress = new Progress(experiment.metric, []);
  let seconds = stopwatch();
  const follow = (runs: readonly PlannedRun[]): Progress => {
    seconds = stopwatch();
    return progress = new Progress(experiment.metric, runs);
  };
  const display = new ProgressDisplay(
    // Which cell is best is not the question.
    () => ({ ...progress.snapshot(seconds()), best: undefined }),
    options,
  );
  try {
    const context = { kernels: await loadKernelsModule(), dataset };
    const launcher = new LocalLauncher({ workers, context });
    const launching = { signal, onProblem: (message: string) => display.print(message) };
    // Of a sample, which cells go on cannot be told.
    const halving = chosen.length < stated.length
      ? folder.halving
      : await halveAgain(whole, dataset, { ...launching, launcher, follow });
    const verification = await verifySweep({
      ...launching,
      folder,
      experiment,
      dataset,
      stated,
      chosen,
      launcher,
      halving,
      progress: follow(chosen.map(({ run }) => run)),
    });
    return { ...verification, runs: [...verification.runs, ...strays] };
  } catch (error) {
    if (error instanceof Interruption) {
      const { done, total } = progress.snapshot(seconds());
      display.print(`Stopped; ${done} of ${total} runs checked`);
    }
    throw error;
  } finally {
    display.close();
  }
}

/** Where to look for the cause of runs that differ. */
async function changes({ manifest }: SweepFolder): Promise<string[]> {
  const here = circumstancesHere(await kernelsChecksum());
  const changed = changedCircumstances(circumstancesOf(manifest), here);
  const title = "What has changed since the sweep, of what runs depend on:";
  return changed.length > 0 ? ["", title, ...changed.map((line) => `  ${line}`)] : [];
}
