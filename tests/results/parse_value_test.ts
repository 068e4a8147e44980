import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { parseValue } from "../../src/results/parse_value.ts";
import { formatValue } from "../../src/trainers/format_value.ts";

Deno.test("parseValue() tells truth values and numbers from words", () => {
  const values = { true: true, false: false, True: "True", "0": 0, "1e-7": 1e-7, he: "he", "": "" };
  for (const [text, value] of Object.entries(values)) assertEquals(parseValue(text), value);
  assertEquals(parseValue("[true, false, 1, he]"), [true, false, 1, "he"]);
  assertEquals(parseValue("[]"), []);
});

Deno.test("parseValue() gives back what formatValue() wrote", () => {
  const scalar = fc.oneof(
    fc.boolean(),
    // Cells have no -0: it is written as 0.
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
    fc.constantFrom("relu", "he", "per_layer", "a.b+c-d"),
  );
  fc.assert(fc.property(fc.oneof(scalar, fc.array(scalar)), (value) => {
    assertEquals(parseValue(formatValue(value)), value);
  }));
});
