import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import {
  compareRuns,
  listSweeps,
  makeExperiment,
  planExperiment,
  readExperiment,
  readResults,
  type SweepEvent,
  sweepExperiment,
  UserError,
  verifyResults,
} from "../../src/mod.ts";
import { ROOT } from "../_source_files.ts";
import { programExperiment } from "../end_to_end/_own_program.ts";
import { Workspace } from "../end_to_end/_workspace.ts";

const DEFINITION = {
  name: "points",
  dataset: { path: "points.csv", target: "class" },
  fixed: { steps: 20, evaluate_every: 10, hidden: [4] },
  grid: { l2_penalty: [0, 0.01], dropout: [0, 0.2] },
  seeds: 2,
};

Deno.test("the public module is documented whole, in types of its own", async () => {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--lint", "--quiet", join(ROOT, "src/mod.ts")],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    stdin: "null",
    signal: AbortSignal.timeout(60_000),
  }).output();
  assertEquals([code, new TextDecoder().decode(stderr)], [0, ""]);
});

Deno.test("makeExperiment() makes what a file of the same text has", () =>
  Workspace.use(async (workspace) => {
    const made = await makeExperiment(DEFINITION, { folder: workspace.folder });
    const file = await workspace.write("points.yaml", JSON.stringify(DEFINITION));
    assertEquals({ ...made }, { ...await readExperiment(file) });
    assertEquals(made.cells.map(({ name }) => name), [
      "l2_penalty=0 dropout=0",
      "l2_penalty=0 dropout=0.2",
      "l2_penalty=0.01 dropout=0",
      "l2_penalty=0.01 dropout=0.2",
    ]);
    assertEquals(made.cells[1].values, { l2_penalty: 0, dropout: 0.2 });
    assertEquals([made.baseline, made.metric], [made.cells[0].name, "validation_accuracy"]);
  }));

Deno.test("makeExperiment() reports every mistake at its place in the object", () =>
  Workspace.use(async ({ folder }) => {
    const wrong = { ...DEFINITION, grid: { drop_out: [0.5], l2_penalty: [-1] } };
    const error = await assertRejects(() => makeExperiment(wrong, { folder }), UserError);
    const told = error.problems.map(({ message, place, hint }) => [message, place?.line, hint]);
    assertEquals(told.length, 2);
    assertStringIncludes(`${told[0][0]} ${told[0][2]}`, "dropout");
    assert(told.every(([, line]) => typeof line === "number"), JSON.stringify(told));
  }));

Deno.test("sweepExperiment() tells what happens, and writes what readResults() reads", () =>
  Workspace.use(async (workspace) => {
    const experiment = await makeExperiment(DEFINITION, { folder: workspace.folder });
    const options = { reports: workspace.path("out"), workers: 2 };
    const { runs, missing, known } = await planExperiment(experiment, options);
    assertEquals([runs, missing, known], [8, 8, 0]);
    const events: SweepEvent[] = [];
    const onEvent = (event: SweepEvent) => void events.push(event);
    const { state, folder = "", answer, runs: counts } = await sweepExperiment(experiment, {
      ...options,
      onEvent,
    });
    assertEquals([state, folder, counts.trained], ["complete", workspace.path("out/points"), 8]);
    assertEquals(events[0], { kind: "planned", runs: 8 });
    assertEquals(events.at(-1), { kind: "written", folder });

    const results = await readResults(folder);
    assertEquals(results.answer, answer);
    assertEquals([results.state, results.metric], ["complete", experiment.metric]);
    for (const { run, measures } of results.runs) {
      const event = events.find((event) => event.kind === "run" && event.key === run);
      assert(event?.kind === "run" && event.end === "trained");
      assertEquals(event.metric, measures?.[results.metric]);
    }
    assertEquals((await sweepExperiment(experiment, options)).runs.known, 8);
    const { isRight, mismatches, checksum } = await verifyResults(folder, { workers: 2 });
    assertEquals([isRight, mismatches, checksum], [true, [], results.files["runs.csv"]]);

    await Deno.writeTextFile(join(folder, "cells.csv"), "cell\n");
    await assertRejects(() => readResults(folder), UserError, "cells.csv");
    const wrong = await verifyResults(folder, { workers: 2 });
    assertEquals([wrong.isRight, wrong.mismatches[0].subject], [false, "cells.csv"]);
  }));

Deno.test("sweepExperiment() ends when its signal aborts, and goes on later", () =>
  Workspace.use(async (workspace) => {
    const long = { ...DEFINITION, fixed: { ...DEFINITION.fixed, steps: 20_000 } };
    const experiment = await makeExperiment(long, { folder: workspace.folder });
    const options = { reports: workspace.path("out"), workers: 1 };
    const stop = new AbortController();
    const { state, runs } = await sweepExperiment(experiment, {
      ...options,
      signal: stop.signal,
      onEvent: ({ kind }) => kind === "run" && stop.abort(),
    });
    assertEquals(state, "interrupted");
    const { known } = await planExperiment(experiment, options);
    assert(known >= 1 && known < 8, `${known}`);
    assertEquals(runs.trained, known);
  }));

Deno.test("sweepExperiment() starts no program that it was not told to start", () =>
  Workspace.use(async (workspace) => {
    const experiment = await readExperiment(
      await programExperiment(workspace, { grid: { shift: [0, 1] }, seeds: 2 }),
    );
    const options = { reports: workspace.path("out"), workers: 1 };
    const start = () => sweepExperiment(experiment, options);
    await assertRejects(start, UserError, "Cannot start the program of ");
  }));

Deno.test("compareRuns() gives the numbers of a sweep's report", async () => {
  const { runs, comparisons, cells, metric } = await readResults(join(ROOT, "reports/sample"));
  const measured = runs.map(({ cell, seed, measures }) => ({
    ...{ cell, seed, value: measures?.[metric] },
  }));
  const [{ baseline }] = comparisons;
  const compared = await compareRuns(measured, {
    baseline,
    equivalence: 0.005,
    overlap: 359 / 1079,
  });
  assertEquals(
    compared.cells.map(({ cell, mean }) => [cell, mean]),
    cells.map(({ cell, mean }) => [cell, mean]),
  );
  for (
    const [index, { cell, verdict, meanDifference, ciLowSimultaneous }] of comparisons.entries()
  ) {
    const found = compared.comparisons[index];
    assertEquals([found.cell, found.verdict], [cell, verdict]);
    assertEquals(found.meanDifference, meanDifference);
    assertEquals(found.ciLowSimultaneous, ciLowSimultaneous);
  }
});

Deno.test("compareRuns() leaves out runs without a value, and refuses what it cannot pair", async () => {
  const runs = [1, 2, 3].flatMap((seed) => [
    { cell: "a", seed, value: seed },
    { cell: "b", seed, value: seed === 3 ? NaN : seed + 1 },
  ]);
  const { cells, comparisons: [b] } = await compareRuns(runs, { baseline: "a" });
  assertEquals(cells.map(({ n }) => n), [3, 2]);
  assertEquals([b.n, b.meanDifference], [2, 1]);
  const twice = () => compareRuns([...runs, runs[0]], { baseline: "a" });
  await assertRejects(twice, UserError, "seed 1 of a is there twice");
  await assertRejects(() => compareRuns(runs, { baseline: "c" }), UserError, "baseline c");
});

Deno.test("tags and notes go from an experiment to its results, and to the list of sweeps", () =>
  Workspace.use(async ({ folder }) => {
    const definition = { ...DEFINITION, tags: ["paper"], notes: "As asked.\nTwice.\n" };
    const experiment = await makeExperiment(definition, { folder });
    assertEquals([experiment.tags, experiment.notes], [["paper"], "As asked.\nTwice."]);
    const reports = join(folder, "reports");
    assertEquals(await listSweeps(reports), { sweeps: [], unreadable: [] });
    await sweepExperiment(experiment, { reports });
    const { tags, notes, answer } = await readResults(join(reports, "points"));
    assertEquals([tags, notes], [experiment.tags, experiment.notes]);
    await Deno.mkdir(join(reports, "mine"));
    const { sweeps: [{ started, ...sweep }], unreadable } = await listSweeps(reports);
    assertEquals(sweep, {
      ...{ folder: "points", name: "points", description: "", tags, notes },
      ...{ state: "complete", runs: 8, planned: 8, failed: 0, answer },
    });
    assert(Date.parse(started ?? "") > 0);
    assertEquals(unreadable.map(({ folder }) => folder), ["mine"]);
    const error = await assertRejects(() => listSweeps(join(folder, "points.csv")), UserError);
    assertStringIncludes(error.message, "points.csv");
  }));
