import { assertEquals, assertThrows } from "@std/assert";
import { heldOutRows, testRolesOf } from "../../src/statistics/held_out_rows.ts";
import { divergedRun, sampleRuns } from "./_sample_runs.ts";

Deno.test("testRolesOf() names each cell once, with all of its roles", () => {
  assertEquals([...testRolesOf({ best: "2", simplest: "1" }, "0")], [
    ["2", ["best"]],
    ["1", ["simplest"]],
    ["0", ["baseline"]],
  ]);
  assertEquals([...testRolesOf({ best: "0", simplest: "0" }, "0")], [
    ["0", ["best", "simplest", "baseline"]],
  ]);
});

Deno.test("heldOutRows() has the runs of these cells and no others, lost ones included", () => {
  const runs = [
    ...sampleRuns("0", [0.5]),
    divergedRun("0", 2),
    ...sampleRuns("1", [0.5, 0.5]),
    ...sampleRuns("2", [0.5, 0.5]),
  ];
  const roles = testRolesOf({ best: "2", simplest: "2" }, "0");
  const columns = ["loss", "accuracy"];
  const measures = { loss: 0.25, accuracy: 0.75 };
  const scores = new Map(["0/1", "2/1", "2/2"].map((run) => [run, { measures }]));
  assertEquals(heldOutRows(runs, roles, { scores, columns }), [
    { run: "0/1", cell: "0", roles: ["baseline"], seed: 1, status: "completed", measures },
    { run: "0/2", cell: "0", roles: ["baseline"], seed: 2, status: "diverged" },
    { run: "2/1", cell: "2", roles: ["best", "simplest"], seed: 1, status: "completed", measures },
    { run: "2/2", cell: "2", roles: ["best", "simplest"], seed: 2, status: "completed", measures },
  ]);
  scores.delete("2/1");
  assertThrows(
    () => heldOutRows(runs, roles, { scores, columns }),
    RangeError,
    "Run 2/1 has no test score",
  );
});
