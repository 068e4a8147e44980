import { assertEquals } from "@std/assert";
import { basename, join } from "node:path";
import { Dice } from "../_dice.ts";
import { assertSameFiles } from "../end_to_end/_assert_same_files.ts";
import { finish } from "../end_to_end/_task.ts";
import { readCsvFiles } from "../end_to_end/_workspace.ts";
import type { Fault } from "./_fault.ts";
import { assertManifestFits, countsOf, EXPERIMENT, FaultBench } from "./_fault_bench.ts";
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

/** Two experiments of one name, each sweep of which replaces the other's results. */
export function sameNameFault(number: number): Fault {
  return {
    name: `two sweeps of experiments with the same name, ${number}`,
    disturb: async (bench) => {
      const text = EXPERIMENT.replace("l1_penalty: [0, ", "l2_penalty: [0, 0.1, ");
      const folder = bench.workspace.path("others");
      await Deno.mkdir(folder);
      const other = join(folder, basename(bench.file));
      await Deno.rename(await bench.workspace.experiment(text, "other"), other);
      const named = (await Deno.readTextFile(other))
        .replace("name: other", "name: points").replace("points.csv", "../points.csv");
      await Deno.writeTextFile(other, named);
      const undisturbed = await FaultBench.sweepUndisturbed(bench.workspace, other);
      const [first, second] = await startTwo(bench, other, new Dice("name", number));
      const counts = (await Promise.all([finish(first), finish(second)])).map(countsOf);
      const trained = counts.reduce((sum, { trained }) => sum + trained, 0);
      bench.computedTwice += trained -
        undisturbed.keys.union(bench.undisturbed.keys).size;
      // Whichever ended last: the files of one sweep, and the manifest that belongs to them.
      const texts = await readCsvFiles(bench.results);
      const isOther = texts["runs.csv"] === undisturbed.texts["runs.csv"];
      assertSameFiles(texts, (isOther ? undisturbed : bench.undisturbed).texts);
      await assertManifestFits(bench.results);
    },
  };
}

/** Starts the bench's sweep and, a random while later, one of another file. */
async function startTwo(bench: FaultBench, file: string, dice: Dice): Promise<Deno.ChildProcess[]> {
  const first = bench.start();
  await sleep(500 * dice.random() * bench.undisturbed.seconds);
  return [first, startSweep([file, "--reports", bench.reports])];
}
