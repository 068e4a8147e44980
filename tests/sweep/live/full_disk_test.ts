import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "node:path";
import type { Launcher } from "../../../src/sweep/launcher.ts";
import { sweepExperiment } from "../../../src/sweep/sweep_experiment.ts";
import { IS_CI } from "../../_ci.ts";
import { until } from "../../_until.ts";
import { readManifestIn } from "../../end_to_end/_workspace.ts";
import { mount, mountObstacle, withMount } from "../../faults/_mounts.ts";
import { verdictOn } from "../../verify/_swept_folder.ts";
import { succeed, sweepOptions, withSmallExperiment } from "../_small_experiment.ts";

/** Too little for a report, and enough for all records. */
const SMALL_DISK = ["-t", "tmpfs", "-o", "size=400k", "regsweep"];
/** So that records are written while reports fill the disk. */
const PAUSE_MILLISECONDS = 50;

const obstacle = await mountObstacle();

Deno.test({
  name: "a running sweep goes on where the disk has no room for its report, and writes it later" +
    (obstacle === undefined ? "" : ` (skipped: ${obstacle})`),
  ignore: obstacle !== undefined && !IS_CI,
  fn: () =>
    withSmallExperiment(async (small) => {
      await withMount(SMALL_DISK, small.reports, async () => {
        const folder = join(small.reports, "small");
        const messages: string[] = [];
        const isWritten = async () => {
          try {
            return (await readManifestIn(folder)).unfinished?.why === "running";
          } catch (error) {
            if (error instanceof Deno.errors.NotFound) return false;
            throw error;
          }
        };
        const launcher: Launcher = {
          async *launch(runs) {
            for (const [index, run] of runs.entries()) {
              if (index === runs.length / 2) await until(() => messages.length > 0, "a message");
              if (index === runs.length - 1) {
                await mount("-o", "remount,size=50m", small.reports);
                await until(isWritten, "a report");
              }
              await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
              yield succeed(run);
            }
          },
        };
        const options = sweepOptions(small, {
          launcher,
          // Models have room of their own, and messages.
          modelSpace: 0,
          pace: { share: 1e9, leastSeconds: 0 },
          onEvent: (event) => {
            if (event.kind === "message") messages.push(event.text);
          },
        });
        const result = await sweepExperiment(small, options);
        assert(result.state === "complete");
        assertEquals(messages.length, 1, messages.join("\n"));
        assertMatch(
          messages[0],
          /^Cannot write \S+: no space left on device; the sweep goes on without a report$/,
        );
        assertEquals((await verdictOn(folder)).isRight, true);
        const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
        assertEquals(names.filter((name) => /claim|tmp|unfinished/.test(name)), []);
      });
    }, { penalties: "[0, 0.1, 0.2]", seeds: "14" }),
});
