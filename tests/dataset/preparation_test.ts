import { assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import type { Dataset } from "../../src/dataset/dataset.ts";
import { learnPreparation, type Preparation, rowWriter } from "../../src/dataset/preparation.ts";
import {
  type Imputation,
  IMPUTATIONS,
  STANDARDIZATIONS,
} from "../../src/dataset/preparation_options.ts";
import { standardization } from "../../src/dataset/standardization.ts";
import { mixedDataset } from "../_mixed_dataset.ts";
import { numericDataset } from "../_numeric_dataset.ts";
import fixture from "../fixtures/dataset/preparation.json" with { type: "json" };

/** Both sum in float64, in different orders. */
const RELATIVE = 1e-12;

const SOURCES = fixture.sources.map(({ name, kind, categories, values }) => ({
  name,
  kind: kind as "number" | "boolean" | "category",
  ...categories !== null && {
    categories: Array.from({ length: categories }, (_, index) => `c${index}`),
  },
  values,
}));
const TRAIN = Int32Array.from(fixture.rows);

Deno.test("learnPreparation() and rowWriter() make what scikit-learn makes of gaps and categories", () => {
  const dataset = mixedDataset(SOURCES);
  const names = [
    ...["age", "age_missing", "height", "member", "member_missing"],
    ...["port=c0", "port=c1", "port=c2", "port=c3", "port_missing"],
    ...["income", "income_missing", "sex=c0", "sex=c1"],
  ];
  assertEquals(dataset.featureNames, names);
  for (const impute of IMPUTATIONS) {
    for (const standardize of ["feature", "robust", "none"] as const) {
      const preparation = learnPreparation(dataset, TRAIN, { standardize, impute });
      fixture.inputs[impute][standardize].forEach((expected, row) => {
        const inputs = inputsOf(dataset, preparation, row);
        expected.forEach((value, input) => {
          const where = `${impute} ${standardize} row ${row} ${names[input]}`;
          assertAlmostEquals(inputs[input], value, RELATIVE * Math.max(1, Math.abs(value)), where);
        });
      });
    }
  }
});

Deno.test("learnPreparation() of numbers without gaps is standardization(), bit for bit", () => {
  const dataset = numericDataset({
    ...{ rows: 9, columns: 3, classes: 2, checksum: "plain" },
    valueAt: (row, column) => Math.sqrt(row + 7 * column),
  });
  const rows = Int32Array.of(1, 4, 6, 7);
  for (const standardize of STANDARDIZATIONS) {
    const { mean, deviation } = standardization(dataset, rows, standardize);
    const preparation = learnPreparation(dataset, rows, { standardize });
    assertEquals([preparation.mean, preparation.deviation], [mean, deviation]);
    assertEquals(
      inputsOf(dataset, preparation, 8),
      [0, 1, 2].map((column) => (dataset.values[24 + column] - mean[column]) / deviation[column]),
    );
  }
});

Deno.test("learnPreparation() treats a number alike, whatever columns are beside it", () => {
  const [, height] = SOURCES;
  for (const standardize of ["feature", "robust", "none"] as const) {
    const alone = learnPreparation(mixedDataset([height]), TRAIN, { standardize });
    const beside = learnPreparation(mixedDataset(SOURCES), TRAIN, { standardize });
    const moments = ({ mean, deviation }: Preparation, at: number) => [mean[at], deviation[at]];
    assertEquals(moments(beside, 2), moments(alone, 0));
  }
});

Deno.test("learnPreparation() takes one mean and deviation of all numbers, filled, for global", () => {
  const dataset = mixedDataset([
    { name: "a", kind: "number", values: [1, null, 3, 900] },
    { name: "c", kind: "category", categories: ["x", "y"], values: [0, 1, 0, 1] },
    { name: "b", kind: "number", values: [4, 2, 6, 900] },
    { name: "d", kind: "boolean", values: [1, 1, 0, 1] },
  ]);
  const options = { standardize: "global", impute: "zero" } as const;
  const { mean, deviation } = learnPreparation(dataset, Int32Array.of(0, 1, 2), options);
  const [numbers, center] = [[1, 4, 0, 2, 3, 6], 16 / 6];
  const spread = Math.sqrt(numbers.reduce((sum, x) => sum + (x - center) ** 2, 0) / 6);
  // a, a_missing, c=x, c=y, b, d
  for (const at of [0, 4]) {
    assertAlmostEquals(mean[at], center, RELATIVE);
    assertAlmostEquals(deviation[at], spread, RELATIVE);
  }
  for (const at of [1, 2, 3, 5]) assertEquals([mean[at], deviation[at]], [0, 1]);
});

Deno.test("learnPreparation() takes the smaller or the first of equally frequent values", () => {
  const dataset = mixedDataset([
    { name: "a", kind: "number", values: [5, 2, null, 5, 2, 1] },
    { name: "b", kind: "boolean", values: [1, 0, null, 1, 0, null] },
    { name: "c", kind: "category", categories: ["x", "y", "z"], values: [2, 1, null, 2, 1, 0] },
  ]);
  const rows = Int32Array.of(0, 1, 2, 3, 4, 5);
  const imputed = (impute: Imputation) => [
    ...learnPreparation(dataset, rows, { standardize: "feature", impute }).imputed,
  ];
  assertEquals(imputed("most_frequent"), [2, 0, 1]);
  assertEquals(imputed("median"), [2, 0.5, NaN]);
  assertEquals(imputed("mean"), [3, 0.5, NaN]);
  assertEquals(imputed("zero"), [0, 0, NaN]);
});

Deno.test("inputs that the training rows say nothing of are 0 in every row", () => {
  const dataset = mixedDataset([
    // Missing in all training rows, which are the first two.
    { name: "a", kind: "number", values: [null, null, 1e6, null] },
    { name: "b", kind: "boolean", values: [null, null, 1, null] },
    { name: "c", kind: "category", categories: ["x", "y"], values: [null, null, 1, null] },
    // Missing in none of them.
    { name: "d", kind: "number", values: [1, 3, null, 4] },
    // The category z is in none of them.
    { name: "e", kind: "category", categories: ["x", "y", "z"], values: [0, 1, 2, 1] },
  ]);
  for (const standardize of STANDARDIZATIONS) {
    for (const impute of IMPUTATIONS) {
      const preparation = learnPreparation(dataset, Int32Array.of(0, 1), { standardize, impute });
      const rows = [0, 1, 2, 3].map((row) => inputsOf(dataset, preparation, row));
      const unseen = dataset.featureNames.filter((_, input) => preparation.isUnseen[input] === 1);
      assertEquals(
        unseen,
        ["a", "a_missing", "b", "b_missing", "c=x", "c=y", "c_missing", "d_missing", "e=z"],
      );
      for (const [input, name] of dataset.featureNames.entries()) {
        if (unseen.includes(name)) assertEquals(rows.map((row) => row[input]), [0, 0, 0, 0]);
      }
      assertEquals(rows.map((row) => row.slice(-3)), [[1, 0, 0], [0, 1, 0], [0, 0, 0], [0, 1, 0]]);
      // Columns that are never there change nothing of the others, under `global` either.
      if (standardize === "none") continue;
      assertEquals([rows[0][7], rows[1][7]], [-1, 1]);
    }
  }
});

Deno.test("learnPreparation() has moments of quantities, and none of classes", () => {
  const columns = [{ name: "a", kind: "number", values: [1, 2, 3, 4] } as const];
  const rows = Int32Array.of(0, 1, 3);
  const options = { standardize: "none" } as const;
  const quantities = mixedDataset(columns, { quantities: [2, 4, 1e9, 6] });
  const { target: { mean, deviation } } = learnPreparation(quantities, rows, options);
  assertEquals(mean, 4);
  assertAlmostEquals(deviation, Math.sqrt(8 / 3), RELATIVE);
  const constant = mixedDataset(columns, { quantities: [0.1, 0.1, 7, 0.1] });
  assertEquals(learnPreparation(constant, rows, options).target, { mean: 0.1, deviation: 1 });
  const classes = mixedDataset(columns);
  assertEquals(learnPreparation(classes, rows, options).target, { mean: 0, deviation: 1 });
});

Deno.test("learnPreparation() learns nothing from other rows than the training rows", () => {
  const dataset = mixedDataset(SOURCES);
  const all = Int32Array.from({ length: dataset.rows }, (_, row) => row);
  const others = all.filter((row) => !TRAIN.includes(row));
  const changed = mixedDataset(SOURCES.map((source) => {
    const { kind, categories = [] } = source;
    const values = source.values.map((value, row) => {
      if (!others.includes(row)) return value;
      // Gaps stay, and there are more: which columns have some is a fact of the table.
      if (value === null || (row % 3 === 0 && source.values.includes(null))) return null;
      if (kind === "number") return 1e7 - 3 * value;
      return kind === "boolean" ? 1 - value : (value + 1) % categories.length;
    });
    return { ...source, values };
  }));
  for (const standardize of STANDARDIZATIONS) {
    for (const impute of IMPUTATIONS) {
      const learn = (table: Dataset, rows: Int32Array) => {
        const preparation = learnPreparation(table, rows, { standardize, impute });
        return { preparation, inputs: [...TRAIN].map((row) => inputsOf(table, preparation, row)) };
      };
      assertEquals(learn(changed, TRAIN), learn(dataset, TRAIN));
      if (standardize === "none" && impute === "zero") continue;
      // What is learned from all rows leaks, and this test sees it.
      assertNotEquals(learn(changed, all).preparation, learn(dataset, all).preparation);
      assertNotEquals(learn(changed, all).inputs, learn(dataset, all).inputs);
    }
  }
});

function inputsOf(dataset: Dataset, preparation: Preparation, row: number): number[] {
  const inputs = new Float64Array(2 + 3 * dataset.columns).fill(9);
  rowWriter(dataset, preparation)(row, inputs, 1, 3);
  const isInput = (_: number, at: number) => at % 3 === 1 && at < 3 * dataset.columns;
  const around = inputs.filter((value, at) => !isInput(value, at));
  assertEquals(around, around.map(() => 9));
  return [...inputs.filter(isInput)];
}
