import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { predictTable } from "../../src/predict/predict_table.ts";
import { formatProblems, UserError } from "../../src/user_error.ts";
import { inFolder } from "../_in_folder.ts";
import {
  MIXED,
  MIXED_HEADER,
  MIXED_ROWS,
  textOf,
  type ToTrain,
  trainModel,
} from "./_trained_model.ts";

async function tableIn(folder: string, lines: readonly string[]): Promise<string> {
  const path = join(folder, "new.csv");
  await Deno.writeTextFile(path, textOf(lines));
  return path;
}

async function problemsOf(model: string, table: string): Promise<string> {
  const error = await assertRejects(() => predictTable(model, table), UserError);
  return formatProblems(error.problems).replaceAll(table, "new.csv").replaceAll(model, "MODEL");
}

/** Lines with their fields in another order. */
function reordered(lines: readonly string[], order: readonly number[]): string[] {
  return lines.map((line) => {
    const fields = line.split(",");
    return order.map((field) => fields[field]).join(",");
  });
}

const DIABETES = (await Deno.readTextFile("data/diabetes.tab.txt")).trim().split("\n");
const IRIS = (await Deno.readTextFile("data/iris.data")).trim().split("\n");

/** Tables and models of all kinds. */
const TRAINED: Readonly<Record<string, ToTrain>> = {
  "columns of all types with gaps": MIXED,
  "a gap as the most frequent value": { ...MIXED, impute: "most_frequent" },
  "quantities": {
    lines: DIABETES,
    options: { target: "Y" },
    config: { loss: "huber" },
  },
  // Products of layers without activation are computed in an order that depends on the batch.
  "layers without activation": {
    lines: IRIS,
    options: { target: -1 },
    config: { hidden: [40, 3], activation: "identity", batch_size: 16, dropout: 0.1 },
  },
  "batch normalization, skip connections and shake-drop": {
    lines: IRIS,
    options: { target: -1 },
    config: {
      hidden: [8, 8],
      batch_norm: "on",
      skip: "residual",
      shake_drop: 0.5,
      batch_size: 16,
    },
  },
  "averaged weights with batch normalization": {
    lines: IRIS,
    options: { target: -1 },
    config: {
      hidden: [8, 6],
      batch_norm: "on",
      averaging_start: 5,
      averaging_period: 2,
      batch_size: 16,
    },
  },
  "snapshots with batch normalization": {
    lines: IRIS,
    options: { target: -1 },
    config: {
      hidden: [8, 6],
      batch_norm: "on",
      snapshots: 3,
      schedule: "restarts",
      schedule_period: 3,
      batch_size: 16,
    },
  },
  "snapshots that predict quantities": {
    lines: DIABETES,
    options: { target: "Y" },
    config: { snapshots: 3, schedule: "restarts", schedule_period: 3 },
  },
};

for (const [name, given] of Object.entries(TRAINED)) {
  Deno.test(`predictTable() gives validation rows the very scores of the run: ${name}`, () =>
    inFolder(async (folder) => {
      const { path, rows, validation, dataset } = await trainModel(folder, given);
      const hasHeader = dataset.facts.reading.header;
      const [header, ...lines] = hasHeader ? given.lines : ["", ...given.lines];
      const own = [...rows.validation].map((row) => lines[row]);
      const table = await tableIn(folder, hasHeader ? [header, ...own] : own);
      const { score, rows: predicted, classes, unknown } = await predictTable(path, table);
      assertEquals(score?.rows, rows.validation.length);
      assertEquals({ ...score?.measures }, validation);
      if (classes.length > 0) {
        const right = predicted.filter(({ actual, predicted }) => actual === predicted);
        assertEquals(right.length / predicted.length, validation.accuracy);
      }
      // One that the training rows say nothing of.
      const far = [{ column: "port", cells: 1, values: ["far"] }];
      assertEquals(unknown, given.lines.includes(MIXED_HEADER) ? far : []);
    }));
}

Deno.test("predictTable() finds columns by name, in any order, and ignores others", () =>
  inFolder(async (folder) => {
    const { path } = await trainModel(folder, MIXED);
    const plain = await predictTable(path, await tableIn(folder, MIXED.lines));
    const [header, ...rows] = reordered(MIXED.lines, [6, 0, 5, 4, 3, 2, 1]);
    const lines = [`${header},colour`, ...rows.map((row) => `${row},red`)];
    const { rows: others, ignored, score } = await predictTable(path, await tableIn(folder, lines));
    assertEquals([ignored, score], [["colour"], undefined]);
    assertEquals(others, plain.rows.map(({ actual: _, ...row }) => row));
    assertEquals(others.slice(0, 2).map(({ row, id }) => [row, id]), [[1, "R0"], [2, "R1"]]);
    assertEquals([plain.isTrainingTable, plain.target, plain.classes], [true, "kind", ["a", "b"]]);
  }));

Deno.test("predictTable() names all columns that are missing, and the nearest names", () =>
  inFolder(async (folder) => {
    const { path } = await trainModel(folder, MIXED);
    const table = await tableIn(folder, ["id,aeg,day,Port,level,kind", "R1,5,1/2/2026,bay,2,a"]);
    assertEquals(
      await problemsOf(path, table),
      `new.csv:1: Cannot find the column "age", which the model needs ("aeg" has the nearest name; rename it if it is the one)
new.csv:1: Cannot find the column "share", which the model needs
new.csv:1: Cannot find the column "member", which the model needs
new.csv:1: Cannot find the column "port", which the model needs ("Port" has the nearest name; rename it if it is the one)`,
    );
  }));

Deno.test("predictTable() takes a word that no training row had for none of a category's words", () =>
  inFolder(async (folder) => {
    const { path } = await trainModel(folder, MIXED);
    const row = (port: string) => `R9,30,5%,3/2/2026,yes,${port},2,a`;
    const lines = ["far", "new", "", "bay"].map(row);
    const table = await tableIn(folder, [MIXED_HEADER, ...lines]);
    const { rows, unknown } = await predictTable(path, table);
    const [far, other, missing, bay] = rows.map(({ probabilities }) => probabilities);
    assertEquals(unknown, [{ column: "port", cells: 2, values: ["far", "new"] }]);
    assertEquals(far, other);
    assert(String(other) !== String(missing) && String(other) !== String(bay));
  }));

Deno.test("predictTable() takes an unknown word for missing where the run's test file did", () =>
  inFolder(async (folder) => {
    const unknown = "X1,30,5%,3/2/2026,yes,new,2,a";
    const testLines = [MIXED_HEADER, unknown, ...MIXED_ROWS.slice(0, 8)];
    const { path, test } = await trainModel(folder, {
      ...MIXED,
      testLines,
      options: { ...MIXED.options, testPath: "test.csv" },
    });
    const { score } = await predictTable(path, await tableIn(folder, testLines));
    assertEquals({ ...score?.measures }, test);
  }));

Deno.test("predictTable() refuses cells that cannot be read as they were in training", () =>
  inFolder(async (folder) => {
    const { path } = await trainModel(folder, MIXED);
    const table = await tableIn(folder, [
      MIXED_HEADER,
      "R1,old,0.5,2026-02-30,maybe,bay,,c",
      "R2,5,0.7,1/2/2026,yes,cove,2,a",
    ]);
    assertEquals(
      await problemsOf(path, table),
      `new.csv:2:4: Cannot use column "age" as number, as in the model's table: 1 of 2 cells is not a number: "old"
  2 | R1,old,0.5,2026-02-30,maybe,bay,,c
    |    ^^^
new.csv:2:8: Cannot use column "share": it has no percent signs here, and percent signs in the model's table
  2 | R1,old,0.5,2026-02-30,maybe,bay,,c
    |        ^^^ write its numbers one way in both files
new.csv:2:12: Cannot use column "day" as date: its cells are not all dates as in the model's table: "2026-02-30"
  2 | R1,old,0.5,2026-02-30,maybe,bay,,c
    |            ^^^^^^^^^^
new.csv:2:23: Cannot use column "member" as boolean: its cells are not all true or false, yes or no, or 1 or 0: "maybe"
  2 | R1,old,0.5,2026-02-30,maybe,bay,,c
    |                       ^^^^^
new.csv:2:33: Cannot use column "level": 1 of 2 cells is missing, and none was in the model's table, so that nothing says what stands for them
  2 | R1,old,0.5,2026-02-30,maybe,bay,,c
    |                                 ^ fill them in, or remove their rows
new.csv:2:34: Cannot score class "c": the model knows no such class
  2 | R1,old,0.5,2026-02-30,maybe,bay,,c
    |                                  ^ to predict without a score, leave the column out`,
    );
  }));

Deno.test("predictTable() scores only the rows that have a target", () =>
  inFolder(async (folder) => {
    const { path, rows, validation } = await trainModel(folder, MIXED);
    const own = [...rows.validation].map((row) => MIXED_ROWS[row]);
    const without = MIXED_ROWS.slice(0, 5).map((row) => row.replace(/[ab]$/, ""));
    const mixed = await tableIn(folder, [MIXED_HEADER, ...without, ...own]);
    const { score, rows: predicted } = await predictTable(path, mixed);
    assertEquals([score?.rows, { ...score?.measures }], [own.length, validation]);
    assertEquals(predicted.slice(0, 5).map(({ actual }) => actual), Array(5).fill(undefined));
    const none = await predictTable(path, await tableIn(folder, [MIXED_HEADER, ...without]));
    assertEquals([none.score, none.rows], [undefined, predicted.slice(0, 5)]);
  }));

Deno.test("predictTable() finds columns by their places where the first line has no names", () =>
  inFolder(async (folder) => {
    const { path } = await trainModel(folder, { lines: IRIS, options: { target: 5 } });
    const all = await predictTable(path, await tableIn(folder, IRIS));
    const without = await predictTable(path, await tableIn(folder, reordered(IRIS, [0, 1, 2, 3])));
    const named = await predictTable(
      path,
      await tableIn(folder, [
        "column_4,column_2,column_1,column_3",
        ...reordered(IRIS, [3, 1, 0, 2]),
      ]),
    );
    assertEquals([all.isByPlace, without.isByPlace, named.isByPlace], [true, true, false]);
    assertEquals(without.rows, all.rows.map(({ actual: _, ...row }) => row));
    assertEquals(named.rows, without.rows);
    assertEquals(
      await problemsOf(path, await tableIn(folder, reordered(IRIS, [0, 1, 2]))),
      "new.csv:1: Cannot use a table of 3 columns without a header: the model's table has 5, or 4 without the target (name the columns in the first line)",
    );
    // A header with other names is no row.
    const other = await problemsOf(path, await tableIn(folder, ["a,b,c,d,e", ...IRIS]));
    assertMatch(other, /new\.csv:1:1: Cannot use column "column_1" as number/);
  }));

Deno.test("predictTable() takes the mean of a folder's models", () =>
  inFolder(async (folder) => {
    for (const given of [MIXED, TRAINED.quantities]) {
      await Deno.mkdir(join(folder, "models"));
      const paths = [];
      for (const seed of [1, 2]) {
        paths.push((await trainModel(join(folder, "models"), { ...given, seed })).path);
      }
      const table = await tableIn(folder, given.lines);
      const [a, b, mean] = await Promise.all(
        [...paths, join(folder, "models")].map((model) => predictTable(model, table)),
      );
      assertEquals(mean.models.map(({ seed, cell }) => [seed, cell]), [[1, "a"], [2, "a"]]);
      mean.rows.forEach(({ predicted, probabilities }, row) => {
        const [p, q] = [a.rows[row], b.rows[row]];
        if (!probabilities) {
          assertEquals(predicted, (Number(p.predicted) + Number(q.predicted)) / 2);
          return;
        }
        const means = probabilities.map((_, c) => {
          return ((p.probabilities?.[c] ?? 0) + (q.probabilities?.[c] ?? 0)) / 2;
        });
        assertEquals(probabilities, means);
        assertEquals(predicted, mean.classes[means[1] > means[0] ? 1 : 0]);
      });
      const right = mean.rows.filter(({ actual, predicted }) => actual === predicted).length;
      const { measures } = mean.score ?? {};
      if (given === MIXED) assertEquals(measures?.accuracy, right / mean.rows.length);
      // In deviations of the training rows, which the models do not share.
      else {assertEquals([measures && "loss" in measures, Number(measures?.rmse) > 0], [
          false,
          true,
        ]);}
      await Deno.remove(join(folder, "models"), { recursive: true });
    }
  }));

Deno.test("predictTable() reads files that are written in another way, or compressed", () =>
  inFolder(async (folder) => {
    const { path } = await trainModel(folder, TRAINED.quantities);
    const { rows } = await predictTable(path, await tableIn(folder, DIABETES));
    for (const separator of [",", ";", "|"]) {
      const lines = DIABETES.map((line) => line.replaceAll("\t", separator));
      const other = await predictTable(path, await tableIn(folder, lines));
      assertEquals([other.rows, other.isByPlace], [rows, false], separator);
    }
    const european = DIABETES.map((line) => line.replaceAll(".", ",").replaceAll("\t", ";"));
    assertEquals((await predictTable(path, await tableIn(folder, european))).rows, rows);
    const zipped = join(folder, "new.tsv.gz");
    await Deno.writeFile(zipped, gzipSync(textOf(DIABETES)));
    assertEquals((await predictTable(path, zipped)).rows, rows);
  }));
