import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { runHere } from "./_run_here.ts";
import { runTask } from "./_task.ts";
import { Workspace } from "./_workspace.ts";

const EXPERIMENT = `
fixed: { hidden: [8], steps: 30, evaluate_every: 10 }
grid: [{ l2_penalty: [0, 0.01] }, { dropout: [0.3] }]
seeds: 3
`;

Deno.test("compare: equal sweeps are identical, whatever computed them", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment(EXPERIMENT);
    const [a, b] = [await workspace.sweep(file, "a"), await workspace.sweep(file, "b")];
    for (const [first, second] of [[a, b], [join(a, "runs.csv"), join(b, "runs.csv")], [a, a]]) {
      const { code, stdout, stderr } = await runTask("compare", first, second);
      assertEquals([code, stderr], [0, ""]);
      assertEquals(
        stdout,
        [
          `A  ${first}: 9 runs`,
          `B  ${second}: 9 runs`,
          "runs: 9 identical, 0 different, 0 only in A, 0 only in B",
          "",
        ].join("\n"),
      );
    }
  }));

Deno.test("compare: other seeds and settings are told from other results", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment(EXPERIMENT);
    const a = await workspace.sweep(file, "a");
    const b = await workspace.sweep(file, "b", "--seeds", "2,3,4");
    const { code, stdout, stderr } = await runHere("compare", a, b);
    assertEquals([code, stderr], [0, ""]);
    assertStringIncludes(stdout, "\nruns: 6 identical, 0 different, 3 only in A, 3 only in B\n");
    assertStringIncludes(stdout, "\nonly in A\n  l2_penalty=0, seed 1\n");
    assertStringIncludes(stdout, "\nonly in B\n  l2_penalty=0, seed 4\n");
    assertStringIncludes(stdout, "\nMean validation accuracy of cells that both have, with ");
    assert(
      /\ndropout=0\.3 +\d+\.\d\d% \(3\) +\d+\.\d\d% \(3\) +[+−]?\d+\.\d\d\n/.test(stdout),
      stdout,
    );

    const c = await workspace.sweep(file, "c", "--set", "steps=20");
    const document = JSON.parse((await runHere("compare", a, c, "--json")).stdout);
    assertEquals([document.identical, document.different], [[], []]);
    assertEquals([document.onlyInA.length, document.onlyInB.length], [9, 9]);
    const cells = document.cells.map(({ cell }: { cell: string }) => cell);
    assertEquals(cells, ["l2_penalty=0", "l2_penalty=0.01", "dropout=0.3"]);
    const [{ a: { n, mean }, b: { mean: other }, difference, ciLow, ciHigh }] = document.cells;
    assertEquals([n, difference], [3, other - mean]);
    assert(ciLow < difference && difference < ciHigh);
  }));

Deno.test("compare: a run with two results is exit code 1, with the step it differs from", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment(EXPERIMENT);
    const a = await workspace.sweep(file, "a");
    const b = await workspace.sweep(file, "b");
    const curves = (await Deno.readTextFile(join(b, "curves.csv"))).split("\n");
    // The second evaluation of the first run, and so every one after it.
    for (const line of [2, 3, 4]) curves[line] = curves[line].replace(/,0\.(\d)/, ",1.$1");
    await Deno.writeTextFile(join(b, "curves.csv"), curves.join("\n"));
    const { code, stdout } = await runHere("compare", a, b);
    assertEquals(code, 1);
    assertStringIncludes(stdout, "\nruns: 8 identical, 1 different, 0 only in A, 0 only in B\n");
    assertStringIncludes(stdout, "\ndifferent\n  l2_penalty=0, seed 1\n");
    assert(
      /\n {4}\w+ at step 10, the first that differs\n {6}A \S+\n {6}B \S+\n/.test(stdout),
      stdout,
    );
    const json = await runHere("compare", a, b, "--json");
    const [different] = JSON.parse(json.stdout).different;
    assertEquals([json.code, different.seed, different.firstStep], [1, 1, 10]);

    // runs.csv alone does not tell.
    const runs = [join(a, "runs.csv"), join(b, "runs.csv")] as const;
    assertEquals((await runHere("compare", ...runs)).code, 0);
  }));

Deno.test("compare: what no sweep wrote is exit code 2", () =>
  Workspace.use(async (workspace) => {
    const folder = await workspace.sweep(await workspace.experiment(EXPERIMENT), "a");
    const { code, stderr } = await runHere("compare", folder, workspace.path("none"));
    assertEquals(code, 2);
    assertStringIncludes(stderr, `Cannot read ${workspace.path("none", "runs.csv")}: no such file`);
    const points = await runHere("compare", folder, workspace.path("points.csv"));
    assertEquals([points.code, points.stdout], [2, ""]);
    assertStringIncludes(points.stderr, "Columns must be run,cell,");
    const missing = await runHere("compare", folder);
    assertEquals([missing.code, missing.stderr], [
      2,
      "Missing B (for example, deno task compare reports/quick reports/sample)\n",
    ]);
  }));
