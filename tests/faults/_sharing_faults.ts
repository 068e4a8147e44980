import { assertEquals } from "@std/assert";
import { Dice } from "../_dice.ts";
import { assertSameFiles } from "../end_to_end/_assert_same_files.ts";
import { finish } from "../end_to_end/_task.ts";
import { readCsvFiles } from "../end_to_end/_workspace.ts";
import type { Fault } from "./_fault.ts";
import { countsOf, EXPERIMENT, FaultBench } from "./_fault_bench.ts";
import { killIfRunning, sleep, startSweep } from "./_processes.ts";

/** Sweeps at once, whose distance in time their number determines. */
export function sharingFaults(number: number): Fault[] {
  return [
    {
      name: `two sweeps of one experiment, ${number}`,
      disturb: async (bench) => {
        const [first, second] = await startTwo(bench, bench.file, new Dice("same", number));
        const counts = (await Promise.all([finish(first), finish(second)])).map(countsOf);
        const trained = counts.reduce((sum, { trained }) => sum + trained, 0);
        bench.computedTwice += trained - bench.undisturbed.keys.size;
        assertSameFiles(await readCsvFiles(bench.results), bench.undisturbed.texts);
      },
    },
    {
      name: `two sweeps of one experiment, one of which is killed, ${number}`,
      disturb: async (bench) => {
        const dice = new Dice("killed", number);
        const [first, second] = await startTwo(bench, bench.file, dice);
        const { keys, texts, seconds } = bench.undisturbed;
        await sleep(1000 * dice.random() * seconds);
        killIfRunning(first, "SIGKILL");
        const [, finished] = await Promise.all([finish(first), finish(second)]);
        const { trained, known } = countsOf(finished);
        assertEquals(trained + known, keys.size);
        assertSameFiles(await readCsvFiles(bench.results), texts);
      },
    },
    {
      name: `two sweeps of experiments that share runs, ${number}`,
      disturb: async (bench) => {
        const text = EXPERIMENT.replace("seeds: 6", "seeds: 8");
        const larger = await bench.workspace.experiment(text, "larger");
        const undisturbed = await FaultBench.sweepUndisturbed(bench.workspace, larger);
        const [first, second] = await startTwo(bench, larger, new Dice("different", number));
        const counts = (await Promise.all([finish(first), finish(second)])).map(countsOf);
        const trained = counts.reduce((sum, { trained }) => sum + trained, 0);
        bench.computedTwice += trained - undisturbed.keys.size;
        const results = bench.results.replace(/points$/, "larger");
        assertSameFiles(await readCsvFiles(results), undisturbed.texts);
      },
    },
  ];
}

/** Starts the bench's sweep and, a random while later, one of another file. */
async function startTwo(bench: FaultBench, file: string, dice: Dice): Promise<Deno.ChildProcess[]> {
  const first = bench.start();
  await sleep(500 * dice.random() * bench.undisturbed.seconds);
  return [first, startSweep([file, "--reports", bench.reports])];
}
