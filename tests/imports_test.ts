import { assert, assertEquals } from "@std/assert";
import { dirname } from "node:path";
import {
  importsOf,
  parseSource,
  projectFileOf,
  readSource,
  sourceFilesIn,
} from "./_source_files.ts";

/**
 * DESIGN.md's arrows: what a folder of src/ may import beside itself and the leaves, which are the
 * files right in src/ and import nothing of it.
 */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  leaves: [],
  experiment: [],
  dataset: ["experiment"],
  kernels: [],
  train: ["experiment", "dataset", "kernels"],
  store: ["experiment", "train"],
  results: ["experiment", "train"],
  statistics: ["experiment", "results"],
  report: ["experiment", "results", "statistics"],
  sweep: [
    "experiment",
    "dataset",
    "kernels",
    "train",
    "store",
    "results",
    "statistics",
    "report",
  ],
  verify: ["experiment", "dataset", "kernels", "train", "store", "results", "statistics", "sweep"],
  cli: [
    "experiment",
    "dataset",
    "kernels",
    "train",
    "store",
    "results",
    "statistics",
    "report",
    "sweep",
    "verify",
  ],
  main: ["cli"],
};

/** Folders that know another by its types alone: nothing of it runs with them. */
const BY_TYPES_ALONE = ["store -> train", "results -> train", "dataset -> experiment"];

/** An import of one file of src/ by another. */
interface Edge {
  readonly from: string;
  readonly to: string;
  readonly isTypeOnly: boolean;
}

const EDGES: readonly Edge[] = (await Promise.all(
  // AssemblyScript has a world of its own.
  sourceFilesIn("src").filter((file) => !file.includes("/assembly/")).map(async (from) =>
    importsOf(await readSource(from)).flatMap(({ specifier, isTypeOnly }) => {
      const to = projectFileOf(from, specifier);
      return to === undefined ? [] : [{ from, to, isTypeOnly }];
    })
  ),
)).flat();

/** The folder of src/ that a file is in. */
function folderOf(file: string): string {
  const [, folder, ...rest] = file.split("/");
  return rest.length > 0 ? folder : folder === "main.ts" ? "main" : "leaves";
}

function arrowOf({ from, to }: Edge): string {
  return `${folderOf(from)} -> ${folderOf(to)}`;
}

Deno.test("imports were found, of every kind", () => {
  assert(EDGES.length > 200);
  assert(EDGES.some(({ isTypeOnly }) => isTypeOnly));
  const dynamic = { from: "src/cli/commands.ts", to: "src/cli/sweep.ts", isTypeOnly: false };
  assert(EDGES.some((edge) => JSON.stringify(edge) === JSON.stringify(dynamic)));
});

Deno.test("importsOf() knows each way to import", () => {
  const source = parseSource(
    "a.ts",
    `
    import a from "./a.ts";
    import { type B, c } from "./b.ts";
    import { type D, type E } from "./c.ts";
    import type { F } from "./d.ts";
    import "./e.ts";
    import * as g from "./f.ts";
    export { h } from "./g.ts";
    export type { I } from "./h.ts";
    export * from "./i.ts";
    const j = async () => await import("./j.ts");
    type K = import("./k.ts").K;
    const l = require("./l.cjs");
    export const m = 1;
    `,
  );
  assertEquals(
    importsOf(source).map(({ specifier, isTypeOnly }) => specifier + (isTypeOnly ? " type" : "")),
    [
      "./a.ts",
      "./b.ts",
      "./c.ts type",
      "./d.ts type",
      "./e.ts",
      "./f.ts",
      "./g.ts",
      "./h.ts type",
      "./i.ts",
      "./j.ts",
      "./k.ts type",
      "./l.cjs",
    ],
  );
});

Deno.test("imports follow DESIGN.md's arrows", () => {
  const wrong = EDGES.filter((edge) => {
    const [from, to] = [folderOf(edge.from), folderOf(edge.to)];
    return from !== to && to !== "leaves" && !ARROWS[from]?.includes(to);
  });
  assertEquals(wrong.map(({ from, to }) => `${from} imports ${to}`), []);
});

Deno.test("the arrows have no way back", () => {
  const order = Object.keys(ARROWS);
  for (const [from, targets] of Object.entries(ARROWS)) {
    for (const to of targets) assert(order.indexOf(to) < order.indexOf(from), `${from} -> ${to}`);
  }
});

Deno.test("some folders know others by their types alone", () => {
  const wrong = EDGES.filter((edge) => !edge.isTypeOnly && BY_TYPES_ALONE.includes(arrowOf(edge)));
  assertEquals(wrong.map(({ from, to }) => `${from} imports ${to}`), []);
});

Deno.test("neither report nor statistics run a trainer, not even through others", () => {
  for (const start of ["report", "statistics"]) {
    const reached = reachedFrom(start);
    assert(reached.size > 0);
    assertEquals([...reached].filter((file) => folderOf(file) === "train"), [], start);
  }
});

/** Files that run when those of a folder do. */
function reachedFrom(folder: string): Set<string> {
  const reached = new Set<string>();
  const visit = (file: string) => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const { from, to, isTypeOnly } of EDGES) if (from === file && !isTypeOnly) visit(to);
  };
  for (const { from } of EDGES) if (folderOf(from) === folder) visit(from);
  return reached;
}

Deno.test("no file needs itself to run, not even through others", () => {
  const importsOfFile = Map.groupBy(EDGES.filter((edge) => !edge.isTypeOnly), ({ from }) => from);
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, path: readonly string[]) => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(" -> "));
    else if (!done.has(file)) {
      for (const { to } of importsOfFile.get(file) ?? []) visit(to, [...path, file]);
      done.add(file);
    }
  };
  for (const file of importsOfFile.keys()) visit(file, []);
  assertEquals(cycles, []);
});

Deno.test("files with an underscore are imported in their own folder only", () => {
  const wrong = EDGES.filter(({ from, to }) =>
    /\/_[^/]+$/.test(to) && dirname(from) !== dirname(to)
  );
  assertEquals(wrong.map(({ from, to }) => `${from} imports ${to}`), []);
});
