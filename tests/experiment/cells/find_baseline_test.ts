import { assertEquals } from "@std/assert";
import { findBaseline } from "../../../src/experiment/cells/find_baseline.ts";
import type { Config } from "../../../src/trainers/hyperparameter.ts";
import { expand, type Lists } from "../_expand.ts";

function baselinesOf(blocks: Lists[], baseline: Config, fixed: Config = {}): string[] {
  const { cells } = expand(blocks, fixed);
  return findBaseline(cells, baseline).map((index) => cells.at(index)?.name ?? "");
}

Deno.test("findBaseline() finds the cell with the given values", () => {
  const blocks: Lists[] = [{ l1_penalty: [0, 0.1], l2_penalty: [0.2, 0.3] }];
  assertEquals(baselinesOf(blocks, { l1_penalty: 0.1, l2_penalty: 0.2 }), [
    "l1_penalty=0.1 l2_penalty=0.2",
  ]);
});

Deno.test("findBaseline() compares values, not how they are written", () => {
  const blocks: Lists[] = [{ dropout: [0.1, [0.5, 0.5]] }];
  assertEquals(baselinesOf(blocks, { dropout: 0.5 }), ["dropout=[0.5, 0.5]"]);
  assertEquals(baselinesOf(blocks, { dropout: [0.1, 0.1] }), ["dropout=0.1"]);
});

Deno.test("findBaseline() prefers the cell that is as fixed or default in all else", () => {
  const blocks: Lists[] = [{ l1_penalty: [0, 0.1] }, { l2_penalty: [0.1, 0.2] }];
  assertEquals(baselinesOf(blocks, { l1_penalty: 0 }), ["l1_penalty=0"]);
  const product: Lists[] = [{ l1_penalty: [0, 0.1], l2_penalty: [0, 0.1] }];
  assertEquals(baselinesOf(product, { l1_penalty: 0.1 }), ["l1_penalty=0.1 l2_penalty=0"]);
});

Deno.test("findBaseline() finds the only cell even if the rest is not default", () => {
  const blocks: Lists[] = [{ l1_penalty: [0, 0.1], l2_penalty: [0.3] }];
  assertEquals(baselinesOf(blocks, { l1_penalty: 0 }), ["l1_penalty=0 l2_penalty=0.3"]);
});

Deno.test("findBaseline() finds none where a fixed value differs", () => {
  const blocks: Lists[] = [{ dropout: [0, 0.5] }];
  assertEquals(baselinesOf(blocks, { dropout: 0, steps: 5 }, { steps: 4 }), []);
  assertEquals(baselinesOf(blocks, { dropout: 0, steps: 4 }, { steps: 4 }), ["dropout=0"]);
});

Deno.test("findBaseline() finds several where the values leave it open", () => {
  const blocks: Lists[] = [{ l1_penalty: [0, 0.1], learning_rate: [0.2, 0.3] }];
  assertEquals(baselinesOf(blocks, { l1_penalty: 0 }).length, 2);
});
