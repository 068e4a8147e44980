import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { pairTable } from "../../src/statistics/all_pairs.ts";
import { analyze } from "../../src/statistics/analyze.ts";
import { compareAny, indistinctGroups } from "../../src/statistics/compare_any.ts";
import { arbitrarySpreadRuns } from "./_arbitrary_runs.ts";
import { sampleQuestion } from "./_sample_question.ts";
import { sampleRuns } from "./_sample_runs.ts";

const QUESTION = sampleQuestion({ overlap: 1 / 3 });

Deno.test("compareAny() never contradicts comparisons.csv", () => {
  const mirrored: Record<string, string> = { better: "worse", worse: "better" };
  fc.assert(fc.property(arbitrarySpreadRuns, (runs) => {
    const analysis = analyze(runs, QUESTION);
    const table = pairTable(runs, analysis);
    for (const comparison of analysis.comparisons) {
      const { cell, baseline, meanDifference, n, verdict } = comparison;
      const there = compareAny(cell, baseline, table);
      assertEquals([there.kind, there.mean, there.verdict], ["planned", meanDifference, verdict]);
      assertEquals(there.differences.size, n);
      const { low, high } = there.interval ?? {};
      assertEquals([low, high], [comparison.ciLowSimultaneous, comparison.ciHighSimultaneous]);
      const back = compareAny(baseline, cell, table);
      assertEquals(back.verdict, mirrored[verdict] ?? verdict);
      assertEquals(back.interval?.low, high === undefined ? undefined : -high);
    }
  }));
});

Deno.test("compareAny() has wider intervals where neither cell is the baseline", () => {
  const values = [0, 1, 2].map((cell) => [1, 2, 4, 3, 5].map((seed) => 0.9 + seed ** cell / 1e3));
  const runs = values.flatMap((values, cell) => sampleRuns(`${cell}`, values));
  const table = pairTable(runs, analyze(runs, QUESTION));
  const width = (cell: string, other: string) => {
    const { interval, sample, kind } = compareAny(cell, other, table);
    return {
      kind,
      width: ((interval?.high ?? NaN) - (interval?.low ?? NaN)) / (sample?.sd ?? NaN),
    };
  };
  const [planned, chosen] = [width("2", "0"), width("2", "1")];
  assertEquals([planned.kind, chosen.kind], ["planned", "chosen"]);
  assert(chosen.width > planned.width, `${chosen.width} ${planned.width}`);
});

Deno.test("compareAny() says of cells that are the same run that they are, and compares one for all", () => {
  const runs = ["0", "1", "2"].flatMap((cell) =>
    sampleRuns(cell, [0.5, 0.6, 0.7].map((x) => x + Number(cell) * x / 10))
  );
  const copies = runs.map((run) => ({ ...run, cell: `${run.cell}5`, run: `copy of ${run.run}` }));
  const all = [...runs, ...copies];
  const table = pairTable(all, analyze(all, QUESTION));
  for (const [cell, other] of [["1", "15"], ["25", "2"], ["05", "0"], ["1", "1"]]) {
    const { kind, mean, interval, verdict } = compareAny(cell, other, table);
    assertEquals([kind, mean, interval, verdict], ["same", 0, undefined, "undecided"]);
  }
  assertEquals(compareAny("15", "25", table), compareAny("1", "2", table));
  assertEquals(compareAny("15", "05", table), compareAny("1", "0", table));
});

Deno.test("compareAny() of a cell without runs decides nothing", () => {
  const runs = ["0", "1"].flatMap((cell) => sampleRuns(cell, [0.5, 0.6]));
  const table = pairTable(runs, analyze(runs, QUESTION));
  const { differences, mean, verdict } = compareAny("no such cell", "1", table);
  assertEquals([differences.size, mean, verdict], [0, undefined, "undecided"]);
});

Deno.test("indistinctGroups() of a chain are its links", () => {
  const groups = indistinctGroups([0, 1, 2, 5, 9, 10], (a, b) => Math.abs(a - b) > 3.5);
  assertEquals(groups, [[0, 1, 2], [2, 5], [9, 10]]);
});

Deno.test("indistinctGroups() skip members that differ from a neighbour of theirs", () => {
  // 1 differs from both, although it lies between them.
  const groups = indistinctGroups([0, 1, 2], (a, b) => a === 1 || b === 1);
  assertEquals(groups, [[0, 2]]);
  assertEquals(indistinctGroups([0, 1], () => true), []);
  assertEquals(indistinctGroups([], () => true), []);
});

Deno.test("indistinctGroups() join any two members exactly if they do not differ", () => {
  const graphs = fc.integer({ min: 1, max: 9 }).chain((count) =>
    fc.array(fc.boolean(), { minLength: count * count, maxLength: count * count })
      .map((differs) => ({ count, differs }))
  );
  fc.assert(fc.property(graphs, ({ count, differs }) => {
    const members = Array.from({ length: count }, (_, place) => place);
    const isDifferent = (a: number, b: number) => differs[Math.min(a, b) * count + Math.max(a, b)];
    const groups = indistinctGroups(members, isDifferent);
    for (const a of members) {
      for (const b of members.slice(a + 1)) {
        const isTogether = groups.some((group) => group.includes(a) && group.includes(b));
        assertEquals(isTogether, !isDifferent(a, b));
      }
    }
    // No group is a part of another, and each is in the order given.
    for (const group of groups) {
      assertEquals(group, group.toSorted((a, b) => a - b));
      const containing = groups.filter((other) => group.every((place) => other.includes(place)));
      assertEquals(containing.length, 1);
    }
  }));
});
