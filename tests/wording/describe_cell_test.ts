import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { HyperparameterValue } from "../../src/trainers/hyperparameter.ts";
import { BUILT_IN } from "../../src/trainers/trainers.ts";
import { cellNames, isOff } from "../../src/wording/describe_cell.ts";

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
  return cellNames({ experiment: { cells, swept, fixed }, trainers: { mlp: 1 } })("its name");
}

Deno.test("cellNames() names the values that the cell's block of the grid sweeps", () => {
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

Deno.test("cellNames() writes large and small numbers with an exponent", () => {
  assertEquals(words("l1_penalty", { "l1_penalty": 1e20 }), "L1 penalty 1e+20");
  assertEquals(words("l1_penalty", { "l1_penalty": 1e-5 }), "L1 penalty 1e-5");
  assertEquals(words("batch_size", { "batch_size": 123456 }), "batch size 123456");
});

Deno.test("cellNames() keeps the order of names in the CSV files", () => {
  assertEquals(
    words("dropout × batch_size", { "batch_size": 8, dropout: 0.5 }),
    "dropout 0.5 + batch size 8",
  );
});

Deno.test("cellNames() writes fractions with as few digits as tell cells apart", () => {
  const namesOf = (...rates: number[]) => {
    const cells = rates.map((dropout) => ({
      ...{ name: `dropout=${dropout}`, technique: "dropout", values: { dropout } },
    }));
    const swept = [{ key: "dropout", ...SWEPT.dropout }];
    const nameOf = cellNames({ experiment: { cells, swept, fixed: {} }, trainers: { mlp: 1 } });
    return cells.map(({ name }) => nameOf(name));
  };
  assertEquals(namesOf(0.238628, 0.0107346), ["dropout 0.239", "dropout 0.0107"]);
  assertEquals(namesOf(0.238628, 0.238641), ["dropout 0.23863", "dropout 0.23864"]);
});

Deno.test("cellNames() knows the cell without regularization", () => {
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

Deno.test("cellNames() leaves out keys that mean nothing to the cell's trainer", () => {
  assertEquals(
    words("trainer × dropout × l1_penalty", { trainer: "notebook", dropout: "", "l1_penalty": "" }),
    "trainer notebook",
  );
});

Deno.test("cellNames() names the trainer where cells have different ones", () => {
  const values = { trainer: "cnn", dropout: 0.5, "l1_penalty": "" };
  assertEquals(words("cnn × dropout", values), "dropout 0.5 with cnn");
  assertEquals(words("trainer × dropout", values), "dropout 0.5 with cnn");
  assertEquals(words("cnn", values), "trainer cnn");
});

Deno.test("cellNames() falls back on the cell's name", () => {
  assertEquals(words("fixed", { hidden: [8] }), "its name");
  assertEquals(words("all", {}), "its name");
  assertEquals(
    cellNames({ experiment: { cells: [], swept: [], fixed: {} }, trainers: {} })("unknown"),
    "unknown",
  );
});

Deno.test("cellNames() tell apart all cells", () => {
  const swept = Object.entries(SWEPT).map(([key, about]) => ({ key, ...about }));
  const keys = fc.subarray(["l1_penalty", "dropout", "hidden"], { minLength: 1 });
  const values = fc.record({
    "l1_penalty": fc.constantFrom(0, 0.1),
    dropout: fc.constantFrom<HyperparameterValue>(0, 0.5, [0, 0.5]),
    hidden: fc.constantFrom<HyperparameterValue>([8], [8, 8]),
  });
  const cell = fc.tuple(keys, values, fc.constantFrom("", "dropout 0.5", "L1 penalty 0.1")).map(
    ([keys, values, name]) => ({ name, technique: keys.join(" × "), values }),
  );
  const cells = fc.uniqueArray(cell, {
    maxLength: 8,
    selector: ({ values }) => JSON.stringify(values),
  })
    .map((cells) => cells.map((cell, index) => ({ ...cell, name: cell.name || `cell ${index}` })))
    .filter((cells) => new Set(cells.map(({ name }) => name)).size === cells.length);
  fc.assert(fc.property(cells, (cells) => {
    const nameOf = cellNames({ experiment: { cells, swept, fixed: {} }, trainers: { mlp: 1 } });
    assertEquals(new Set(cells.map(({ name }) => nameOf(name))).size, cells.length);
  }));
});

Deno.test("isOff() is true of what mlp's regularizers are by default", () => {
  for (const row of BUILT_IN.named("mlp").hyperparameters) {
    if (row.regularizer) assert(isOff(row.default ?? NaN), `${row.key} is ${row.default}`);
  }
});
