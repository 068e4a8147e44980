import { assertEquals } from "@std/assert";
import type { HyperparameterValue } from "../../src/trainers/hyperparameter.ts";
import { describeCell } from "../../src/wording/describe_cell.ts";

type Values = Readonly<Record<string, HyperparameterValue>>;

const SWEPT = {
  trainer: { label: "Trainer", regularizer: false },
  "batch_size": { label: "Batch size", regularizer: false },
  "l1_penalty": { label: "L1 penalty", regularizer: true },
  dropout: { label: "Dropout", regularizer: true },
  hidden: { label: "Hidden widths", regularizer: false },
};

/** A cell's words, where its block of the grid sweeps `technique` and others sweep other keys. */
function words(technique: string, values: Values, fixed: Values = {}): string {
  const swept = Object.entries(SWEPT).filter(([key]) => key in values)
    .map(([key, about]) => ({ key, ...about }));
  const cells = [{ name: "its name", technique, values }];
  return describeCell("its name", { experiment: { cells, swept, fixed }, trainers: { mlp: 1 } });
}

Deno.test("describeCell() names the values that the cell's block of the grid sweeps", () => {
  assertEquals(words("l1_penalty", { "l1_penalty": 1e-4, dropout: 0 }), "L1 penalty 0.0001");
  assertEquals(
    words("l1_penalty × dropout", { "l1_penalty": 0, dropout: 0.5, hidden: [8, 8] }),
    "dropout 0.5",
  );
  assertEquals(
    words("batch_size × dropout × hidden", { "batch_size": "all", dropout: 0.5, hidden: [8, 8] }),
    "batch size all + dropout 0.5 + hidden widths [8, 8]",
  );
});

Deno.test("describeCell() knows the cell without regularization", () => {
  const none = "no regularization";
  assertEquals(words("l1_penalty", { "l1_penalty": 0, dropout: 0 }), none);
  assertEquals(words("dropout", { dropout: [0, 0] }), none);
  assertEquals(words("dropout", { dropout: [0, 0.1] }), "dropout [0, 0.1]");
  assertEquals(words("dropout", { dropout: 0 }, { "l2_penalty": 0, steps: 9 }), none);
  assertEquals(words("dropout", { dropout: 0 }, { "l2_penalty": 1e-3 }), "dropout 0");
  // Several cells are without, which only their other values tell apart.
  assertEquals(
    words("dropout × hidden", { dropout: 0, hidden: [8] }),
    "dropout 0 + hidden widths [8]",
  );
});

Deno.test("describeCell() leaves out keys that mean nothing to the cell's trainer", () => {
  assertEquals(
    words("trainer × dropout × l1_penalty", { trainer: "notebook", dropout: "", "l1_penalty": "" }),
    "trainer notebook",
  );
});

Deno.test("describeCell() falls back on the cell's name", () => {
  assertEquals(words("fixed", { hidden: [8] }), "its name");
  assertEquals(words("all", {}), "its name");
  assertEquals(
    describeCell("unknown", { experiment: { cells: [], swept: [], fixed: {} }, trainers: {} }),
    "unknown",
  );
});
