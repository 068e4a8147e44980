import { assert, assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { analysisOf } from "../../src/report/analysis_of.ts";
import { type ComparedData, comparedData } from "../../src/report/compared_data.ts";
import { rankCells } from "../../src/report/report_cell.ts";
import type { ReportInput } from "../../src/report/report_input.ts";
import { sampleInput } from "./_sample_input.ts";
import { LARGE, SAMPLES } from "./_samples.ts";

function dataOf(input: ReportInput): { names: string[]; data: ComparedData } {
  const cells = rankCells(input);
  const data = comparedData(cells, input, analysisOf(input));
  return { names: cells.map(({ name }) => name), data: JSON.parse(JSON.stringify(data)) };
}

for (const name of ["l1VsL2", "folds", "looks", "diverged"] as const) {
  Deno.test(`comparedData() has every run with its key and its metric, to the last bit: ${name}`, () => {
    const input = sampleInput(SAMPLES[name]);
    const { names, data } = dataOf(input);
    const seen = data.cells.flatMap(({ keys, metric, at, statuses }, place) =>
      keys.map((key, index) => {
        const [seed, fold] = data.replicates[at?.[index] ?? index];
        const status = statuses?.[index] ?? "completed";
        return [key, { cell: names[place], seed, fold, status, value: metric[index] }] as const;
      })
    );
    const expected = input.runs.map(({ run, cell, seed, fold, status, measures }) => {
      const value = status === "completed" ? measures?.["validation_accuracy"] ?? null : null;
      return [run, { cell, seed, fold, status, value }] as const;
    });
    assertEquals(new Map(seen), new Map(expected));
    assertEquals(seen.length, input.runs.length);
  });
}

Deno.test("comparedData() has the test scores of the cells that were scored, in words", () => {
  const input = sampleInput(SAMPLES.l1VsL2);
  const { names, data } = dataOf(input);
  const scored = new Set(input.test?.map(({ cell }) => cell));
  data.cells.forEach(({ test, mean }, place) => {
    assertEquals(test !== undefined, scored.has(names[place]));
    if (test) assertStringIncludes(test, "Test accuracy: 9");
    assertStringIncludes(mean ?? "", "95% interval");
  });
});

Deno.test("comparedData() repeats no swept key among the fixed ones", () => {
  const { data } = dataOf(sampleInput(SAMPLES.diverged));
  const swept = new Set(data.swept.map(([key]) => key));
  assert(swept.has("learning_rate") && data.fixed.length > 0);
  assertFalse(data.fixed.some(([key]) => swept.has(key)));
});

Deno.test("comparedData() of 10,000 runs of 1,000 cells is small", () => {
  const { data } = dataOf(sampleInput(LARGE));
  assertEquals(data.cells.length, 1000);
  // A key has 64 digits, a metric up to 18.
  assert(JSON.stringify(data).length < 10_000 * 110);
});

Deno.test("comparedData() names the task that may start programs where one trains", () => {
  const input = sampleInput(SAMPLES.l1VsL2);
  const { manifest } = input;
  const own = [{ name: "theirs", kind: "program", tasks: [], hyperparameters: [] } as const];
  assertEquals(dataOf(input).data.task, "train");
  const withProgram = {
    ...input,
    manifest: { ...manifest, own, trainers: { ...manifest.trainers, theirs: "1" } },
  };
  assertEquals(dataOf(withProgram).data.task, "train-program");
});
