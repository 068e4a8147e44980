import { assertEquals } from "@std/assert";
import { pictureUnits, strongestUnits } from "../../src/trainers/strongest_units.ts";
import { mixedDataset } from "../_mixed_dataset.ts";

/** A layer of 16 inputs: unit o has weights of that length, all in input o. */
function layerOf(lengths: readonly number[]) {
  const [inputs, outputs] = [16, lengths.length];
  const weight = new Float32Array(inputs * outputs);
  lengths.forEach((length, unit) => weight[unit * outputs + unit] = length);
  return { name: "weight", shape: [inputs, outputs], values: weight, hasPictures: true };
}

Deno.test("strongestUnits() gives the units with the longest weight vectors, rounded", () => {
  const units = strongestUnits(layerOf([1, -3, 2, 3, 0.1, 0.2, 0.3, 0.4, 0.50004, 0]));
  assertEquals(units.map(({ unit }) => unit), [1, 3, 2, 0, 8, 7, 6, 5]);
  assertEquals(units[0].weights, [0, -3, ...Array(14).fill(0)]);
  assertEquals([units[4].weights[8], units[5].weights[7]], [0.5, 0.4]);
});

Deno.test("pictureUnits() gives units where rows are pictures", () => {
  const bias = { name: "bias", shape: [2], values: new Float32Array(2) };
  const parameters = [bias, layerOf([1, 2])];
  const names = (name: string) => Array.from({ length: 16 }, (_, column) => `${name}${column}`);
  const tableOf = (featureNames: readonly string[]) => ({
    columns: featureNames.length,
    featureNames,
    sources: featureNames.map((name) => ({ name, kind: "number" as const, hasGaps: false })),
  });
  const pixels = tableOf(names("pixel"));
  assertEquals(pictureUnits(pixels, parameters), strongestUnits(parameters[1]));
  assertEquals(pictureUnits(pixels, [bias]), []);
  const others = ["age", ...names("x").slice(1)];
  assertEquals(pictureUnits(tableOf(others), parameters), []);
});

Deno.test("pictureUnits() gives no units of a table with categories or gaps", () => {
  const parameters = [layerOf([1, 2])];
  const zones = mixedDataset([{
    ...{ name: "zone", kind: "category", values: [3, 5] },
    categories: Array.from({ length: 16 }, (_, zone) => `${zone}`),
  }]);
  const numbers = Array.from({ length: 8 }, (_, column) => `x${column}`);
  const gaps = mixedDataset(numbers.map((name) => ({ name, kind: "number", values: [3, null] })));
  for (const table of [zones, gaps]) {
    assertEquals(table.columns, 16);
    assertEquals(pictureUnits(table, parameters), []);
  }
});
