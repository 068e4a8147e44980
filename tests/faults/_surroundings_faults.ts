import { assertEquals, assertStringIncludes } from "@std/assert";
import { assertSameFiles } from "../end_to_end/_assert_same_files.ts";
import { finish } from "../end_to_end/_task.ts";
import { readCsvFiles } from "../end_to_end/_workspace.ts";
import type { Fault } from "./_fault.ts";
import { assertNoTrace, countsOf, EXPERIMENT, FaultBench } from "./_fault_bench.ts";
import { withMount } from "./_mounts.ts";
import { whenOrEnded } from "./_processes.ts";

/** Records after which a sweep is killed before its surroundings change. */
const SOME = 5;

export const READ_ONLY_FAULT: Fault = {
  name: "a read-only reports folder",
  disturb: async (bench) => {
    await bench.runUntil(SOME);
    // What is mounted twice can be read-only in one place, and to root too.
    await withMount(["--bind", bench.reports], bench.reports, async () => {
      await new Deno.Command("mount", { args: ["-o", "remount,ro,bind", bench.reports] }).output();
      const { code, stderr } = await bench.run();
      assertEquals(code, 1, stderr);
      assertStringIncludes(stderr, `: read-only file system`);
      assertNoTrace(stderr);
    });
  },
};

export const EXPERIMENT_FAULT: Fault = {
  name: "an experiment that changes, and changes back",
  disturb: async (bench) => {
    await bench.runUntil(SOME);
    const before = await Deno.readTextFile(bench.file);
    await bench.workspace.experiment(EXPERIMENT.replace("seeds: 6", "seeds: [8, 2, 3, 5]"));
    await sweepChanged(bench);
    await Deno.writeTextFile(bench.file, before);
  },
};

export const DATASET_FAULT: Fault = {
  name: "a dataset that changes, and changes back",
  disturb: async (bench) => {
    await bench.runUntil(SOME);
    const path = bench.workspace.path("points.csv");
    const before = await Deno.readTextFile(path);
    await bench.workspace.write("points.csv", `${before}1,2,3,4,red\n`);
    await sweepChanged(bench);
    await Deno.writeTextFile(path, before);
  },
};

/** Sweeps what has changed, which must give what it gives without any history. */
async function sweepChanged(bench: FaultBench): Promise<void> {
  const { texts, keys } = await FaultBench.sweepUndisturbed(bench.workspace, bench.file);
  const finished = [...(await bench.records()).keys()].filter((key) => keys.has(key)).length;
  const { trained } = countsOf(await bench.run());
  bench.computedTwice += trained - (keys.size - finished);
  assertSameFiles(await readCsvFiles(bench.results), texts);
}

/** A clock that is set back, by libfaketime. */
export function clockFaults(library: string): Fault[] {
  const at = (time: string) => {
    return { env: { LD_PRELOAD: library, DONT_FAKE_MONOTONIC: "1", FAKETIME: time } };
  };
  return [
    {
      name: "the clock set back by two years after an interruption",
      disturb: (bench) => bench.runUntil(SOME, at("+2y")),
    },
    {
      name: "the clock set back by a day during a sweep",
      disturb: async (bench) => {
        const clock = await bench.workspace.write("clock", "+0");
        const env = { ...at("").env, FAKETIME_TIMESTAMP_FILE: clock, FAKETIME_NO_CACHE: "1" };
        const { FAKETIME: _, ...options } = env;
        const task = bench.start({ env: options });
        await whenOrEnded(task, async () => (await bench.records()).size >= SOME);
        await Deno.writeTextFile(clock, "-1d");
        const { trained } = countsOf(await finish(task));
        bench.computedTwice += trained - bench.undisturbed.keys.size;
      },
    },
  ];
}

/** Files of an interrupted sweep that are from the future. */
export const FUTURE_FAULT: Fault = {
  name: "files from the future",
  disturb: async (bench) => {
    await bench.runUntil(SOME);
    const future = new Date("2100-01-01");
    for (const key of (await bench.records()).keys()) {
      await Deno.utime(bench.recordPath(key), future, future);
    }
  },
};
