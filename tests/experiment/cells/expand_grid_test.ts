import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { configIdentity, resolveConfig } from "../../../src/trainers/config.ts";
import { BUILT_IN } from "../../../src/trainers/trainers.ts";
import { expand, type Lists } from "../_expand.ts";

const namesOf = (blocks: Lists[]) => expand(blocks).cells.map(({ name }) => name);

const numbers = fc.constantFrom(0, 0.1, 0.25, 0.5);
const block = fc.record({
  l1_penalty: fc.array(numbers, { minLength: 1, maxLength: 4 }),
  dropout: fc.array(fc.oneof(numbers, fc.tuple(numbers, numbers)), { minLength: 1, maxLength: 4 }),
  steps: fc.uniqueArray(fc.nat(9), { minLength: 1, maxLength: 3 }),
  init: fc.subarray(["he", "glorot", "normal"], { minLength: 1 }),
}, { requiredKeys: [] });
const blocks = fc.array(block, { minLength: 1, maxLength: 4 });
const sizeOf = (block: Lists) => Object.values(block).reduce((size, list) => size * list.length, 1);

Deno.test("expandGrid() varies the last key fastest", () => {
  const names = namesOf([{ steps: [1, 2], dropout: [0, 0.5], init: ["he", "glorot"] }]);
  assertEquals(names, [
    "steps=1 dropout=0 init=he",
    "steps=1 dropout=0 init=glorot",
    "steps=1 dropout=0.5 init=he",
    "steps=1 dropout=0.5 init=glorot",
    "steps=2 dropout=0 init=he",
    "steps=2 dropout=0 init=glorot",
    "steps=2 dropout=0.5 init=he",
    "steps=2 dropout=0.5 init=glorot",
  ]);
});

Deno.test("expandGrid() unites blocks, drops duplicates and counts them", () => {
  const grid = expand([
    { l1_penalty: [0, 0.1, 0.1] },
    { l2_penalty: [0, 0.1] },
    { l2_penalty: [0.1, 0.2], l1_penalty: [0] },
  ]);
  assertEquals(grid.cells.map(({ name, technique }) => [name, technique]), [
    ["l1_penalty=0", "l1_penalty"],
    ["l1_penalty=0.1", "l1_penalty"],
    ["l2_penalty=0.1", "l2_penalty"],
    ["l2_penalty=0.2 l1_penalty=0", "l2_penalty × l1_penalty"],
  ]);
  assertEquals(grid.duplicates, 3);
});

Deno.test("expandGrid() takes one value for each layer as that value", () => {
  const names = namesOf([{ dropout: [[0.5, 0.5], 0.5, [0.5, 0.2], 0] }]);
  assertEquals(names, ["dropout=[0.5, 0.5]", "dropout=[0.5, 0.2]", "dropout=0"]);
});

Deno.test("expandGrid() gives swept keys in the table's order", () => {
  const { cells } = expand([{ dropout: [0] }, { steps: [1], hidden: [[8]] }]);
  assertEquals(cells.sweptKeys, ["hidden", "steps", "dropout"]);
});

Deno.test("expandGrid() names the cell of a block that sweeps nothing", () => {
  assertEquals(namesOf([{}]), ["all"]);
  assertEquals(namesOf([{}, { dropout: [0, 0.5] }]), ["fixed", "dropout=0.5"]);
});

Deno.test("expandGrid() resolves fixed values and defaults into every cell", () => {
  const { cells } = expand([{ dropout: [0, 0.5] }], { steps: 7 });
  assertEquals(cells.map(({ config }) => config), [
    resolveConfig(BUILT_IN.named("mlp"), { steps: 7 }),
    resolveConfig(BUILT_IN.named("mlp"), { steps: 7, dropout: 0.5 }),
  ]);
});

Deno.test("expandGrid() expands one block to its product in order", () => {
  fc.assert(fc.property(
    fc.uniqueArray(fc.nat(9), { minLength: 1, maxLength: 5 }),
    fc.uniqueArray(numbers, { minLength: 1 }),
    fc.uniqueArray(numbers, { minLength: 1 }),
    (steps, l1, l2) => {
      const { cells, duplicates } = expand([{
        steps,
        l1_penalty: l1,
        l2_penalty: l2,
      }]);
      const product = steps.flatMap((a) => l1.flatMap((b) => l2.map((c) => [a, b, c])));
      assertEquals(
        cells.map(({ config }) => [config.steps, config.l1_penalty, config.l2_penalty]),
        product,
      );
      assertEquals(duplicates, 0);
    },
  ));
});

Deno.test("expandGrid() never gives two cells of one name, config or index", () => {
  fc.assert(fc.property(blocks, (blocks) => {
    const { cells, duplicates } = expand(blocks);
    const identities = cells.map(({ config }) =>
      configIdentity(BUILT_IN.named("mlp").hyperparameters, config)
    );
    assertEquals(new Set(identities).size, cells.length);
    assertEquals(new Set(cells.map(({ name }) => name)).size, cells.length);
    assertEquals(cells.map(({ index }) => index), cells.map((_, index) => index));
    assertEquals(cells.length + duplicates, blocks.reduce((sum, block) => sum + sizeOf(block), 0));
  }));
});

Deno.test("expandGrid() of more blocks begins with the cells of fewer", () => {
  fc.assert(fc.property(blocks, block, (blocks, last) => {
    const configsOf = (blocks: Lists[]) => expand(blocks).cells.map(({ config }) => config);
    const before = configsOf(blocks);
    const after = configsOf([...blocks, last]);
    assert(after.length <= before.length + sizeOf(last));
    assertEquals(after.slice(0, before.length), before);
  }));
});
