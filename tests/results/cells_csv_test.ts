import { assertEquals, assertThrows } from "@std/assert";
import { cellsCsv, readCells } from "../../src/results/cells_csv.ts";
import { summarizeCells } from "../../src/statistics/summarize_cells.ts";
import { UserError } from "../../src/user_error.ts";
import { divergedRun, failedRun, sampleRun } from "../statistics/_sample_runs.ts";
import { SAMPLE_COLUMNS } from "./_sample_columns.ts";

const CELLS = summarizeCells([
  sampleRun("0", 1, 0.5, 1),
  sampleRun("0", 2, 0.5, 2),
  divergedRun("0", 3),
  sampleRun("0.25", 1, 0.9, 3),
  failedRun("0.5", 1),
], { metric: "validation_accuracy", overlap: 0 });

const TEXT = `cell,dropout,n,mean,sd,ci_low,ci_high,mean_steps,mean_train_loss,mean_train_accuracy,\
mean_validation_loss,mean_validation_accuracy,mean_best_validation_accuracy,mean_best_step,\
mean_sparsity,mean_weight_l1,mean_weight_l2,diverged,failed
0,0,2,0.5,0,0.5,0.5,1.5,1.5,1.5,1.5,0.5,1.5,1.5,1.5,1.5,1.5,1,0
0.25,0.25,1,0.9,,,,3,3,3,3,0.9,3,3,3,3,3,0,0
0.5,0.5,0,,,,,,,,,,,,,,,0,1
`;

Deno.test("cellsCsv() writes a line per cell", () =>
  assertEquals(cellsCsv(CELLS, SAMPLE_COLUMNS), TEXT));

Deno.test("readCells() gives back what cellsCsv() wrote", () => {
  assertEquals(cellsCsv(readCells(TEXT), SAMPLE_COLUMNS), TEXT);
  const [first, , last] = readCells(TEXT);
  assertEquals(first, CELLS[0]);
  assertEquals([last.mean, last.means["train_loss"]], [undefined, undefined]);
});

Deno.test("readCells() says where a file is wrong", () => {
  const error = assertThrows(() => readCells(TEXT.replace("0.9", "x")), UserError, "as mean");
  assertEquals(error.problems[0].place, { file: "cells.csv", line: 3 });
});
