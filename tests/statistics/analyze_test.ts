import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { analyze } from "../../src/statistics/analyze.ts";
import { arbitraryRuns } from "./_arbitrary_runs.ts";
import { sampleQuestion } from "./_sample_question.ts";

function byCell<Line extends { readonly cell: string }>(lines: readonly Line[]): Line[] {
  return lines.toSorted((a, b) => a.cell < b.cell ? -1 : 1);
}

Deno.test("analyze() gives the same figures, to the last bit, for any order of the runs", () => {
  const orders = arbitraryRuns.chain((runs) =>
    fc.tuple(fc.constant(runs), fc.shuffledSubarray(runs, { minLength: runs.length }))
  );
  fc.assert(fc.property(orders, fc.constantFrom(0, 1 / 3), ([runs, shuffled], overlap) => {
    const question = sampleQuestion({ overlap });
    const [a, b] = [runs, shuffled].map((runs) => analyze(runs, question));
    assertEquals(byCell(b.cells), byCell(a.cells));
    assertEquals(byCell(b.comparisons), byCell(a.comparisons));
    assertEquals(new Map([...b.outlooks].sort()), new Map([...a.outlooks].sort()));
    assertEquals(
      b.selection,
      a.selection && {
        ...a.selection,
        passedOver: b.selection?.passedOver ?? [],
      },
    );
    assertEquals(b.selection?.passedOver.toSorted(), a.selection?.passedOver.toSorted());
    assertEquals(b.importance, a.importance);
  }));
});

Deno.test("analyze() loses no run: each is completed, diverged or failed", () => {
  fc.assert(fc.property(arbitraryRuns, (runs) => {
    const counts = analyze(runs, sampleQuestion()).cells
      .map(({ n, diverged, failed }) => n + diverged + failed);
    assertEquals(counts.reduce((sum, count) => sum + count, 0), runs.length);
  }));
});
