import { assertEquals, assertRejects } from "@std/assert";
import { sweptValue } from "../../src/experiment/cells/swept_value.ts";
import type { Experiment } from "../../src/experiment/experiment.ts";
import { parseWritten } from "../../src/experiment/parse_experiment.ts";
import { settleExperiment } from "../../src/experiment/settle_experiment.ts";
import { textToKeep } from "../../src/experiment/text_to_keep.ts";
import { planRuns } from "../../src/sweep/plan_runs.ts";
import { formatProblems, UserError } from "../../src/user_error.ts";
import { mixedDataset } from "../_mixed_dataset.ts";
import { openOnDataset, parseOnDataset } from "../_on_dataset.ts";
import { rejects, START } from "./_rejects.ts";
import { withFiles } from "./_with_files.ts";

const ways = ({ cells }: Experiment) => cells.map(({ preparation }) => preparation?.standardize);
const names = ({ cells }: Experiment) => cells.map(({ name }) => name);

const PRODUCT = `${START}grid:
  standardize: [feature, robust, none]
  l2_penalty: [0, 0.1]
`;

Deno.test("standardize can be swept, and belongs to no config", () => {
  const experiment = parseOnDataset(PRODUCT, "e.yaml");
  assertEquals(names(experiment).slice(0, 3), [
    "standardize=feature l2_penalty=0",
    "standardize=feature l2_penalty=0.1",
    "standardize=robust l2_penalty=0",
  ]);
  assertEquals(experiment.sweptKeys, ["standardize", "l2_penalty"]);
  assertEquals(ways(experiment), ["feature", "feature", "robust", "robust", "none", "none"]);
  for (const [index, cell] of [...experiment.cells].entries()) {
    assertEquals(cell.technique, "standardize × l2_penalty");
    assertEquals(Object.hasOwn(cell.config, "standardize"), false);
    assertEquals(sweptValue(cell, "standardize"), ways(experiment)[index]);
    assertEquals(experiment.cells.valueAt(index, "standardize"), ways(experiment)[index]);
    const { trainer, config, preparation } = cell;
    assertEquals(experiment.cells.indexOfConfig(trainer, config, preparation), index);
  }
});

Deno.test("cells that do not sweep standardize have the dataset's, and are duplicates of it", () => {
  const text = `name: e
dataset: { path: d.csv, target: y, standardize: robust }
grid:
  - standardize: [feature, robust]
  - l2_penalty: [0, 0.1]
`;
  const experiment = parseOnDataset(text, "e.yaml");
  assertEquals(names(experiment), [
    "standardize=feature",
    "standardize=robust",
    "l2_penalty=0.1",
  ]);
  assertEquals(ways(experiment), ["feature", "robust", "robust"]);
  assertEquals(experiment.duplicates, 1);
});

Deno.test("patterns and the baseline know standardize", () => {
  const baselineOf = ({ cells, baseline }: Experiment) => cells.at(baseline)?.name;
  const only = parseOnDataset(`${PRODUCT}only: standardize!=none l2_penalty=0\n`, "e.yaml");
  assertEquals(ways(only), ["feature", "robust"]);
  const exclude = `${PRODUCT}exclude: { standardize: [none, robust] }\n`;
  assertEquals(ways(parseOnDataset(exclude, "e.yaml")), ["feature", "feature"]);
  const baseline = `${PRODUCT}baseline: { standardize: robust, l2_penalty: 0.1 }\n`;
  assertEquals(
    baselineOf(parseOnDataset(baseline, "e.yaml")),
    "standardize=robust l2_penalty=0.1",
  );
  const conditional = `${START}grid:
  standardize: [feature, none]
  conditional: { when: standardize=none, learning_rate: [0.001, 0.01] }
`;
  assertEquals(names(parseOnDataset(conditional, "e.yaml")), [
    "standardize=feature",
    "standardize=none learning_rate=0.001",
    "standardize=none learning_rate=0.01",
  ]);
  const named = parseOnDataset(PRODUCT, "e.yaml", {
    only: ["standardize=none l2_penalty=0.1", "standardize=robust l2_penalty=0"],
  });
  assertEquals(ways(named), ["robust", "none"]);
});

Deno.test("--set gives all cells one standardization", () => {
  const baseline = `${PRODUCT}baseline: { standardize: robust, l2_penalty: 0.1 }\n`;
  const set = parseOnDataset(baseline, "e.yaml", { set: ["standardize=none"] });
  assertEquals(names(set), ["l2_penalty=0", "l2_penalty=0.1"]);
  assertEquals([set.dataset.standardize, set.baseline], ["none", 1]);
  const kept = parseOnDataset(textToKeep(set, "."), "e.yaml");
  assertEquals([names(kept), kept.dataset.standardize], [names(set), "none"]);
});

rejects(
  "ways to prepare rows that there are not, or where they do not belong",
  `${START}fixed: { standardize: none }
grid: { standardize: [fature], impute: [drop_rows] }
`,
  `e.yaml:3:10: Unknown hyperparameter "standardize"
  3 | fixed: { standardize: none }
    |          ^^^^^^^^^^^ it belongs under dataset, or in the grid
e.yaml:4:23: Cannot use standardize fature: standardize must be global, feature, robust or none
  4 | grid: { standardize: [fature], impute: [drop_rows] }
    |                       ^^^^^^ did you mean "feature"?
e.yaml:4:41: Cannot use impute drop_rows: impute must be median, mean, most_frequent or zero
  4 | grid: { standardize: [fature], impute: [drop_rows] }
    |                                         ^^^^^^^^^`,
);

rejects(
  "a preparation that the trainer does its own way",
  `${START}trainer: notebook
grid: { standardize: [feature, none] }
`,
  `e.yaml:4:9: Cannot sweep standardize: trainer notebook does it its own way
  4 | grid: { standardize: [feature, none] }
    |         ^^^^^^^^^^^`,
);

rejects(
  "a preparation that one of the trainers does its own way",
  `${START}grid: { trainer: [mlp, notebook], standardize: [feature, none] }
`,
  `e.yaml:3:35: Cannot sweep standardize: trainer notebook does it its own way
  3 | grid: { trainer: [mlp, notebook], standardize: [feature, none] }
    |                                   ^^^^^^^^^^^`,
);

rejects(
  "imputation where rows with gaps are left out",
  `name: e
dataset: { path: d.csv, target: y, impute: drop_rows }
grid: { impute: [median, mean] }
`,
  `e.yaml:3:9: Cannot sweep impute: rows with missing cells are left out
  3 | grid: { impute: [median, mean] }
    |         ^^^^^^ impute: drop_rows on line 2`,
);

rejects(
  "a wrong --set of how rows are prepared",
  PRODUCT,
  "--set standardize=feture: Cannot use standardize feture: " +
    'standardize must be global, feature, robust or none (did you mean "feature"?)',
  { set: ["standardize=feture"] },
);

Deno.test("a trainer that prepares rows itself has cells beside swept preparations", () => {
  const text = `${START}grid: [{ trainer: notebook }, { standardize: [feature, none] }]
`;
  const experiment = parseOnDataset(text, "e.yaml");
  assertEquals(ways(experiment), [undefined, "feature", "none"]);
  assertEquals([...experiment.cells].map((cell) => sweptValue(cell, "standardize")), [
    "",
    "feature",
    "none",
  ]);
});

Deno.test("planRuns() gives each cell's runs its own preparation, in task and key", () => {
  const numbers = Array.from({ length: 20 }, (_, row) => row % 3 ? row : null);
  const dataset = mixedDataset([{ name: "age", kind: "number", values: numbers }]);
  const text = `${START}grid:
  - standardize: [feature, robust]
  - impute: [median, zero]
seeds: 1
`;
  const experiment = settleExperiment(parseWritten(text, "e.yaml"), dataset);
  assertEquals(experiment.sweptKeys, ["standardize", "impute"]);
  const { runs } = planRuns(experiment, dataset);
  assertEquals(runs.map(({ identity }) => [identity.standardize, identity.impute]), [
    ["feature", "median"],
    ["robust", "median"],
    ["feature", "zero"],
  ]);
  for (const { task, identity } of runs) {
    assertEquals([task.standardize, task.impute], [identity.standardize, identity.impute]);
  }
  assertEquals(new Set(runs.map(({ key }) => key)).size, 3);
});

/** A table of 4 × 4 pixels, or of as many other columns. */
function tableOf(name: (column: number) => string): string {
  const columns = Array.from({ length: 16 }, (_, column) => column);
  const rows = Array.from({ length: 30 }, (_, row) => {
    return [...columns.map((column) => (row * 5 + column * 3) % 17), row % 2].join();
  });
  return [[...columns.map(name), "y"].join(), ...rows].join("\n") + "\n";
}

Deno.test("openExperiment() makes cells for the standardization that its dataset gets", () =>
  withFiles({
    "e.yaml": `name: e
dataset: { path: d.csv, target: y }
grid: [{ standardize: [global, feature] }, { l2_penalty: [0, 0.1] }]
`,
    "d.csv": tableOf((column) => `pixel_${column}`),
    "other.csv": tableOf((column) => `${column}_cm`),
  }, async (folder) => {
    const { experiment: pictures } = await openOnDataset(`${folder}/e.yaml`);
    assertEquals(ways(pictures), ["global", "feature", "global"]);
    assertEquals([pictures.dataset.standardize, pictures.duplicates], ["global", 1]);
    const dataset = `${folder}/other.csv`;
    const { experiment: others } = await openOnDataset(`${folder}/e.yaml`, { dataset });
    assertEquals(ways(others), ["global", "feature", "feature"]);
    assertEquals([others.dataset.standardize, others.duplicates], ["feature", 1]);
  }));

Deno.test("openExperiment() refuses to sweep imputation where nothing is missing", () =>
  withFiles({
    "e.yaml": `name: e
dataset: { path: d.csv, target: y }
grid: { impute: [median, mean] }
`,
    "d.csv": tableOf((column) => `x${column}`),
  }, async (folder) => {
    const error = await assertRejects(() => openOnDataset(`${folder}/e.yaml`), UserError);
    assertEquals(
      formatProblems(error.problems).replaceAll(`${folder}/`, ""),
      `e.yaml:3:18: Cannot sweep impute: no cell of d.csv is missing in the columns that are used
  3 | grid: { impute: [median, mean] }
    |                  ^^^^^^`,
    );
  }));
