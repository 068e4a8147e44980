import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { FileClaim } from "../../../src/files/file_claim.ts";
import { namesIn, pathsIn } from "../../../src/files/folders.ts";
import { redrawReport } from "../../../src/report/redraw_report.ts";
import type { Manifest } from "../../../src/results/manifest.ts";
import { readManifest } from "../../../src/results/read_manifest.ts";
import type { LaunchedRun, Launcher, LaunchOptions } from "../../../src/sweep/launcher.ts";
import type { PlannedRun } from "../../../src/sweep/planned_run.ts";
import { sweepExperiment, type SweepOptions } from "../../../src/sweep/sweep_experiment.ts";
import { passes } from "../../../src/verify/check.ts";
import { openOnDataset } from "../../_on_dataset.ts";
import { until } from "../../_until.ts";
import { MODULE_EXPERIMENT, MODULE_FILES, writeModule } from "../../end_to_end/_own_trainers.ts";
import { Workspace } from "../../end_to_end/_workspace.ts";
import { verdictOn } from "../../verify/_swept_folder.ts";
import { FakeLauncher } from "../_fake_launcher.ts";
import {
  type SmallExperiment,
  succeed,
  sweepOptions,
  withSmallExperiment,
} from "../_small_experiment.ts";

/** Writes as soon as there is something to write. */
const EAGER = { share: 1e9, leastSeconds: 0, lastSeconds: 600 };

/** Ends some runs, and the others when it is told to. */
class HeldLauncher implements Launcher {
  readonly #first: number;
  readonly #held = Promise.withResolvers<void>();

  constructor(first: number) {
    this.#first = first;
  }

  goOn(): void {
    this.#held.resolve();
  }

  async *launch(runs: readonly PlannedRun[], { signal }: LaunchOptions) {
    const aborted = new Promise<void>((resolve) => {
      signal.addEventListener("abort", () => resolve());
    });
    for (const [index, run] of runs.entries()) {
      if (index === this.#first) await Promise.race([this.#held.promise, aborted]);
      if (signal.aborted) return;
      yield succeed(run);
    }
  }
}

async function manifestIn(folder: string): Promise<Manifest | undefined> {
  try {
    return readManifest(await Deno.readTextFile(join(folder, "manifest.json")));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Begins a sweep, and gives its manifest when it says that so many runs have ended. */
async function sweepUntil(
  small: SmallExperiment,
  runs: number,
  { folder = `${small.reports}/small`, known = 0, ...options }:
    & Partial<SweepOptions>
    & { folder?: string; known?: number },
) {
  const launcher = new HeldLauncher(runs - known);
  const sweeping = sweepExperiment(
    small,
    sweepOptions(small, { launcher, pace: EAGER, ...options }),
  );
  let manifest: Manifest | undefined;
  await until(async () => {
    manifest = await manifestIn(folder);
    return manifest?.unfinished?.why === "running" && manifest.runs.total === runs;
  });
  assert(manifest);
  return { launcher, sweeping, manifest, folder };
}

async function textsIn(folder: string): Promise<Record<string, string>> {
  const names = (await Array.fromAsync(Deno.readDir(folder), ({ name }) => name))
    .filter((name) => name.endsWith(".csv") || name === "experiment.yaml").sort();
  const texts = names.map(async (name) => [name, await Deno.readTextFile(join(folder, name))]);
  return Object.fromEntries(await Promise.all(texts));
}

const THREE = { penalties: "[0, 0.1, 0.2]" };

Deno.test("a running sweep writes what it has: it is marked, drawn and verified; and then all", () =>
  withSmallExperiment(async (small) => {
    const { launcher, sweeping, manifest, folder } = await sweepUntil(small, 4, {});
    const { written, againSeconds, secondsLeft: _, ...unfinished } = manifest.unfinished ?? {};
    assertEquals(unfinished, { planned: 6, why: "running" });
    assert(Date.now() - Date.parse(written ?? "") < 600_000);
    assert(againSeconds !== undefined && againSeconds >= 60);
    const page = await Deno.readTextFile(join(folder, "report.html"));
    assertMatch(page, /Running: 4 of 6 runs had ended when this was written, at \d\d:\d\d UTC on /);
    await redrawReport(folder, { signal: new AbortController().signal });
    const { files, runs, uncheckedMembers } = await verdictOn(folder);
    assertEquals([...files, ...runs].filter((check) => !passes(check)), []);
    assert(uncheckedMembers.includes("unfinished.written"));

    launcher.goOn();
    const result = await sweeping;
    assert(result.state === "complete");
    assertEquals(result.results.manifest.unfinished, undefined);
    const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
    assertEquals(names.filter((name) => /claim|tmp|unfinished/.test(name)), []);
    const whole = { ...small, reports: `${small.reports}-whole` };
    const undisturbed = await sweepExperiment(
      whole,
      sweepOptions(whole, { launcher: new FakeLauncher(succeed) }),
    );
    assert(undisturbed.state === "complete");
    assertEquals(await textsIn(folder), await textsIn(undisturbed.folder));
  }, THREE));

Deno.test("a running sweep writes nothing before a replicate is complete", () =>
  withSmallExperiment(async (small) => {
    const launcher = new HeldLauncher(2);
    const stop = new AbortController();
    const sweeping = sweepExperiment(
      small,
      sweepOptions(small, { launcher, pace: EAGER, signal: stop.signal }),
    );
    // Long enough for it to look several times.
    await new Promise((resolve) => setTimeout(resolve, 2000));
    assertEquals(await manifestIn(`${small.reports}/small`), undefined);
    stop.abort();
    const result = await sweeping;
    assert(result.state === "interrupted");
    // But an interrupted one keeps no result back.
    assertEquals((await manifestIn(result.folder ?? ""))?.runs.total, 2);
  }, THREE));

Deno.test("a running sweep leaves complete results alone, and says where its own are", () =>
  withSmallExperiment(async (small) => {
    const options = sweepOptions(small, { launcher: new FakeLauncher(succeed) });
    const complete = await sweepExperiment(small, options);
    assert(complete.state === "complete");
    const before = await textsIn(complete.folder);
    const more = { ...small, ...await openOnDataset(small.experiment.file, { seeds: "3" }) };
    const messages: string[] = [];
    const { launcher, sweeping, folder } = await sweepUntil(more, 8, {
      folder: join(complete.folder, "unfinished"),
      known: 6,
      onEvent: (event) => {
        if (event.kind === "message") messages.push(event.text);
      },
    });
    assertEquals(await textsIn(complete.folder), before);
    assertEquals(messages.length, 1);
    assertStringIncludes(messages[0], `${folder}/report.html shows what there is`);
    launcher.goOn();
    assertEquals((await sweeping).state, "complete");
    // Whoever has the page open is led to the complete report.
    const left = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
    assertEquals(left, ["report.html"]);
    assertStringIncludes(
      await Deno.readTextFile(join(folder, "report.html")),
      '<meta http-equiv="refresh" content="0; url=../report.html">',
    );
    assertEquals((await verdictOn(complete.folder)).isRight, true);
  }, THREE));

Deno.test("copies of own trainers lie beside an unfinished report, and are removed with it", () =>
  Workspace.use(async (workspace) => {
    await writeModule(workspace);
    const file = await workspace.experiment(MODULE_EXPERIMENT, "own");
    const small = { ...await openOnDataset(file), reports: workspace.path("reports") };
    const first = sweepOptions(small, { launcher: new FakeLauncher(succeed) });
    const complete = await sweepExperiment(small, first);
    assert(complete.state === "complete");
    const more = { ...small, ...await openOnDataset(file, { seeds: "4" }) };
    const { launcher, sweeping, folder } = await sweepUntil(more, 6, {
      folder: join(complete.folder, "unfinished"),
      known: 4,
      onEvent: () => {},
    });
    const copies = Object.keys(MODULE_FILES).map((path) => path.replace("models/", "")).sort();
    assertEquals((await pathsIn(join(folder, "trainers/centroids"))).sort(), copies);
    launcher.goOn();
    assertEquals((await sweeping).state, "complete");
    assertEquals(await namesIn(folder), ["report.html"]);
    assertEquals((await pathsIn(join(complete.folder, "trainers/centroids"))).sort(), copies);
  }));

Deno.test("of sweeps at once one writes what there is, and an interrupted one leaves it to others", () =>
  withSmallExperiment(async (small) => {
    const folder = `${small.reports}/small`;
    await Deno.mkdir(folder, { recursive: true });
    const other = FileClaim.take(join(folder, "live.claim"));
    assert(other);
    const stop = new AbortController();
    const sweeping = sweepExperiment(
      small,
      sweepOptions(small, { launcher: new HeldLauncher(4), pace: EAGER, signal: stop.signal }),
    );
    await new Promise((resolve) => setTimeout(resolve, 2000));
    stop.abort();
    const result = await sweeping;
    assertEquals([result.state, result.state === "interrupted" && result.folder], [
      "interrupted",
      undefined,
    ]);
    assertEquals(await manifestIn(folder), undefined);
    other.release();
  }, THREE));

Deno.test("a report that cannot be written is a message once, and no end of the sweep", () =>
  withSmallExperiment(async (small) => {
    const folder = `${small.reports}/small`;
    // A folder cannot be replaced by a file.
    await Deno.mkdir(join(folder, "report.html", "in the way"), { recursive: true });
    const messages: string[] = [];
    const launcher = new HeldLauncher(4);
    const sweeping = sweepExperiment(
      small,
      sweepOptions(small, {
        launcher,
        pace: EAGER,
        onEvent: (event) => {
          if (event.kind === "message") messages.push(event.text);
        },
      }),
    );
    await until(() => Promise.resolve(messages.length > 0));
    await new Promise((resolve) => setTimeout(resolve, 2000));
    assertEquals(messages.length, 1);
    assertMatch(
      messages[0],
      /^Cannot write .*report\.html: .*; the sweep goes on without a report$/,
    );
    await Deno.remove(join(folder, "report.html"), { recursive: true });
    launcher.goOn();
    assertEquals((await sweeping).state, "complete");
  }, THREE));

Deno.test("a running sweep reports the last rung, or the last look, that is finished", async () => {
  const halving = { ...THREE, more: "successive_halving: { min_steps: 2, eta: 2 }\n" };
  await withSmallExperiment(async (small) => {
    // The first rung has six runs; of those to the ends, the first is not enough.
    const stop = new AbortController();
    const launcher = new FakeLauncher((run): LaunchedRun => {
      if (run.task.stopAt === undefined) stop.abort();
      return succeed(run);
    });
    const options = { launcher, pace: EAGER, signal: stop.signal };
    const result = await sweepExperiment(small, sweepOptions(small, options));
    assert(result.state === "interrupted" && result.folder !== undefined);
    const manifest = await manifestIn(result.folder);
    assertEquals(manifest?.unfinished, { planned: 6, why: "interrupted", rung: 2 });
    assertEquals((await verdictOn(result.folder)).isRight, true);
  }, halving);
  await withSmallExperiment(async (small) => {
    let runs = 0;
    const stop = new AbortController();
    const launcher = new FakeLauncher((run): LaunchedRun => {
      if (++runs === 8) stop.abort();
      return succeed(run);
    });
    const options = { launcher, pace: EAGER, signal: stop.signal };
    const result = await sweepExperiment(small, sweepOptions(small, options));
    assert(result.state === "interrupted" && result.folder !== undefined);
    const manifest = await manifestIn(result.folder);
    assertEquals(manifest?.unfinished, { planned: 12, why: "interrupted" });
    assertEquals(manifest?.runs.total, 6);
    assertEquals((await verdictOn(result.folder)).isRight, true);
  }, { ...THREE, seeds: "{ from: 2, to: 4, until: decided }" });
});
