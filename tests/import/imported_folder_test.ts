import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { join } from "node:path";
import { importRuns } from "../../src/api/import_runs.ts";
import { comparisonText } from "../../src/cli/compare_text.ts";
import { drawReport } from "../../src/api/report.ts";
import { verifyResults } from "../../src/api/verify.ts";
import { readIndex } from "../../src/report/index/read_index.ts";
import { readCellTable } from "../../src/report/table/read_cell_table.ts";
import { sha256 } from "../../src/sha256.ts";
import { replacedResults } from "../../src/sweep/replaced_results.ts";
import { UserError } from "../../src/user_error.ts";
import { compareSweeps } from "../../src/verify/compare_sweeps.ts";
import { exportModels } from "../../src/verify/export_models.ts";
import { withSweptFolder } from "../verify/_swept_folder.ts";
import { TABLE, USUAL, withImport } from "./_import_table.ts";

const FILES = ["cells.csv", "comparisons.csv", "manifest.json", "report.html", "runs.csv"];

async function contentOf(folder: string): Promise<Record<string, string>> {
  const entries = [...Deno.readDirSync(folder)].map(async ({ name }) =>
    [name, await Deno.readTextFile(join(folder, name))] as const
  );
  return Object.fromEntries((await Promise.all(entries)).sort());
}

Deno.test("a folder of imported runs has no invented facts", () =>
  withImport(TABLE, {}, async ({ imported: { folder } }) => {
    const content = await contentOf(folder);
    assertEquals(Object.keys(content).sort(), FILES);
    const manifest = JSON.parse(content["manifest.json"]);
    assertEquals(manifest.imported, {
      checksum: await sha256(TABLE),
      rows: 4,
      leftOut: 0,
      columns: { cell: ["model"], seed: ["seed"], metric: ["score"] },
      where: [],
    });
    assertEquals([manifest.experiment.file, manifest.trainers], ["runs.csv", {}]);
    for (const member of ["times", "machine", "git", "kernels", "dataset", "command"]) {
      assertEquals(manifest[member], undefined, member);
    }
    assertEquals(content["runs.csv"].split("\n").slice(0, 2), [
      "run,cell,replicate,seed,status,steps,score,digest",
      "line 2,a,0,1,completed,,0.5,",
    ]);
  }));

Deno.test("the report says at its top and at its end that its runs were imported", () =>
  withImport(TABLE, {}, async ({ imported: { folder } }) => {
    const page = await Deno.readTextFile(join(folder, "report.html"));
    const [top, rest] = page.split('<section class="answer"');
    assertStringIncludes(
      top,
      "<strong>Imported.</strong> These runs are from <code>runs.csv</code>",
    );
    assertStringIncludes(rest, "Where the runs come from");
    assertStringIncludes(rest, await sha256(TABLE));
    for (
      const words of ["What was run", "Learning curves", "Time per run", "Use this", "trainer"]
    ) {
      assert(!page.split('<script type="text/plain"')[0].includes(words), words);
    }
  }));

Deno.test("importing a table again gives the same bytes, and replaces another", () =>
  withImport(TABLE, {}, async ({ folder, imported }) => {
    const before = await contentOf(imported.folder);
    const again = () =>
      importRuns(join(folder, "runs.csv"), { ...USUAL, reports: join(folder, "reports") });
    await again();
    assertEquals(await contentOf(imported.folder), before);
    await Deno.writeTextFile(join(folder, "runs.csv"), TABLE.replace("0.9", "0.8"));
    await again();
    const after = await contentOf(imported.folder);
    assertEquals(Object.keys(after).sort(), FILES);
    assert(after["runs.csv"] !== before["runs.csv"]);
  }));

Deno.test("a sweep's folder is not replaced by imported runs", () =>
  withSweptFolder((swept) =>
    withImport(TABLE, {}, async ({ folder }) => {
      const before = await contentOf(swept);
      const options = { ...USUAL, reports: join(swept, ".."), name: "small" };
      const error = await assertRejects(
        () => importRuns(join(folder, "runs.csv"), options),
        UserError,
      );
      assertStringIncludes(error.message, "it has the results of a sweep");
      assertEquals(await contentOf(swept), before);
    })
  ));

Deno.test("a sweep that replaces imported runs says so", () =>
  withImport(TABLE, {}, async ({ imported: { folder } }) => {
    assertMatch(
      await replacedResults(folder, () => []) ?? "",
      /^The imported runs in .* are replaced/,
    );
  }));

Deno.test("report, table and index work on imported runs", () =>
  withImport(TABLE, {}, async ({ folder, imported }) => {
    const before = await contentOf(imported.folder);
    await drawReport(imported.folder);
    assertEquals(await contentOf(imported.folder), before);
    const { table } = await readCellTable(imported.folder);
    const names = table.columns.find(({ name }) => name === "cell");
    assertEquals(names?.fields, ["b", "a"]);
    const { entries, unreadable } = await readIndex(join(folder, "reports"));
    assertEquals(unreadable, []);
    assertEquals(entries.map(({ name, started }) => [name, started]), [["runs", undefined]]);
    const page = await Deno.readTextFile(join(folder, "reports/index.html"));
    assertStringIncludes(page, ">imported<");
  }));

Deno.test("verify checks files and statistics of imported runs, and no run", () =>
  withImport(TABLE, {}, async ({ imported: { folder } }) => {
    const { isRight, isImported, runs, files, mismatches } = await verifyResults(folder);
    assertEquals([isRight, isImported, runs, mismatches], [true, true, 0, []]);
    assertEquals(files, FILES.length);
  }));

/** Changes a file, and makes the manifest agree with it. */
async function forge(
  folder: string,
  name: string,
  change: (text: string) => string,
): Promise<void> {
  const [path, manifestPath] = [join(folder, name), join(folder, "manifest.json")];
  const text = change(await Deno.readTextFile(path));
  await Deno.writeTextFile(path, text);
  if (path === manifestPath) return;
  const manifest = JSON.parse(await Deno.readTextFile(manifestPath));
  manifest.files[name] = await sha256(text);
  await Deno.writeTextFile(manifestPath, JSON.stringify(manifest, null, 2) + "\n");
}

Deno.test("verify finds files of imported runs that do not follow from runs.csv", async () => {
  const forgeries: [string, (text: string) => string][] = [
    ["cells.csv", (text) => text.replace("0.8", "0.9")],
    ["comparisons.csv", (text) => text.replace("undecided", "better")],
    ["report.html", (text) => text.replace("Imported.", "Verified.")],
    ["manifest.json", (text) => text.replace('"total": 4', '"total": 3')],
  ];
  for (const [name, change] of forgeries) {
    await withImport(TABLE, {}, async ({ imported: { folder } }) => {
      await forge(folder, name, change);
      const { isRight, mismatches } = await verifyResults(folder);
      assertEquals(isRight, false);
      // The report shows checksums of the others.
      assert(mismatches.some(({ subject }) => subject === name), name);
    });
  }
});

Deno.test("models, and compare with a sweep or without the folder, say that runs were imported", () =>
  withImport(TABLE, {}, async ({ imported: { folder } }) => {
    const models = await assertRejects(
      () => exportModels(folder, { onProblem: () => {} }),
      UserError,
    );
    assertStringIncludes(models.message, "its runs were imported");
    const alone = join(folder, "runs.csv");
    await withSweptFolder(async (swept) => {
      const refusals: [string, string, RegExp][] = [
        [
          alone,
          folder,
          /^Cannot compare .*runs.csv alone: its runs were imported, and have no keys/,
        ],
        [swept, folder, /^Cannot compare .*runs with .*small: the runs of .*runs were imported/],
        [
          folder,
          join(swept, "runs.csv"),
          /^Cannot compare .*runs with .*small\/runs.csv: the runs of .*runs were /,
        ],
      ];
      for (const [a, b, message] of refusals) {
        const { problems } = await assertRejects(() => compareSweeps(a, b), UserError);
        assertMatch(problems[0].message, message);
        assert(problems[0].hint);
      }
      // What the hint says.
      const reports = join(folder, "..");
      const columns = { cell: "cell", seed: "seed", metric: "validation_accuracy" };
      const more = { baseline: "l2_penalty=0", reports, name: "swept" };
      const again = await importRuns(join(swept, "runs.csv"), { ...columns, ...more });
      const { problems } = await assertRejects(
        () => compareSweeps(folder, again.folder),
        UserError,
      );
      assertMatch(problems[0].message, /: their metrics differ, score and validation_accuracy$/);
    });
  }));

Deno.test("compare matches imported runs by what tables call their cells and seeds", () =>
  withImport(
    "model,seed,score\na,x,0.5\na,y,0.6\nb,x,0.7\nb,y,0.9\nc,x,1\n",
    {},
    async ({ folder, imported }) => {
      // In another order, so that seeds have other numbers; b has another result, c is not there.
      const table = "model,seed,score\nb,y,0.8\na,y,0.6\na,x,0.5\nb,x,0.7\nb,z,0.6\n";
      await Deno.writeTextFile(join(folder, "other.csv"), table);
      const reports = join(folder, "reports");
      const other = await importRuns(join(folder, "other.csv"), { ...USUAL, reports });
      const comparison = await compareSweeps(imported.folder, other.folder);
      const { matched, cells, areImported } = comparison;
      assert(areImported);
      const names = (rows: readonly { readonly run: string }[]) => rows.map(({ run }) => run);
      assertEquals(names(matched.identical), ["a, seed x", "a, seed y", "b, seed x"]);
      assertEquals(names(matched.onlyInA), ["c, seed x"]);
      assertEquals(names(matched.onlyInB), ["b, seed z"]);
      const [{ row, difference }] = matched.different;
      assertEquals([row.run, difference.columns], ["b, seed y", [
        { column: "score", fields: ["0.9", "0.8"] },
      ]]);
      assertEquals(cells.map(({ cell, a, b }) => [cell, a, b]), [
        ["b", { n: 2, mean: 0.8 }, { n: 3, mean: 0.7 }],
      ]);
      const text = comparisonText({ ...comparison, names: ["A", "B"] });
      assertStringIncludes(text, "A  A: 5 runs (imported)\nB  B: 5 runs (imported)\n");
      assertStringIncludes(
        text,
        "1 different, 1 only in A, 1 only in B\nRuns of the same cell and",
      );
    },
  ));

Deno.test("hostile texts of a table stay text", () =>
  withImport(
    'model,seed,score\n"=cmd()",1,1\n"=cmd()",2,2\n"<b>x</b>\n\u001b[1m",1,3\n"<b>x</b>\n\u001b[1m",2,5\n',
    { baseline: "=cmd()" },
    async ({ imported: { folder }, results }) => {
      assertEquals(results.cells.map(({ cell }) => cell), ["=cmd()", "<b>x</b>\n\u001b[1m"]);
      const { "report.html": page, "runs.csv": runs } = await contentOf(folder);
      assert(!page.includes("<b>x</b>"));
      assert(!/^=|,=/m.test(runs));
      assertEquals((await verifyResults(folder)).mismatches, []);
    },
  ));
