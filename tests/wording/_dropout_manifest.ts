import type { RunRow } from "../../src/results/run_row.ts";
import type { StorySource } from "../../src/wording/story_source.ts";

/** The manifest of a sweep of dropout rates with these runs, as far as texts are written from it. */
export function dropoutManifest(runs: readonly RunRow[]): StorySource {
  const cells = [...new Map(runs.map((run) => [run.cell, run])).values()]
    .map(({ cell, values }) => ({ name: cell, technique: "dropout", values }));
  const swept = [{ key: "dropout", label: "Dropout", regularizer: true }];
  return { experiment: { cells, swept, fixed: {} }, trainers: { mlp: 1 } };
}
