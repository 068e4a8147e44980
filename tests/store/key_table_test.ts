import { assertEquals, assertThrows } from "@std/assert";
import { KeyPlaces, KeyTable } from "../../src/store/key_table.ts";
import { sha256 } from "../../src/sha256.ts";

const keys = await Promise.all(Array.from({ length: 9000 }, (_, index) => sha256(`${index}`)));

Deno.test("KeyTable gives back the keys that it was given", () => {
  const table = new KeyTable();
  assertEquals(keys.map((key) => table.add(key)), [...keys.keys()]);
  assertEquals(keys.map((_, place) => table.keyAt(place)), keys);
});

Deno.test("KeyTable refuses what is no key", () => {
  const table = new KeyTable();
  for (const text of ["", "ab", keys[0].slice(2), `${keys[0]}00`]) {
    assertThrows(() => table.add(text), RangeError, "A key must be a SHA-256 in hex");
  }
  assertThrows(() => table.add("x".repeat(64)), SyntaxError);
});

Deno.test("KeyPlaces finds the keys of a list and no others", () => {
  const listed = keys.slice(0, 5000);
  const places = new KeyPlaces(listed.length, (place) => listed[place]);
  assertEquals(places.size, 5000);
  assertEquals(listed.map((key) => places.placeOf(key)), [...listed.keys()]);
  assertEquals(keys.slice(5000).filter((key) => places.has(key)), []);
  for (const text of ["", "not a key", listed[0].toUpperCase()]) {
    assertEquals(places.has(text), false, text);
  }
});

Deno.test("KeyPlaces tells keys with the same beginning apart, and equal ones not", () => {
  const alike = ["0", "1", "2", "1"].map((digit) => "ab".repeat(31) + `0${digit}`);
  const places = new KeyPlaces(alike.length, (place) => alike[place]);
  assertEquals(places.size, 3);
  assertEquals(alike.map((key) => places.placeOf(key)), [0, 1, 2, 1]);
  assertEquals(new KeyPlaces(0, () => "").has(keys[0]), false);
});
