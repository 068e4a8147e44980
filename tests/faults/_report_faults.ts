import { assertEquals } from "@std/assert";
import { Dice } from "../_dice.ts";
import { assertSameFiles } from "../end_to_end/_assert_same_files.ts";
import { finish, startTask } from "../end_to_end/_task.ts";
import { readCsvFiles } from "../end_to_end/_workspace.ts";
import type { Fault } from "./_fault.ts";
import { assertManifestFits, countsOf } from "./_fault_bench.ts";
import { sleep } from "./_processes.ts";

/** Sweeps with fewer seeds and with all, in turn, so that each writes other files than the last. */
const SWEEPS = [["--seeds", "5"], [], ["--seeds", "4"], []];
/** Reports drawn at a time. */
const DRAWERS = 2;

/** Reports that are drawn again while sweeps write, at moments that their number determines. */
export function reportFault(number: number): Fault {
  return {
    name: `reports drawn again while sweeps write, ${number}`,
    disturb: async (bench) => {
      await bench.copyUndisturbed();
      let hasEnded = false;
      const drawer = async (_: unknown, index: number) => {
        const dice = new Dice("report", DRAWERS * number + index);
        while (!hasEnded) {
          const { code, stderr } = await finish(startTask("report", [bench.results]));
          assertEquals([code, stderr], [0, ""]);
          await sleep(500 * dice.random());
        }
      };
      const sweeps = async () => {
        try {
          for (const options of SWEEPS) {
            const { trained } = countsOf(await bench.run({}, ...options));
            assertEquals(trained, 0);
          }
        } finally {
          hasEnded = true;
        }
      };
      await Promise.all([sweeps(), ...Array.from({ length: DRAWERS }, drawer)]);
      assertSameFiles(await readCsvFiles(bench.results), bench.undisturbed.texts);
      await assertManifestFits(bench.results);
    },
  };
}
