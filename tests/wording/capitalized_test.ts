import { assertEquals } from "@std/assert";
import { capitalized, uncapitalized } from "../../src/wording/capitalized.ts";

Deno.test("capitalized() leaves keys as they are written", () => {
  assertEquals(capitalized("learning rate 0.1 is best"), "Learning rate 0.1 is best");
  assertEquals(capitalized("l1_penalty=0.1 is best"), "l1_penalty=0.1 is best");
  assertEquals(capitalized("depth=3 is best"), "depth=3 is best");
});

Deno.test("uncapitalized() keeps the capitals of symbols and names", () => {
  for (
    const [label, words] of [
      ["Learning rate", "learning rate"],
      ["L2 penalty", "L2 penalty"],
      ["Adam’s β₁", "Adam’s β₁"],
      ["Steps", "steps"],
      ["seeds", "seeds"],
    ]
  ) assertEquals(uncapitalized(label), words);
});
