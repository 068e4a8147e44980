import { assert, assertEquals } from "@std/assert";
import { readDataset } from "../../src/dataset/read_dataset.ts";
import { openExperiment } from "../../src/experiment/open_experiment.ts";
import type { ExperimentChanges } from "../../src/experiment/overrides.ts";
import { parseWritten } from "../../src/experiment/parse_experiment.ts";
import { readExperiment, readTables } from "../../src/experiment/read_experiment.ts";
import { settleExperiment } from "../../src/experiment/settle_experiment.ts";
import { textToKeep } from "../../src/experiment/text_to_keep.ts";
import { manifestFacts } from "../../src/sweep/build_manifest.ts";
import { openOnDataset } from "../_on_dataset.ts";

const DATASET = await readDataset("data/digits.csv", { target: "digit" });

const OVERRIDES: readonly ExperimentChanges[] = [
  {},
  { seeds: "3,5" },
  { set: ["steps=7"] },
  { set: ["learning_rate=0.3"], seeds: "2" },
];

Deno.test("manifestFacts() of the kept experiment are those of the experiment that was swept", async () => {
  const folder = new URL("../../experiments/", import.meta.url);
  const names = Array.from(Deno.readDirSync(folder), ({ name }) => name)
    .filter((name) => name.endsWith(".yaml"));
  let [compared, files] = [0, 0];
  for (const name of names) {
    const file = `experiments/${name}`;
    // Of several datasets, the first; no other change is to how a table is read.
    const table = readTables(file)?.tables[0];
    const { experiment: opened, dataset } = await openExperiment(file, { table });
    const { dataset: options, trainers, outline } = opened;
    // Own trainers are kept in files of the folder: kept_trainers_test.ts sweeps those.
    if (!options || !dataset || trainers.select(outline.trainers).some(({ own }) => own)) continue;
    const { standardize } = options;
    files++;
    const settled = async (overrides: ExperimentChanges) =>
      settleExperiment(await readExperiment(file, { ...overrides, table }, standardize), dataset);
    for (const overrides of OVERRIDES) {
      const swept = await settled(overrides).catch(() => undefined);
      if (!swept) continue;
      const only = { ...overrides, only: [swept.cells.at(swept.baseline)?.name ?? ""] };
      // The cells of a search are not known beforehand, so that none can be chosen.
      for (const experiment of swept.search ? [swept] : [swept, await settled(only)]) {
        const written = parseWritten(textToKeep(experiment, "reports/r"), "reports/r/e.yaml");
        const kept = settleExperiment(written, dataset);
        const [facts, again] = [experiment, kept].map((experiment) =>
          manifestFacts({ experiment: { ...experiment, file: "" }, dataset, outcomes: [] })
        );
        assertEquals(JSON.stringify(again), JSON.stringify(facts));
        compared++;
      }
    }
  }
  assert(files > 20 && compared > 3 * files, `${compared} of ${files} files were compared`);
});

Deno.test("manifestFacts() counts the rows of each class", async () => {
  const { experiment } = await openOnDataset("experiments/l1-vs-l2.yaml", {});
  const { dataset } = manifestFacts({ experiment, dataset: DATASET, outcomes: [] });
  assertEquals(dataset?.task, "classification");
  assertEquals(dataset?.classCounts?.map(({ name }) => name), [...DATASET.classes]);
  assertEquals(dataset?.classCounts?.slice(0, 2), [{ name: "0", rows: 178 }, {
    name: "1",
    rows: 182,
  }]);
  const quantities = { ...DATASET, task: "regression" as const, classes: [] };
  const facts = manifestFacts({ experiment, dataset: quantities, outcomes: [] });
  assertEquals([facts.dataset?.classes, facts.dataset?.classCounts], [0, undefined]);
});

Deno.test("manifestFacts() counts the test rows of each class that are in a file of their own", async () => {
  const { experiment, dataset } = await openOnDataset("experiments/thyroid.yaml", {});
  const facts = manifestFacts({ experiment, dataset, outcomes: [] });
  assertEquals(facts.dataset?.classCounts, [
    { name: "1", rows: 166, testRows: 77 },
    { name: "2", rows: 368, testRows: 176 },
    { name: "3", rows: 6666, testRows: 3347 },
  ]);
});
