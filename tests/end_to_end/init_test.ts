import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { finish, type Finished, startTask } from "./_task.ts";

/** Rows of two numbers, one with gaps, a word and who came. */
const TABLE = [
  "visit;age;town;came",
  ...Array.from({ length: 120 }, (_, row) => {
    const age = row % 9 === 0 ? "" : 20 + (row * 13) % 50;
    return `${row + 1};${age};${["Bonn", "Ulm", "Kiel"][row % 3]};${row % 5 < 3 ? "yes" : "no"}`;
  }),
].join("\n");

Deno.test("init writes an experiment that plan shows and sweep sweeps as it is", async () => {
  const folder = await Deno.makeTempDir({ prefix: "regsweep-" });
  const run = (task: string, ...args: string[]): Promise<Finished> =>
    finish(startTask(task, args, { cwd: folder }));
  try {
    await Deno.writeTextFile(join(folder, "visits.csv"), TABLE);
    const init = await run("init", "visits.csv", "--target", "came");
    assertEquals([init.code, init.stderr], [0, ""]);
    assertStringIncludes(init.stdout, "visits.yaml: 17 cells, 10 seeds");

    const plan = await run("plan", "visits.yaml");
    assertEquals([plan.code, plan.stderr], [0, ""]);
    assertStringIncludes(plan.stdout, "visits: Which regularization helps to predict came");

    const sweep = await run("sweep", "visits.yaml", "--seeds", "2");
    assertEquals([sweep.code, sweep.stderr], [0, ""]);
    const runs = await Deno.readTextFile(join(folder, "reports/visits/runs.csv"));
    assertEquals(runs.trimEnd().split("\n").length, 1 + 17 * 2);

    const again = await run("init", "visits.csv", "--target", "came");
    assertEquals(again.code, 2);
    assertStringIncludes(again.stderr, "Cannot write visits.yaml: it is there already");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("init says how to name a target that it cannot tell", async () => {
  const folder = await Deno.makeTempDir({ prefix: "regsweep-" });
  try {
    const rows = Array.from({ length: 40 }, (_, row) => `${row % 7},${row * 1.25}`);
    await Deno.writeTextFile(join(folder, "a.csv"), ["a,b", ...rows].join("\n"));
    const { code, stderr } = await finish(startTask("init", ["a.csv"], { cwd: folder }));
    assertEquals(code, 2);
    assertEquals(
      stderr,
      'Cannot tell which column of a.csv to predict: it has "a", "b" (write --target and its name ' +
        "or number, such as --target 1 or --target -1)\n",
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
