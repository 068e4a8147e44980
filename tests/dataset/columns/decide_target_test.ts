import { assertEquals } from "@std/assert";
import { tellTask } from "../../../src/dataset/columns/decide_target.ts";

function taskOf(values: number, rows: number, areIntegers = true) {
  const numbers = { numbers: rows, distinctNumbers: values, hasAllNumbers: true };
  return tellTask({ ...numbers, words: 0, areIntegers });
}

Deno.test("tellTask() takes words and two numbers for classes", () => {
  const some = { numbers: 9, distinctNumbers: 9, hasAllNumbers: true, areIntegers: false };
  assertEquals(tellTask({ ...some, words: 1 }), "classification");
  assertEquals([taskOf(2, 6), taskOf(2, 6, false), taskOf(1, 6)], Array(3).fill("classification"));
});

Deno.test("tellTask() takes whole numbers for classes if they are few, and each has some rows", () => {
  assertEquals([taskOf(3, 150), taskOf(10, 1797), taskOf(20, 60)], Array(3).fill("classification"));
  assertEquals([taskOf(20, 59), taskOf(214, 442), taskOf(50, 400)], Array(3).fill("regression"));
});

Deno.test("tellTask() takes numbers with decimals for quantities", () => {
  assertEquals([taskOf(30, 30, false), taskOf(129, 398, false)], ["regression", "regression"]);
  assertEquals([taskOf(21, 9999, false), taskOf(4, 11, false)], ["regression", "regression"]);
});

Deno.test("tellTask() says that it could be either", () => {
  // Rings of abalones, letters by their numbers, ratings in steps of a half.
  assertEquals([taskOf(28, 4177), taskOf(26, 20_000), taskOf(9, 300, false)], [
    undefined,
    undefined,
    undefined,
  ]);
});
