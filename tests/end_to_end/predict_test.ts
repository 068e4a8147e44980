import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "node:path";
import { runHere } from "./_run_here.ts";
import { runTask } from "./_task.ts";
import { Workspace } from "./_workspace.ts";

const EXPERIMENT = `fixed: { hidden: [8], steps: 40, evaluate_every: 20 }
grid: { l2_penalty: [0, 0.01] }
seeds: 2
`;

/** Penguins of any kind, with gaps, an unknown island and another order of columns. */
const PENGUINS = `island,flipper,bill,kind,nest
north,181,39.1,a,=N1
,195,40.3,b,=N2
"=HYPERLINK(""x"")",,36.7,b,=N3
`;

Deno.test("predict predicts a new table by all models of a folder, and says what it is of", () =>
  Workspace.use(async (workspace) => {
    const lines = Array.from({ length: 60 }, (_, row) => {
      const island = row % 9 === 4 ? "" : ["north", "south"][row * 7 % 2];
      const flipper = row % 8 === 3 ? "NA" : String(180 + row * 13 % 40);
      return `${35 + row * 11 % 17},${flipper},${island},${row % 3 === 0 ? "a" : "b"}`;
    });
    await workspace.write("known.csv", ["bill,flipper,island,kind", ...lines, ""].join("\n"));
    const dataset = "dataset: { path: known.csv, target: kind }\n";
    const file = await workspace.write("points.yaml", `name: points\n${dataset}${EXPERIMENT}`);
    const folder = await workspace.sweep(file, "out", "--save-models");
    const models = join(folder, "models");
    const table = await workspace.write("new.csv", PENGUINS);

    const printed = await runTask("predict", models, table);
    assertEquals(printed.code, 0, printed.stderr);
    const [header, ...rows] = printed.stdout.trimEnd().split("\n");
    assertEquals(header, "row,actual,predicted,probability_a,probability_b");
    assertEquals(rows.map((row) => row.split(",").slice(0, 2)), [["1", "a"], ["2", "b"], [
      "3",
      "b",
    ]]);
    for (const row of rows) {
      const [, , predicted, a, b] = row.split(",");
      assertEquals(predicted, Number(b) > Number(a) ? "b" : "a");
      assert(Math.abs(Number(a) + Number(b) - 1) < 1e-12);
    }
    const [what, score, unknown, ignored, ...others] = printed.stderr.trimEnd().split("\n");
    assertMatch(what, /^"kind" of 3 rows of .*new\.csv, predicted by the mean of 2 models of l2_/);
    assertMatch(score, /^Score: loss [\d.]+, accuracy [\d.]+%, /);
    assertEquals(
      unknown,
      '"island" has values that no training row had, in 1 cell: "=HYPERLINK(\\"x\\")"',
    );
    assertEquals(ignored, 'Ignored, since the model has no such column: "nest"');
    assertEquals(others, []);

    // The same in a file, which is never replaced.
    const output = workspace.path("predictions.csv");
    const [one] = [...Deno.readDirSync(models)].map(({ name }) => join(models, name)).sort();
    const written = await runHere("predict", one, table, "--output", output, "--quiet");
    assertEquals([written.code, written.stdout, written.stderr], [0, "", ""]);
    const text = await Deno.readTextFile(output);
    assertMatch(text, /^row,actual,predicted,probability_a,probability_b\n1,a,/);
    const again = await runHere("predict", models, table, "--output", output);
    assertEquals(again.code, 2);
    assertMatch(again.stderr, /is there already, and nothing is overwritten\n$/);
    assertEquals(await Deno.readTextFile(output), text);

    // A column that is missing, and a gap where there was none.
    const wrong = await workspace.write("wrong.csv", "bil,flipper,island\n,181,north\n");
    const { code, stdout, stderr } = await runHere("predict", models, wrong);
    assertEquals([code, stdout], [2, ""]);
    assertMatch(
      stderr,
      /wrong\.csv:1: Cannot find the column "bill", .*"bil" has the nearest name/,
    );
    const gap = await workspace.write("gap.csv", "bill,flipper,island\n,181,north\n");
    assertMatch(
      (await runHere("predict", models, gap)).stderr,
      /gap\.csv:2:1: .* is missing, and none was/,
    );
  }));
