import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { compareRuns } from "../../src/api/compare_runs.ts";
import { gzipSync } from "fflate";
import { problemsOf, shortRun, TABLE, withImport } from "./_import_table.ts";

Deno.test("importRuns() gives the statistics of compareRuns()", () =>
  withImport(TABLE, {}, async ({ results, imported }) => {
    const runs = [["a", 1, 0.5], ["a", 2, 0.6], ["b", 1, 0.7], ["b", 2, 0.9]] as const;
    const expected = await compareRuns(
      runs.map(([cell, seed, value]) => ({ cell, seed, value })),
      { baseline: "a" },
    );
    assertEquals(results.comparisons, expected.comparisons);
    assertEquals(results.cells.map(({ mean }) => mean), expected.cells.map(({ mean }) => mean));
    assertEquals(results.runs.map(shortRun), [
      "a, seed 1: 0.5",
      "a, seed 2: 0.6",
      "b, seed 1: 0.7",
      "b, seed 2: 0.9",
    ]);
    assertEquals(results.runs.map(({ run }) => run), ["line 2", "line 3", "line 4", "line 5"]);
    assertEquals([results.state, results.metric, imported.notes], ["complete", "score", []]);
  }));

Deno.test("importRuns() reads gzip and other separators", () =>
  withImport(
    gzipSync(new TextEncoder().encode(TABLE.replaceAll(",", "\t"))),
    {},
    ({ results, imported }) => {
      assertEquals(results.runs.length, 4);
      assertMatch(imported.folder, /runs$/);
    },
    "runs.tsv.gz",
  ));

Deno.test("importRuns() reads Parquet, and names rows", async () => {
  const path = new URL("../fixtures/parquet/snappy.parquet", import.meta.url);
  const options = { cell: "category", seed: "long", metric: "double", baseline: "y" };
  await withImport(await Deno.readFile(path), options, ({ results }) => {
    assertEquals(results.runs.map(({ cell, run, status }) => [cell, run, status]), [
      ["x", "row 1", "completed"],
      ["x", "row 3", "completed"],
      ["y", "row 2", "failed"],
    ]);
  }, "runs.parquet");
});

Deno.test("importRuns() names cells of several columns by keys, which are swept then", () =>
  withImport(
    "params_learningRate,params_depth,seed,score\n0.10,,1,1\n0.1,,2,2\n1e-2,3,1,3\n0.01,3.0,2,4\n",
    { cell: ["params_learningRate", "params_depth"], baseline: "params_learningRate=0.1" },
    ({ results, imported }) => {
      assertEquals(imported.baseline, "learning_rate=0.1");
      assertEquals(results.cells.map(({ cell, values }) => [cell, values]), [
        ["learning_rate=0.1", { learning_rate: 0.1, depth: "" }],
        ["learning_rate=0.01 depth=3", { learning_rate: 0.01, depth: 3 }],
      ]);
    },
  ));

Deno.test("importRuns() takes a baseline by name, by columns and by values", async () => {
  const table = "param_C,kind,seed,score\n1,x,1,1\n1,x,2,2\n2,x,1,3\n2,x,2,5\n";
  const cell = ["param_C", "kind"];
  for (const baseline of ["c=2 kind=x", "kind=x, C=2", "param_C=2.0,kind=x", "c=2, kind=x"]) {
    await withImport(table, { cell, baseline }, ({ imported }) => {
      assertEquals(imported.baseline, "c=2 kind=x");
    });
  }
  await withImport(table, { cell: "param_C", baseline: "2.0" }, ({ imported }) => {
    assertEquals(imported.baseline, "c=2");
  });
});

Deno.test("importRuns() numbers seeds that are names, and says so", () =>
  withImport(
    "model,fold,score\na,north,1\na,south,2\nb,south,3\nb,north,4\n",
    { seed: "fold" },
    async ({ results, imported }) => {
      assertEquals(results.runs.map(shortRun), [
        "a, seed 1: 1",
        "a, seed 2: 2",
        "b, seed 1: 4",
        "b, seed 2: 3",
      ]);
      assertEquals(imported.notes, ["Seeds are numbered as they appear: 1 is north, 2 is south"]);
      const manifest = JSON.parse(
        await Deno.readTextFile(join(imported.folder, "manifest.json")),
      );
      assertEquals(manifest.imported.seedNames, ["north", "south"]);
    },
  ));

Deno.test("importRuns() takes several columns for seeds, and 3 and 3.0 for one", async () => {
  const repeated = "model,seed,fold,score\na,1,1,1\na,1,2,2\nb,1,1,3\nb,1,2,5\n";
  await withImport(repeated, { seed: ["seed", "fold"] }, ({ imported }) => {
    assertEquals([imported.seeds, imported.runs.total], [2, 4]);
  });
  await withImport(TABLE.replace("b,1", "b,1.0"), {}, ({ results }) => {
    assertEquals(results.comparisons[0].n, 2);
  });
});

Deno.test("importRuns() takes the columns of a pattern for seeds", () =>
  withImport(
    "model,split0_score,split1_score,mean_score\na,1,2,1.5\nb,3,5,4\n",
    { seed: undefined, metric: "split*_score" },
    ({ results, imported }) => {
      assertEquals(results.runs.map(shortRun), [
        "a, seed 0: 1",
        "a, seed 1: 2",
        "b, seed 0: 3",
        "b, seed 1: 5",
      ]);
      assertEquals(results.runs[3].run, "line 3, split1_score");
      assertEquals(imported.notes, ["Seeds are from the columns split0_score, split1_score"]);
    },
  ));

Deno.test("importRuns() counts runs without a value as failed", () =>
  withImport(
    "model,seed,score\na,1,0.5\na,2,0.6\na,3,NaN\nb,1,\nb,2,-inf\nb,3,0.9\n",
    {},
    async ({ results, imported }) => {
      assertEquals(results.runs.map(shortRun), [
        "a, seed 1: 0.5",
        "a, seed 2: 0.6",
        "a, seed 3: failed",
        "b, seed 1: failed",
        "b, seed 2: failed",
        "b, seed 3: 0.9",
      ]);
      assertEquals(imported.runs, { total: 6, failed: 3 });
      assertStringIncludes(imported.notes[0], "3 runs without a value count as failed");
      const { failures } = JSON.parse(
        await Deno.readTextFile(join(imported.folder, "manifest.json")),
      );
      assertEquals(failures.map(({ reason }: { reason: string }) => reason), [
        "score is NaN, in line 4",
        "score is empty, in line 5",
        "score is -inf, in line 6",
      ]);
    },
  ));

Deno.test("importRuns() compares only seeds that both cells have, and says which lack some", () =>
  withImport(TABLE + "b,3,0.1\n", {}, ({ results, imported }) => {
    assertEquals(results.comparisons[0].n, 2);
    assertMatch(imported.notes.join(), /Not every cell has all 3 seeds: a has 2/);
  }));

Deno.test("importRuns() leaves out rows by --where, and says how many", () =>
  withImport(
    "model,seed,score,state\na,1,1,done\na,1,7,lost\nb,1,2,done\n",
    { where: ["state=done"] },
    ({ imported }) => {
      assertEquals(imported.runs.total, 2);
      assertEquals(imported.notes, ["1 row without state=done is left out"]);
    },
  ));

Deno.test("importRuns() says so if runs that ended in several ways are used", async () => {
  const table =
    "model,seed,score,State\na,1,1,finished\na,2,2,finished\nb,1,3,crashed\nb,2,4,finished\n";
  await withImport(table, {}, ({ imported }) => {
    assertEquals(imported.notes, [
      "Runs are used whatever State says: finished, crashed; --where State=VALUE leaves the others out",
    ]);
  });
  await withImport(table, { where: ["State=finished"] }, ({ imported }) => {
    assertEquals(imported.notes.length, 2);
    assertMatch(imported.notes[0], /^1 row without State=finished is left out$/);
  });
});

Deno.test("importRuns() imports a single cell, and a single seed, with nothing to decide", async () => {
  await withImport("model,seed,score\na,1,1\na,2,2\n", {}, ({ imported, results }) => {
    assertStringIncludes(imported.answer.advice, "single cell");
    assertEquals(results.comparisons, []);
  });
  await withImport("model,seed,score\na,1,1\nb,1,2\n", {}, ({ results }) => {
    assertEquals(results.comparisons.map(({ verdict }) => verdict), ["undecided"]);
  });
});

Deno.test("importRuns() widens intervals by the overlap of the seeds' rows", () =>
  withImport(
    TABLE,
    { overlap: 0.25 },
    ({ results: wide }) =>
      withImport(TABLE, {}, ({ results: narrow }) => {
        const widthOf = ({ comparisons: [{ ciLow = 0, ciHigh = 0 }] }: typeof wide) =>
          ciHigh - ciLow;
        // √(1/2 + 1/4) over √(1/2)
        assert(Math.abs(widthOf(wide) / widthOf(narrow) - Math.sqrt(1.5)) < 1e-9);
      }),
  ));

Deno.test("importRuns() does not take cells of equal values for the same run", () =>
  withImport("model,seed,score\na,1,1\na,2,2\nb,1,1\nb,2,2\n", {}, ({ imported }) => {
    assert(!/no other setting has an effect/.test(imported.answer.advice));
  }));

Deno.test("importRuns() names every unknown column, with the nearest one", async () => {
  const text = await problemsOf(TABLE, { cell: "modle", seed: "sed", metric: "accuracy" });
  assertEquals(text.split("\n").length, 3);
  assertStringIncludes(text, 'Cannot find the cell column "modle"');
  assertStringIncludes(text, 'did you mean "model"?');
  assertStringIncludes(text, 'did you mean "seed"?');
  assertStringIncludes(text, 'the columns are "model", "seed", "score"');
  const prefixed = await problemsOf("params_lr,seed,score\n1,1,1\n", { cell: "lr" });
  assertStringIncludes(prefixed, 'did you mean "params_lr"?');
});

Deno.test("importRuns() refuses a cell with a seed twice, with both lines", async () => {
  const text = await problemsOf(TABLE + "b,1,0.8\n");
  assertStringIncludes(text, 'runs.csv:6: Cell "b" has seed 1 twice: in line 4 and in line 6');
  assertStringIncludes(text, "part of the cell or the seed");
});

Deno.test("importRuns() refuses an unknown baseline, and lists the cells", async () => {
  const text = await problemsOf(TABLE.replaceAll("a,", "plain,"), { baseline: "plian" });
  assertStringIncludes(text, 'the cells are "plain", "b" (did you mean "plain"?)');
});

Deno.test("importRuns() refuses words in the metric, and shows some of them", async () => {
  const rows = Array.from({ length: 9 }, (_, seed) => `a,${seed},fast`);
  const text = await problemsOf(["model,seed,score", ...rows].join("\n"));
  assertMatch(text, /^runs\.csv:2:5: Cannot use "fast" as score: it is not a number/);
  assertStringIncludes(text, "And 4 more: rows whose metric is not a number");
});

Deno.test("importRuns() refuses rows without a cell or a seed", async () => {
  const text = await problemsOf("model,seed,score\n,1,1\na,,2\na,2,3\n");
  assertStringIncludes(text, "runs.csv:2:1: The row has no model");
  assertStringIncludes(text, "runs.csv:3:3: The row has no seed, its seed");
});

Deno.test("importRuns() reports problems of rows, seeds and the baseline at once", async () => {
  const text = await problemsOf(TABLE + "b,1,0.8\nb,3,x\n", { baseline: "plain" });
  assertStringIncludes(text, 'Cannot use "x" as score');
  assertStringIncludes(text, "has seed 1 twice");
  assertStringIncludes(text, "Cannot find the baseline");
});

Deno.test("importRuns() refuses a table without seeds, and names columns that look like some", async () => {
  const text = await problemsOf("model,fold,score\na,1,1\n", { seed: undefined });
  assertStringIncludes(text, "Cannot import without a seed column");
  assertStringIncludes(text, 'is it "fold"?');
});

Deno.test("importRuns() asks for the direction of a metric whose name casts doubt on it", async () => {
  for (const metric of ["val_loss", "value", "test-RMSE"]) {
    const table = TABLE.replace("score", metric);
    const problems = await problemsOf(table, { metric });
    assertStringIncludes(problems, "Cannot tell whether");
    assertStringIncludes(problems, "--better larger or --better smaller");
    await withImport(table, { metric, better: "smaller" }, ({ results }) => {
      assertEquals(results.comparisons[0].verdict === "better", false);
    });
  }
  const metric = "neg_mean_squared_error";
  await withImport(TABLE.replace("score", metric), { metric }, ({ imported }) => {
    assertEquals(imported.better, "larger");
  });
});

Deno.test("importRuns() refuses what numbers the runs as a cell", async () => {
  const rows = Array.from({ length: 10_001 }, (_, run) => `run-${run},1,0.5`);
  const text = await problemsOf(["model,seed,score", ...rows].join("\n"), { baseline: "run-1" });
  assertStringIncludes(text, "Cannot import 10,001 cells");
});

Deno.test("importRuns() refuses names of folders that lead elsewhere", async () => {
  assertStringIncludes(await problemsOf(TABLE, { name: "../x" }), "name must be");
  assertStringIncludes(await problemsOf(TABLE, { name: "store" }), "name must not be store");
});

Deno.test("importRuns() leaves nothing behind when it refuses", () =>
  withImport(TABLE, {}, async ({ folder }) => {
    await problemsOf(TABLE, { baseline: "x" });
    assertEquals([...Deno.readDirSync(join(folder, "reports"))].map(({ name }) => name).sort(), [
      "index.html",
      "runs",
    ]);
  }));
