import { assertEquals } from "@std/assert";
import { pictureUnits, strongestUnits } from "../../src/trainers/strongest_units.ts";
import { numericDataset } from "../_numeric_dataset.ts";

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
  const { facts } = numericDataset({ rows: 6, columns: 16, classes: 2, checksum: "" });
  const pixels = { facts: { ...facts, pictureSide: 4 } };
  assertEquals(pictureUnits(pixels, parameters), strongestUnits(parameters[1]));
  assertEquals(pictureUnits(pixels, [bias]), []);
  assertEquals(pictureUnits({ facts }, parameters), []);
});
