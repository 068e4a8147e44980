import { assertEquals } from "@std/assert";
import { assertSameFiles } from "../end_to_end/_assert_same_files.ts";
import { finish } from "../end_to_end/_task.ts";
import { readCsvFiles } from "../end_to_end/_workspace.ts";
import type { Fault } from "./_fault.ts";
import { countsOf, FaultBench } from "./_fault_bench.ts";
import { killIfRunning, sleep, startSweep, whenOrEnded } from "./_processes.ts";

const LIMIT_SECONDS = 5;
/** Runs long enough to be seen by the watch for runs that hang. */
const EXPERIMENT = `
fixed: { hidden: [32, 32], steps: 6000, evaluate_every: 3000 }
grid: { l1_penalty: [0, 0.001] }
seeds: 2
`;

/** A sweep that is suspended, as with a laptop's lid, for longer than a run may take. */
export const SUSPENSION_FAULT: Fault = {
  name: "a sweep suspended for longer than a run may take",
  disturb: async (bench) => {
    const file = await bench.workspace.experiment(EXPERIMENT, "long");
    const { keys, texts } = await FaultBench.sweepUndisturbed(bench.workspace, file);
    const limit = ["--run-timeout", String(LIMIT_SECONDS)];
    const task = startSweep([file, "--reports", bench.reports, ...limit]);
    await whenOrEnded(task, async () => (await bench.records()).size > 0);
    // After the watch has looked once more, for runs that have just begun.
    await sleep(250);
    killIfRunning(task, "SIGSTOP");
    await sleep(1000 * (LIMIT_SECONDS + 1));
    killIfRunning(task, "SIGCONT");
    const { trained } = countsOf(await finish(task));
    assertEquals(trained, keys.size);
    assertSameFiles(await readCsvFiles(bench.resultsOf("long")), texts);
  },
};
