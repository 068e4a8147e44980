import { assert, assertEquals } from "@std/assert";
import { dirname } from "node:path";
import { EDGES, FLOORS, folderOf } from "./_floors.ts";
import { importsOf, parseSource } from "./_source_files.ts";

/**
 * The files of src/trainers/ that train, which only a run needs: all but the specifications, and what
 * reads definitions of own trainers.
 */
const TRAINS =
  /^src\/trainers\/(\w+)\/(?!\1(_hyperparameters|_config|_idle|_can_go_on|_cycles|_ends|_\w+_rows)?\.ts|read_|program_tables\.ts)/;

Deno.test("imports were found, of every kind", () => {
  assert(EDGES.length > 200);
  assert(EDGES.some(({ isTypeOnly }) => isTypeOnly));
  const dynamic = EDGES.filter(({ isDynamic }) => isDynamic).map(({ from, to }) =>
    [from, to].join()
  );
  assert(dynamic.includes("src/cli/commands.ts,src/cli/sweep.ts"));
  assert(dynamic.includes("src/trainers/mlp/mlp.ts,src/trainers/mlp/train_mlp.ts"));
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

Deno.test("imports go down the floors of docs/architecture.md", () => {
  const floorOf = (folder: string) => FLOORS.findIndex((floor) => floor.includes(folder));
  const wrong = EDGES.filter((edge) => {
    const [from, to] = [folderOf(edge.from), folderOf(edge.to)];
    return from !== to && !(floorOf(to) >= 0 && floorOf(to) < floorOf(from));
  });
  assertEquals(wrong.map(({ from, to }) => `${from} imports ${to}`), []);
});

Deno.test("training code is loaded when a run needs it, and by nothing before", () => {
  for (const start of FLOORS.flat().slice(FLOORS.flat().indexOf("experiment"))) {
    const reached = reachedFrom(start);
    assert(reached.size > 0);
    assertEquals([...reached].filter((file) => TRAINS.test(file)), [], start);
  }
});

/** Files that run as soon as those of a folder do. */
function reachedFrom(folder: string): Set<string> {
  const reached = new Set<string>();
  const visit = (file: string) => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const { from, to, isTypeOnly, isDynamic } of EDGES) {
      if (from === file && !isTypeOnly && !isDynamic) visit(to);
    }
  };
  for (const { from } of EDGES) if (folderOf(from) === folder) visit(from);
  return reached;
}

Deno.test("no file imports itself, not even through others or for its types alone", () => {
  const importsOfFile = Map.groupBy(EDGES, ({ from }) => from);
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

/** What the command line asks of the rooms that do work: words, counts and defaults, all of which do none. */
const ASKED = [
  ...["dataset/columns/decide_columns.ts", "dataset/quote.ts", "dataset/split_sizes.ts"],
  ...["store/model_space.ts", "store/removable.ts", "verify/check.ts"],
  ...["sweep/estimate_time.ts", "sweep/leaders.ts", "sweep/manifest_trainers.ts"],
  ...["sweep/plan/survey_runs.ts", "sweep/save_models.ts", "sweep/split_facts.ts"],
  ...["sweep/slurm/slurm_options.ts", "sweep/sweep_progress.ts"],
];

Deno.test("the command line does its work through the functions that scripts have", () => {
  const working = ["dataset", "store", "sweep", "verify"];
  const taken = EDGES.filter(({ from, to, isTypeOnly }) =>
    // A task of a cluster is no command of users.
    folderOf(from) === "cli" && from !== "src/cli/work_chunk.ts" && !isTypeOnly &&
    working.includes(folderOf(to))
  );
  assertEquals([...new Set(taken.map(({ to }) => to.slice("src/".length)))].sort(), ASKED.sort());
});

Deno.test("rooms of src/experiment/ import only rooms that an experiment passes before", () => {
  const rooms = ["source", "schema", "cells", "grid"];
  const roomOf = (file: string) => rooms.indexOf(file.split("/")[2]);
  const within = EDGES.filter(({ from, to }) => {
    return [from, to].every((file) => folderOf(file) === "experiment" && roomOf(file) >= 0);
  });
  assert(within.length > 50);
  const wrong = within.filter(({ from, to }) => roomOf(from) < roomOf(to));
  assertEquals(wrong.map(({ from, to }) => `${from} imports ${to}`), []);
});
