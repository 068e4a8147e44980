import { assert, assertEquals } from "@std/assert";
import { parse } from "@std/csv";
import { join } from "node:path";
import { assertSameFiles } from "./_assert_same_files.ts";
import { PROJECT, runTask } from "./_task.ts";
import { CSV_FILES, Workspace } from "./_workspace.ts";

/** Sweeps an experiment that is shipped; gives the folder with the results. */
async function sweep(
  workspace: Workspace,
  name: string,
  reports: string,
  ...args: string[]
): Promise<string> {
  const file = join(PROJECT, "experiments", `${name}.yaml`);
  const options = ["--quiet", "--reports", workspace.path(reports), ...args];
  const { code, stderr } = await runTask("sweep", file, ...options);
  assertEquals([code, stderr], [0, ""]);
  return workspace.path(reports, name);
}

/** The mean of a measure, by cell. */
async function meansOf(folder: string, column: string): Promise<Map<string, number>> {
  const [header, ...rows] = parse(await Deno.readTextFile(join(folder, "cells.csv")));
  const place = header.indexOf(column);
  assert(place > 0, `cells.csv has no ${column}`);
  return new Map(rows.map((row) => [row[0], Number(row[place])]));
}

async function csvTexts(folder: string): Promise<Record<string, string>> {
  const texts = CSV_FILES.map(async (name) => {
    return [name, await Deno.readTextFile(join(folder, name))] as const;
  });
  return Object.fromEntries(await Promise.all(texts));
}

Deno.test("examples sweep side by side, with the same bytes for 1 and 2 workers", () =>
  Workspace.use(async (workspace) => {
    const short = ["--set", "epochs=2", "--set", "newton_steps=2", "--set", "sweeps=8"];
    const options = ["--seeds", "1", "--set", "steps=200", ...short];
    const [one, two] = [
      await sweep(workspace, "model-families", "one", "--workers", "1", ...options),
      await sweep(workspace, "model-families", "two", "--workers", "2", ...options),
    ];
    assertSameFiles(await csvTexts(one), await csvTexts(two));
    const { code, stdout } = await runTask("verify", one);
    assertEquals(code, 0, stdout);
    const means = await meansOf(one, "mean");
    assertEquals(means.size, 14);
    for (const [cell, accuracy] of means) assert(accuracy > 0.65, `${cell}: ${accuracy}`);
    const best = means.get("trainer=nearest-neighbours neighbours=1") ?? 0;
    assert(best > 0.97, `the nearest neighbour: ${best}`);
  }));

Deno.test("logistic_regression.ts finds the model that mlp without hidden layers ends at", () =>
  Workspace.use(async (workspace) => {
    const short = ["--seeds", "2", "--only", "l2_penalty=0", "--only", "l2_penalty=0.1"];
    const folder = await sweep(workspace, "logistic-regression", "reports", ...short);
    const means = await meansOf(folder, "mean_validation_loss");
    const [newton, descent] = ["logistic-regression", "mlp"]
      .map((trainer) => means.get(`trainer=${trainer} l2_penalty=0.1`) ?? NaN);
    // mlp computes in float32.
    assert(Math.abs(newton - descent) < 1e-6, `${newton} and ${descent}`);
  }));

Deno.test("elastic_net.ts is ridge.ts without an L1 penalty, and sets weights to 0 with one", () =>
  Workspace.use(async (workspace) => {
    const seeds = ["--seeds", "3"];
    const ridge = await meansOf(await sweep(workspace, "ridge", "reports", ...seeds), "mean");
    const lasso = await sweep(workspace, "lasso", "reports", ...seeds);
    const errors = await meansOf(lasso, "mean");
    for (const cell of ["l2_penalty=0.1", "l2_penalty=1"]) {
      assert(Math.abs((errors.get(cell) ?? NaN) - (ridge.get(cell) ?? NaN)) < 1e-9, cell);
    }
    const sparsity = await meansOf(lasso, "mean_sparsity");
    assertEquals(sparsity.get("l2_penalty=1"), 0);
    assert((sparsity.get("l1_penalty=0.4") ?? 0) > 0.5);
  }));
