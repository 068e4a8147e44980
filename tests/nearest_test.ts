import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { nearest } from "../src/nearest.ts";

const KEYS = ["hidden", "dropout", "l1_penalty", "l2_penalty", "steps", "init", "init_scale"];

Deno.test("nearest() finds what is one or two edits away", () => {
  const mistakes = [
    ["drop_out", "dropout"], // one letter too many
    ["dropot", "dropout"], // one too few
    ["dropuot", "dropout"], // two swapped
    ["dorpotu", "dropout"], // two pairs swapped
    ["stepz", "steps"],
    ["hiddenss", "hidden"],
    ["l2-penalty", "l2_penalty"],
  ];
  for (const [word, key] of mistakes) assertEquals(nearest(word, KEYS), key);
});

Deno.test("nearest() finds nothing three edits away", () => {
  assertEquals(nearest("drop___out", KEYS), undefined);
  assertEquals(nearest("hi", KEYS), undefined);
  assertEquals(nearest("", KEYS), undefined);
  assertEquals(nearest("dropout", []), undefined);
});

Deno.test("nearest() does not take half of a short word for a mistake", () => {
  assertEquals(nearest("he", ["hx"]), "hx");
  assertEquals(nearest("he", ["xy"]), undefined);
  assertEquals(nearest("all", ["axx"]), undefined);
  assertEquals(nearest("a", ["b"]), undefined);
});

Deno.test("nearest() ignores case", () => {
  assertEquals(nearest("ReLU", ["tanh", "relu"]), "relu");
  assertEquals(nearest("DROPUOT", KEYS), "dropout");
});

Deno.test("nearest() prefers the nearer candidate, then the longer, then the earlier", () => {
  assertEquals(nearest("--sead", ["--set", "--seeds"]), "--seeds");
  assertEquals(nearest("--sead", ["--set", "--seed", "--seeds"]), "--seed");
  assertEquals(nearest("l3_penalty", KEYS), "l1_penalty");
  assertEquals(nearest("l2_penaltyy", KEYS), "l2_penalty");
});

Deno.test("nearest() finds every key again after one edit", () => {
  const edited = fc.tuple(
    fc.constantFrom(...KEYS.filter((key) => key !== "init")),
    fc.nat(),
    fc.constantFrom("add", "drop", "replace"),
    fc.constantFrom("x", "_", "7"),
  );
  fc.assert(fc.property(edited, ([key, position, edit, letter]) => {
    const at = position % key.length;
    const rest = key.slice(edit === "add" ? at : at + 1);
    const word = key.slice(0, at) + (edit === "drop" ? "" : letter) + rest;
    const found = nearest(word, [key]);
    assertEquals(found, key);
  }));
});
