import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { histogramRows, histogramsCsv, readHistograms } from "../../src/results/histograms_csv.ts";
import { UserError } from "../../src/user_error.ts";
import { outcomes, sampleResult } from "./_sample_outcomes.ts";

const CELL = { index: 0, name: "all", technique: "all", trainer: "mlp", config: {} } as const;
const COUNTS = Array.from({ length: 16 }, (_, bin) => bin);
const HEADER = `run,layer,minimum,maximum,${COUNTS.map((bin) => `count_${bin}`).join()}`;

Deno.test("histogramsCsv() writes a line per layer", () => {
  const histograms = [
    { minimum: -0.5, maximum: 0.25, counts: COUNTS },
    { minimum: NaN, maximum: NaN, counts: [] },
  ];
  const text = histogramsCsv(histogramRows([
    { key: "b", cell: CELL, replicate: 1, seed: 2, failure: "worker died" },
    { key: "a", cell: CELL, replicate: 0, seed: 1, result: sampleResult({ histograms }) },
  ]));
  assertEquals(text, `${HEADER}\na,0,-0.5,0.25,${COUNTS.join()}\na,1,NaN,NaN${",".repeat(16)}\n`);
});

Deno.test("readHistograms() gives back what histogramsCsv() wrote", () => {
  fc.assert(fc.property(outcomes, (outcomes) => {
    assertEquals(
      readHistograms(histogramsCsv(histogramRows(outcomes))),
      outcomes.flatMap(({ key, result }) =>
        (result?.histograms ?? []).map((histogram, layer) => ({ run: key, layer, ...histogram }))
      ),
    );
  }));
});

Deno.test("readHistograms() tells the place of what it cannot read", () => {
  const error = assertThrows(() => readHistograms(`${HEADER}\na,x\n`), UserError);
  assertEquals(error.problems[0].place, { file: "histograms.csv", line: 2 });
});
