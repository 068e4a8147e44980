import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { redrawReport } from "../../src/report/redraw_report.ts";
import type { PlannedRun } from "../../src/sweep/planned_run.ts";
import { sweepExperiment, type SweepOptions } from "../../src/sweep/sweep_experiment.ts";
import { UserError } from "../../src/user_error.ts";
import { compareSweeps } from "../../src/verify/compare_sweeps.ts";
import { passes } from "../../src/verify/check.ts";
import { openOnDataset } from "../_on_dataset.ts";
import { verdictOn } from "../verify/_swept_folder.ts";
import { FakeLauncher } from "./_fake_launcher.ts";
import {
  type SmallExperiment,
  succeed,
  sweepOptions,
  withSmallExperiment,
} from "./_small_experiment.ts";

/** The work of two steps of a run. */
const RUNG_FLOPS = 6_963_200;

/** Sweeps with runs that take a second each, by a clock that stands still otherwise. */
async function sweepFor(
  small: SmallExperiment,
  budgetSeconds: number | undefined,
  { secondsOf = () => 1, ...options }: Partial<SweepOptions> & {
    secondsOf?: (run: PlannedRun) => number;
  } = {},
) {
  let now = 0;
  const launcher = new FakeLauncher((run: PlannedRun) => {
    const trainSeconds = secondsOf(run);
    now += trainSeconds;
    const ended = succeed(run);
    const { result } = ended;
    return result ? { ...ended, result: { ...result, trainSeconds } } : ended;
  });
  return await sweepExperiment(small, {
    ...sweepOptions(small, { launcher, ...options }),
    ...budgetSeconds !== undefined && { budgetSeconds },
    secondsSinceStart: () => now,
  });
}

async function textsIn(folder: string): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  for await (const { name, isFile } of Deno.readDir(folder)) {
    if (!isFile) continue;
    const isTimed = name === "manifest.json" || name === "report.html";
    if (!isTimed) texts[name] = await Deno.readTextFile(`${folder}/${name}`);
  }
  return texts;
}

const THREE = { penalties: "[0, 0.1, 0.2]" };
const HALVING = {
  penalties: "[0, 0.1, 0.2, 0.3]",
  more: "successive_halving: { min_steps: 2, eta: 2 }\n",
};

Deno.test("sweepExperiment() reports what there is when its budget is spent", () =>
  withSmallExperiment(async (small) => {
    const result = await sweepFor(small, 4);
    assert(result.state === "unfinished");
    const { manifest, runs, cells } = result.results;
    assertEquals([manifest.state, manifest.unfinished], ["unfinished", {
      planned: 6,
      why: "budget",
      budgetSeconds: 4,
    }]);
    assertEquals([manifest.runs.total, manifest.runs.trained, result.counts.total], [4, 4, 6]);
    // All cells of the first seed, and one of the second.
    assertEquals(runs.map(({ seed }) => seed), [1, 2, 1, 1]);
    assertEquals(cells.map(({ n }) => n), [2, 1, 1]);
    const page = await Deno.readTextFile(`${result.folder}/report.html`);
    assertStringIncludes(
      page,
      "Unfinished: 4 of 6 runs had ended when the budget of 4 s was spent.",
    );
    assertStringIncludes(page, '<p class="finding">So far, ');
    assert(!("test.csv" in manifest.files));
  }, THREE));

Deno.test("sweepExperiment() completes an unfinished sweep: the same bytes as one without a budget", () =>
  withSmallExperiment(async (small) => {
    await sweepFor(small, 2);
    const more = await sweepFor(small, 2);
    assert(more.state === "unfinished");
    assertEquals([more.counts.known, more.counts.trained], [2, 2]);
    const completed = await sweepFor(small, undefined);
    assert(completed.state === "complete");
    assertEquals(completed.counts.trained, 2);
    const { state, unfinished } = completed.results.manifest;
    assertEquals([state, unfinished], ["complete", undefined]);

    const whole = { ...small, reports: `${small.reports}-whole` };
    const atOnce = await sweepFor(whole, undefined);
    assert(atOnce.state === "complete");
    assertEquals(await textsIn(completed.folder), await textsIn(atOnce.folder));
  }, THREE));

Deno.test("sweepExperiment() takes an experiment's budget, and another in its place", () =>
  withSmallExperiment(async (small) => {
    assertEquals(small.experiment.budgetSeconds, 90);
    const experiment = { ...small.experiment, budgetSeconds: 2 };
    assertEquals((await sweepFor({ ...small, experiment }, undefined)).state, "unfinished");
    assertEquals((await sweepFor({ ...small, experiment }, 60)).state, "complete");
    const text = await Deno.readTextFile(`${small.reports}/small/experiment.yaml`);
    assert(!text.includes("budget"));
  }, { more: "budget: 1m30s\n" }));

Deno.test("an unfinished folder of any size is drawn, verified and compared", async () => {
  for (const seconds of [1, 2, 3, 5]) {
    await withSmallExperiment(async (small) => {
      const result = await sweepFor(small, seconds);
      assert(result.state === "unfinished");
      const { folder } = result;
      const page = await Deno.readTextFile(`${folder}/report.html`);
      await redrawReport(folder, { signal: new AbortController().signal });
      assertEquals(await Deno.readTextFile(`${folder}/report.html`), page);

      const { isRight, total, unfinished, files, runs } = await verdictOn(folder);
      assertEquals([...files, ...runs].filter((check) => !passes(check)), []);
      assertEquals([isRight, total, unfinished?.planned], [true, seconds, 6]);
      assertEquals((await compareSweeps(folder, folder)).planned, [6, 6]);
    }, THREE);
  }
});

Deno.test("verifyFolder() refuses a folder that says to be unfinished and is not, and the reverse", () =>
  withSmallExperiment(async (small) => {
    const change = async (folder: string, change: (manifest: Record<string, unknown>) => void) => {
      const path = `${folder}/manifest.json`;
      const manifest = JSON.parse(await Deno.readTextFile(path));
      change(manifest);
      await Deno.writeTextFile(path, JSON.stringify(manifest));
    };
    const unfinished = await sweepFor(small, 2);
    assert(unfinished.state === "unfinished");
    const { folder } = unfinished;
    await change(folder, (manifest) => {
      delete manifest.state;
      delete manifest.unfinished;
    });
    await assertRejects(() => verdictOn(folder), UserError, "make 4");
    await sweepFor(small, undefined);
    await change(folder, (manifest) => {
      manifest.state = "unfinished";
      manifest.unfinished = { planned: 4, why: "budget", budgetSeconds: 1 };
    });
    const { isRight, files } = await verdictOn(folder);
    const found = files.find(({ subject }) => subject === "manifest.json");
    assertEquals([isRight, found?.findings[0].what], [false, "state"]);
  }));

Deno.test("sweepExperiment() keeps complete results until others are complete", () =>
  withSmallExperiment(async (small) => {
    const complete = await sweepFor(small, undefined);
    assert(complete.state === "complete");
    const before = await textsIn(complete.folder);
    const messages: string[] = [];
    const sweepMore = async (seeds: readonly number[], seconds?: number) => {
      messages.splice(0);
      const opened = await openOnDataset(small.experiment.file, { seeds: seeds.join() });
      return await sweepFor({ ...small, ...opened }, seconds, {
        onEvent: (event) => {
          if (event.kind === "message") messages.push(event.text);
        },
      });
    };
    // Of other runs, and of more.
    for (const seeds of [[2, 3, 4], [1, 2, 3, 4, 5]]) {
      const result = await sweepMore(seeds, 1);
      assert(result.state === "unfinished");
      assertEquals(result.folder, `${complete.folder}/unfinished`);
      assertEquals(messages, [
        `The complete results in ${complete.folder} stay until this sweep is complete; ` +
        `${result.folder}/report.html shows what there is`,
      ]);
      assertEquals(await textsIn(complete.folder), before);
      assertEquals((await verdictOn(complete.folder)).isRight, true);
      const { files, runs, unfinished } = await verdictOn(result.folder);
      assertEquals([...files, ...runs].filter((check) => !passes(check)), []);
      assertEquals(unfinished?.planned, 3 * seeds.length);
    }
    // Complete results replace both.
    const whole = await sweepMore([1, 2, 3]);
    assert(whole.state === "complete");
    assertEquals(whole.folder, complete.folder);
    const names = await Array.fromAsync(Deno.readDir(whole.folder), ({ name }) => name);
    assertEquals(names.includes("unfinished"), false);
  }, THREE));

Deno.test("sweepExperiment() reports the last rung that was finished within its budget", () =>
  withSmallExperiment(async (small) => {
    // 1 second for 2 steps, 1.8 for 4, and 3.5 for all 8.
    const sweepIn = (seconds: number) => {
      return sweepFor(small, seconds, { secondsOf: ({ flops }) => flops / RUNG_FLOPS });
    };
    const nothing = await sweepIn(7);
    assert(nothing.state === "unwritten");
    assertEquals(nothing.reason, "no rung has ended, so there is nothing to report");

    // The first rung lacks one run; the second has 6, and then there are 4 to the end.
    const first = await sweepIn(3);
    assert(first.state === "unfinished");
    const { manifest, runs, halving } = first.results;
    assertEquals(manifest.unfinished, { planned: 8, why: "budget", budgetSeconds: 3, rung: 2 });
    assertEquals([manifest.runs.total, runs.length, halving], [8, 8, []]);
    const page = await Deno.readTextFile(`${first.folder}/report.html`);
    assertStringIncludes(page, "the rung of 2 steps was the last one finished when");
    assertEquals((await verdictOn(first.folder)).isRight, true);
    await redrawReport(first.folder, { signal: new AbortController().signal });

    const second = await sweepIn(12);
    assert(second.state === "unfinished");
    assertEquals(second.results.manifest.unfinished?.rung, 4);
    assertEquals(second.results.halving?.map(({ step }) => step), [2, 2, 2, 2]);
    assertEquals((await verdictOn(second.folder)).isRight, true);

    // From then on, each cell that is trained to its end has a run.
    const third = await sweepIn(9);
    assert(third.state === "unfinished");
    assertEquals(third.results.manifest.unfinished, {
      planned: 4,
      why: "budget",
      budgetSeconds: 9,
    });
    assertEquals((await verdictOn(third.folder)).isRight, true);
    assertEquals((await sweepIn(60)).state, "complete");
  }, HALVING));

Deno.test("sweepExperiment() goes on after a rung without saying that it replaces results", () =>
  withSmallExperiment(async (small) => {
    const first = await sweepFor(small, 8);
    assert(first.state === "unfinished" && first.results.manifest.unfinished?.rung === 2);
    // A sweep of `sweepFor()` has nothing to tell.
    assertEquals((await sweepFor(small, undefined)).state, "complete");
  }, HALVING));

Deno.test("sweepExperiment() reports the looks that were finished within its budget", () =>
  withSmallExperiment(async (small) => {
    const nothing = await sweepFor(small, 5);
    assert(nothing.state === "unwritten");
    assertEquals(nothing.reason, "no look has ended, so there is nothing to report");
    const first = await sweepFor(small, 2);
    assert(first.state === "unfinished");
    const { manifest, runs } = first.results;
    assertEquals([manifest.unfinished?.planned, runs.length], [12, 6]);
    const { isRight, files, runs: checked } = await verdictOn(first.folder);
    assertEquals([...files, ...checked].filter((check) => !passes(check)), []);
    assert(isRight);
    const page = await Deno.readTextFile(`${first.folder}/report.html`);
    assertStringIncludes(page, "Unfinished: 6 of at most 12 runs had ended");
    assertEquals((await sweepFor(small, 60)).state, "complete");
  }, { ...THREE, seeds: "{ from: 2, to: 4, until: decided }" }));

Deno.test("sweepExperiment() refuses a budget for a cluster", () =>
  withSmallExperiment(async (small) => {
    const slurm = { detach: false } as SweepOptions["slurm"];
    await assertRejects(() => sweepFor(small, 5, { slurm }), UserError, "with --for");
    const experiment = { ...small.experiment, budgetSeconds: 5 };
    await assertRejects(
      () => sweepFor({ ...small, experiment }, undefined, { slurm }),
      UserError,
      "with a budget",
    );
  }));
