import { assertFalse, assertStringIncludes } from "@std/assert";
import { planText } from "../../src/cli/plan_text.ts";
import { openExperiment } from "../../src/experiment/open_experiment.ts";
import type { ExperimentChanges } from "../../src/experiment/overrides.ts";
import { planSweep } from "../../src/sweep/plan/plan_sweep.ts";
import { withFiles } from "../experiment/_with_files.ts";

const TABLE = [
  "a,b,y",
  ...Array.from({ length: 30 }, (_, row) => `${row * 7 % 23},${row % 7},${row % 2}`),
];

async function planned(
  folder: string,
  grid: string,
  overrides?: ExperimentChanges,
): Promise<string> {
  const file = `${folder}/e.yaml`;
  const text = `name: e\ndataset: { path: d.csv, target: y }\n${grid}\nseeds: 2\n`;
  await Deno.writeTextFile(file, text);
  const opened = await openExperiment(file, overrides);
  return planText(await planSweep(opened, { reports: folder, workers: 1, onProblem: () => {} }));
}

Deno.test("planText() says once of columns that the experiment drops them", () =>
  withFiles({ "d.csv": TABLE.join("\n") }, async (folder) => {
    const text = "columns: { a: drop, b: drop }";
    const file = `${folder}/e.yaml`;
    const table = "a,b,c,d,y\n" +
      Array.from({ length: 30 }, (_, row) => `${row % 7},${row % 5},${row * 7 % 23},x,${row % 2}`)
        .join("\n");
    await Deno.writeTextFile(`${folder}/wide.csv`, table);
    const dataset = `dataset: { path: wide.csv, target: y, ${text} }`;
    await Deno.writeTextFile(file, `name: e\n${dataset}\nfixed: { steps: 2 }\nseeds: 2\n`);
    const plan = { reports: folder, workers: 1, onProblem: () => {} };
    const shown = planText(await planSweep(await openExperiment(file), plan));
    assertStringIncludes(
      shown,
      "\n         dropped by the experiment: a, b\n         dropped: d (",
    );
    assertFalse(shown.includes("the experiment drops it"));
  }));

Deno.test("planText() shows how rows become inputs", () =>
  withFiles({ "d.csv": TABLE.join("\n") }, async (folder) => {
    const steps = "fixed: { steps: 2 }";
    assertStringIncludes(await planned(folder, steps), "\ninputs   standardize feature\n");
    const set = { set: ["standardize=none"] };
    assertStringIncludes(await planned(folder, steps, set), "\ninputs   standardize none\n");
    const swept = `${steps}\ngrid: { standardize: [feature, robust] }`;
    assertStringIncludes(await planned(folder, swept), "\ninputs   standardize swept\n");
    const own = await planned(folder, "trainer: notebook\nfixed: { max_steps: 2 }");
    assertFalse(own.includes("\ninputs "));
  }));
