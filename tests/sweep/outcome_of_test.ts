import { assert, assertEquals } from "@std/assert";
import { RunSummaries } from "../../src/results/run_summaries.ts";
import { outcomeOf, ShortOutcome } from "../../src/sweep/outcome_of.ts";
import { planRuns } from "../../src/sweep/plan_runs.ts";
import { numericDataset } from "../_numeric_dataset.ts";
import { parseOnDataset } from "../_on_dataset.ts";
import { sampleRecord } from "../store/_sample_record.ts";

Deno.test("ShortOutcome has the members of an outcome, with folds and without", () => {
  const dataset = numericDataset({ rows: 50, columns: 1, classes: 2, checksum: "checksum" });
  const { result } = sampleRecord(1);
  const summary = new RunSummaries().add(result);
  for (const split of ["{ folds: 3 }", "{}"]) {
    const experiment = parseOnDataset(
      `name: e\ndataset: { path: d.csv, target: y, split: ${split}, standardize: global }\n` +
        "grid: { l1_penalty: [0, 1] }\nseeds: [5, 7]\n",
      "e.yaml",
    );
    for (const run of planRuns(experiment, dataset).runs) {
      const short = new ShortOutcome(run, summary);
      const { key, cell, replicate, seed, fold } = outcomeOf(run, { result });
      assertEquals(
        [short.key, short.cell, short.replicate, short.seed, short.fold, short.result],
        [key, cell, replicate, seed, fold, summary],
      );
    }
  }
});

Deno.test("a run takes a few hundred bytes of a sweep's memory", async () => {
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--no-check", "--quiet", "--v8-flags=--expose-gc"],
      ...["--config", new URL("../deno.json", import.meta.url).pathname],
      new URL("./_run_memory.ts", import.meta.url).pathname,
    ],
  }).output();
  const bytes = Number(new TextDecoder().decode(stdout));
  assert(bytes > 0 && bytes < 450, `${bytes} ${new TextDecoder().decode(stderr)}`);
});
