import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { Dice } from "../_dice.ts";
import { pathsIn } from "../_paths_in.ts";
import { assertSameFiles } from "../end_to_end/_assert_same_files.ts";
import { finish } from "../end_to_end/_task.ts";
import { readCsvFiles } from "../end_to_end/_workspace.ts";
import type { Fault } from "./_fault.ts";
import {
  assertNoTrace,
  countNotKeptMessages,
  countsOf,
  FaultBench,
  type Undisturbed,
} from "./_fault_bench.ts";
import { mount, withMount } from "./_mounts.ts";
import { killIfRunning, sleep, startSweep } from "./_processes.ts";

/** Runs that share steps and are long enough for their states and models to be kept. */
const SHARING = `
fixed: { hidden: [192, 192], batch_size: 30, evaluate_every: 50, prune_period: 100 }
grid: { steps: [900, 1200], prune_threshold: [0, 0.1], early_stopping: [none, 8] }
seeds: 2
`;

/** Room for some of their states and models, which are some 0.3 MiB each. */
const SMALL_SPACE = ["--model-space", "2MiB"];

interface Sharing {
  readonly file: string;
  readonly undisturbed: Undisturbed;
  start(...args: string[]): Deno.ChildProcess;
  /** Sweeps to the end, which must be that of an undisturbed sweep; gives what it says. */
  finishOff(): Promise<string>;
}

/** What every sweep of it has to come to; only its texts, keys and seconds outlast a workspace. */
let undisturbedSharing: Promise<Undisturbed> | undefined;

/** An experiment beside the bench's that is swept into the same reports folder. */
async function sharingOn(bench: FaultBench): Promise<Sharing> {
  const file = await bench.workspace.experiment(SHARING, "sharing");
  undisturbedSharing ??= FaultBench.sweepUndisturbed(bench.workspace, file);
  const undisturbed = await undisturbedSharing;
  const start = (...args: string[]) => startSweep([file, "--reports", bench.reports, ...args]);
  return {
    ...{ file, undisturbed, start },
    async finishOff() {
      const before = (await bench.records()).keys().filter((key) => undisturbed.keys.has(key));
      const known = [...before].length;
      const finished = await finish(start(...SMALL_SPACE));
      const counts = countsOf(finished);
      assertEquals(counts.known + counts.trained, undisturbed.keys.size);
      bench.computedTwice += counts.trained - (undisturbed.keys.size - known);
      assertSameFiles(await readCsvFiles(bench.resultsOf("sharing")), undisturbed.texts);
      return finished.stderr;
    },
  };
}

/** What goes wrong with sweeps whose runs share steps, at moments that a number determines. */
export function stepFaults(number: number): Fault[] {
  return [
    {
      name: `SIGKILL of a sweep that shares steps, ${number}`,
      async disturb(bench) {
        const dice = new Dice("steps", number);
        const sharing = await sharingOn(bench);
        for (let times = 0; times < 3; times++) {
          const task = sharing.start(...SMALL_SPACE);
          await sleep(1000 * dice.random() * sharing.undisturbed.seconds);
          killIfRunning(task, "SIGKILL");
          await finish(task);
        }
        await sharing.finishOff();
      },
    },
    {
      name: `two sweeps that share steps, ${number}`,
      async disturb(bench) {
        const dice = new Dice("two", number);
        const { start, undisturbed, finishOff } = await sharingOn(bench);
        const first = start();
        await sleep(500 * dice.random() * undisturbed.seconds);
        const second = start();
        const counts = (await Promise.all([finish(first), finish(second)])).map(countsOf);
        const trained = counts.reduce((sum, { trained }) => sum + trained, 0);
        bench.computedTwice += trained - undisturbed.keys.size;
        await finishOff();
      },
    },
    {
      name: `damaged models and states, ${number}`,
      async disturb(bench) {
        const dice = new Dice("states", number);
        const { start, finishOff } = await sharingOn(bench);
        await finish(start());
        const store = join(bench.reports, "store");
        const files = ["models", "checkpoints"].flatMap((name) => pathsIn(join(store, name)));
        assert(files.length > 0);
        for (const path of files) await damage(path, dice);
        // Scores and most records are made again.
        await Deno.remove(join(store, "test"), { recursive: true });
        for (const key of (await bench.records()).keys()) {
          if (dice.random() < 0.7) await Deno.remove(bench.recordPath(key));
        }
        assertNoTrace(await finishOff());
      },
    },
  ];
}

/** A disk that is full while models and states are written, and is then given more room. */
export const MODELS_DISK_FAULT: Fault = {
  name: "the disk is full while models and states are written",
  within: (bench, work) =>
    withMount(["-t", "tmpfs", "-o", "size=1m", "regsweep"], bench.reports, work),
  async disturb(bench) {
    const { start, finishOff } = await sharingOn(bench);
    const { code, stderr } = await finish(start());
    assertNoTrace(stderr);
    assertEquals(countNotKeptMessages(stderr), 1, stderr);
    // Models make room for records; results may find none.
    assert(code === 0 || code === 1, stderr);
    await mount("-o", "remount,size=50m", bench.reports);
    await finishOff();
  },
};

async function damage(path: string, dice: Dice): Promise<void> {
  const bytes = await Deno.readFile(path);
  const at = dice.below(bytes.length);
  if (dice.random() < 0.5) return await Deno.writeFile(path, bytes.slice(0, at));
  bytes[at] ^= 1 << dice.below(8);
  await Deno.writeFile(path, bytes);
}
