import { assertEquals } from "@std/assert";
import { listIntegers, listSome, listWords } from "../src/list_words.ts";

Deno.test("listWords() lists words as a sentence does", () => {
  assertEquals(listWords([]), "");
  assertEquals(listWords(["a"]), "a");
  assertEquals(listWords(["a", "b"]), "a or b");
  assertEquals(listWords(["a", "b", "c"], "and"), "a, b and c");
});

Deno.test("listSome() counts the words that it leaves out", () => {
  assertEquals(listSome(["a", "b"], 2), "a, b");
  assertEquals(listSome(["a", "b", "c"], 2), "a, b and 1 more");
  const many = Array.from({ length: 1235 }, () => "a");
  assertEquals(listSome(many, 1), "a and 1,234 more");
});

Deno.test("listIntegers() names the ends of those that follow one another", () => {
  assertEquals(listIntegers([]), "");
  assertEquals(listIntegers([4, 5]), "4, 5");
  assertEquals(listIntegers([4, 5, 6]), "4 to 6");
  assertEquals(listIntegers([4, 5, 7], 2), "4, 5 and 1 more");
});
