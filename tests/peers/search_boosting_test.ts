import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { IS_CI } from "../_ci.ts";
import { pythonWith } from "../_python_with.ts";
import { ROOT } from "../_source_files.ts";
import { searchBoosting } from "./search_boosting.ts";

const PYTHON = await pythonWith("sklearn");
if (PYTHON === undefined && IS_CI) throw new Error("No python3 can import sklearn");
const SKIPPED = PYTHON === undefined ? " (skipped: no python3 can import sklearn)" : "";

/** Words, gaps and three classes. */
const FILE = join(ROOT, "experiments/penguins.yaml");

Deno.test({
  name: `searchBoosting() finds the same each time, and tests the best mean${SKIPPED}`,
  ignore: PYTHON === undefined,
  async fn() {
    const options = { python: PYTHON ?? "", changes: { seeds: "2" } };
    const shorter = await searchBoosting(FILE, { ...options, points: 2 });
    const { points, best, test } = await searchBoosting(FILE, { ...options, points: 3 });
    assertEquals(points.slice(0, 2), shorter.points);
    assertEquals(points[0].settings, {});
    assertEquals(new Set(points.map(({ settings }) => settings["learning_rate"])).size, 3);
    const means = points.map(({ validation }) => mean(validation));
    assertEquals(means.indexOf(Math.max(...means)), best);
    assertEquals([test.length, points[2].validation.length], [2, 2]);
    // All but separable; guessing gets a third.
    assert(means[best] > 0.95 && mean(test) > 0.95, `${means[best]}, ${mean(test)}`);
  },
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
