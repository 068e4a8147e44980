import { assertEquals, assertMatch } from "@std/assert";
import { Dice } from "../_dice.ts";
import { finish, runTask } from "../end_to_end/_task.ts";
import { readManifestIn } from "../end_to_end/_workspace.ts";
import { type Fault, TooLateError } from "./_fault.ts";
import { assertManifestFits } from "./_fault_bench.ts";
import { killIfRunning, sleep, startLiveSweep, whenOrEnded } from "./_processes.ts";

/** Kills a sweep that writes what it has all the time. */
export function liveFault(number: number): Fault {
  return {
    name: `SIGKILL while what there is is written, ${number}`,
    disturb: async (bench) => {
      const dice = new Dice("live", number);
      const task = startLiveSweep([bench.file, bench.reports]);
      const isRunning = async () => (await unfinishedIn(bench.results))?.why === "running";
      await whenOrEnded(task, isRunning);
      await sleep(500 * dice.random());
      killIfRunning(task, "SIGKILL");
      await finish(task);
      if (!await isRunning()) throw new TooLateError();
      if (!await fits(bench.results)) {
        // It was hit in the moment in which files get their names one after the other.
        throw new TooLateError();
      }
      const { code, stdout, stderr } = await runTask("verify", bench.results, "--sample", "1");
      assertEquals([code, stderr], [0, ""], stdout);
      const told = stdout.replaceAll(/\s+/g, " ");
      assertMatch(told, /The sweep is unfinished: it has .* 18 runs.*, and was running then/);
    },
  };
}

async function unfinishedIn(folder: string) {
  try {
    return (await readManifestIn(folder)).unfinished;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

async function fits(folder: string): Promise<boolean> {
  try {
    await assertManifestFits(folder);
    return true;
  } catch {
    return false;
  }
}
