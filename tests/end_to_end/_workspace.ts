import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { runHere } from "./_run_here.ts";

export const CSV_FILES = [
  "runs.csv",
  "curves.csv",
  "histograms.csv",
  "cells.csv",
  "comparisons.csv",
  "test.csv",
  "confusion.csv",
] as const;
export const ALL_FILES = [...CSV_FILES, "experiment.yaml", "manifest.json", "report.html"];

/** A folder for one test, with a small dataset in `points.csv`. */
export class Workspace {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Does work in a new workspace and removes it afterwards. */
  static async use(work: (workspace: Workspace) => Promise<void>): Promise<void> {
    const workspace = new Workspace(await Deno.makeTempDir({ prefix: "regsweep-" }));
    try {
      await workspace.write("points.csv", pointsCsv());
      await work(workspace);
    } finally {
      await Deno.remove(workspace.folder, { recursive: true });
    }
  }

  path(...names: string[]): string {
    return join(this.folder, ...names);
  }

  async write(name: string, text: string): Promise<string> {
    await Deno.writeTextFile(this.path(name), text);
    return this.path(name);
  }

  /** Writes an experiment on the points; `text` is what else it says. */
  async experiment(text: string, name = "points"): Promise<string> {
    const dataset = "dataset: { path: points.csv, target: class }";
    return await this.write(`${name}.yaml`, `name: ${name}\n${dataset}\n${text}`);
  }

  /** Plans without a mistake, in this thread; gives what is printed. */
  async plan(file: string, reports: string): Promise<string> {
    const { code, stdout, stderr } = await runHere("plan", file, "--reports", this.path(reports));
    assertEquals([code, stderr], [0, ""]);
    return stdout;
  }

  /**
   * Sweeps without a mistake, in this thread, with one worker if `args` do not say otherwise: they start
   * for longer than they train. Gives the folder with the results.
   */
  async sweep(file: string, reports: string, ...args: string[]): Promise<string> {
    // On a machine that is busy, there would be progress to tell.
    const workers = args.includes("--workers") ? [] : ["--workers", "1"];
    const options = ["--reports", this.path(reports), "--quiet", ...workers, ...args];
    const { code, stderr } = await runHere("sweep", file, ...options);
    assertEquals([code, stderr], [0, ""]);
    return this.path(reports, "points");
  }
}

/** The text of every CSV file in a folder, by their names. */
export async function readCsvFiles(folder: string): Promise<Record<string, string>> {
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name)
    .filter((name) => name.endsWith(".csv"));
  const texts = names.map(async (name) => [name, await Deno.readTextFile(join(folder, name))]);
  return Object.fromEntries(await Promise.all(texts));
}

// deno-lint-ignore no-explicit-any
export async function readManifestIn(folder: string): Promise<any> {
  return JSON.parse(await Deno.readTextFile(join(folder, "manifest.json")));
}

/** How many records a reports folder's store has. */
export async function countRecords(reports: string): Promise<number> {
  let count = 0;
  try {
    for await (const folder of Deno.readDir(join(reports, "store"))) {
      if (!folder.isDirectory) continue;
      for await (const file of Deno.readDir(join(reports, "store", folder.name))) {
        if (file.name.endsWith(".json")) count++;
      }
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return count;
}

/** 90 points around three centres in four dimensions, which overlap a little. */
function pointsCsv(): string {
  const lines = ["a,b,c,d,class"];
  for (let row = 0; row < 90; row++) {
    const kind = row % 3;
    const values = [0, 1, 2, 3].map((column) =>
      Math.round(10 * (kind === column ? 1 : 0) + ((row * 7 + column * 11) % 17))
    );
    lines.push([...values, ["red", "green", "blue"][kind]].join(","));
  }
  return lines.join("\n") + "\n";
}
