import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { formatMapping, parseMapping } from "../../src/trainers/value_mapping.ts";

Deno.test("formatMapping() sorts names, and quotes those with signs that mean something", () => {
  assertEquals(formatMapping({ spam: 5, ham: 1 }), "{ham: 1, spam: 5}");
  assertEquals(formatMapping({ "10": 0.5, "9": 1e-7 }), "{10: 0.5, 9: 1e-7}");
  assertEquals(formatMapping({ ">50K": 3, "<=50K": 1 }), '{"<=50K": 1, ">50K": 3}');
  assertEquals(
    formatMapping({ "Iris setosa": 1, "a, b": 2, " x": 3, "été": 4, '"': 5, "": 6 }),
    '{"": 6, " x": 3, "\\"": 5, Iris setosa: 1, "a, b": 2, été: 4}',
  );
});

Deno.test("parseMapping() reads whatever formatMapping() writes", () => {
  const mapping = fc.dictionary(
    fc.oneof(fc.string(), fc.stringMatching(/^[\w {},:"\\]+$/)),
    fc.double({
      min: 1e-9,
      max: 1e9,
      noNaN: true,
    }),
    { minKeys: 1 },
  );
  fc.assert(fc.property(mapping, (mapping) => {
    const read = parseMapping(formatMapping(mapping));
    assertEquals(read && Object.fromEntries(read), { ...mapping });
  }));
});

Deno.test("parseMapping() allows spaces, and refuses what is no mapping", () => {
  assertEquals([...parseMapping("{ ham:1 ,spam : 5 }") ?? []], [["ham", 1], ["spam", 5]]);
  const wrong = [
    "",
    "none",
    "{}",
    "{ham}",
    "{ham: }",
    "{ham: x}",
    "{ham: 1, ham: 2}",
    "{ham: 1, }",
  ];
  for (const text of [...wrong, "{ham: 1", "[ham: 1]", '{"ham: 1}', "{a: 1 b: 2}", '{"\\x": 1}']) {
    assertEquals(parseMapping(text), undefined, text);
  }
});
