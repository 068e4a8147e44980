import { assertEquals } from "@std/assert";
import { besideSharers, sharersOf } from "../../../src/sweep/stages/sharers.ts";
import { plannedRuns } from "../_planned_runs.ts";

/** Runs of one replicate whose states depend on `l2` alone. */
function runs(configs: readonly { steps: number; l2: number }[]) {
  const states = [{ from: 0, keys: ["l2"] }];
  return plannedRuns(configs).map((run) => ({ ...run, states }));
}

Deno.test("besideSharers() puts runs that share their first steps next to each other", () => {
  const [a, b, c, d] = runs([
    { steps: 10, l2: 0 },
    { steps: 20, l2: 1 },
    { steps: 20, l2: 0 },
    { steps: 10, l2: 1 },
  ]);
  assertEquals(besideSharers([a, b, c, d]), [a, c, b, d]);
  assertEquals(sharersOf([a, b, c, d]).get(3), [1, 3]);
});

Deno.test("sharersOf() finds none among runs of other replicates or with other first steps", () => {
  const [a, b] = runs([{ steps: 10, l2: 0 }, { steps: 20, l2: 0 }]);
  const others = [a, { ...b, replicate: 1 }];
  assertEquals([...sharersOf(others).values()].filter((group) => group.length > 1), []);
  const apart = runs([{ steps: 10, l2: 0 }, { steps: 20, l2: 1 }]);
  assertEquals(sharersOf(apart).size, 0);
  assertEquals(besideSharers(apart), apart);
});
