import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { canonicalJson } from "../src/canonical_json.ts";

/** The same value with every object's members in reverse order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, member]) => [key, reversed(member)]));
}

Deno.test("canonicalJson() is JSON of the same value", () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    assertEquals(JSON.parse(canonicalJson(value)), value);
  }));
});

Deno.test("canonicalJson() does not depend on the order of members", () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    assertEquals(canonicalJson(reversed(value)), canonicalJson(value));
  }));
});

Deno.test("canonicalJson() sorts keys by code unit and leaves no space", () => {
  const value = { b: [1, { d: null, c: "é" }], a: true, B: {}, "😀": 1, "\uffff": 2 };
  assertEquals(
    canonicalJson(value),
    '{"B":{},"a":true,"b":[1,{"c":"é","d":null}],"😀":1,"\uffff":2}',
  );
});

Deno.test("canonicalJson() has one text for each number", () => {
  assertEquals(
    canonicalJson([3e6, 3000000, 1.0, -0, 1e-7, 1e21]),
    "[3000000,3000000,1,0,1e-7,1e+21]",
  );
});

Deno.test("canonicalJson() rejects what JSON cannot hold", () => {
  for (const value of [NaN, Infinity, undefined, 1n, () => 1, new Map(), new Date(0), Symbol()]) {
    assertThrows(() => canonicalJson({ value }), TypeError, "as JSON");
    assertThrows(() => canonicalJson([value]), TypeError, "as JSON");
  }
});
