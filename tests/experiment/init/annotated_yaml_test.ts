import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { parse } from "yaml";
import {
  annotatedLines,
  Block,
  commentLines,
  flowYaml,
} from "../../../src/experiment/init/annotated_yaml.ts";

Deno.test("flowYaml() writes values as experiments have them", () => {
  assertEquals(flowYaml({ train: 0.6, stratify: true }), "{ train: 0.6, stratify: true }");
  assertEquals(flowYaml(["NA", "?", ""]), '[NA, "?", ""]');
  assertEquals(flowYaml("1"), '"1"', "text stays text");
  assertEquals(flowYaml({ "<<": "<<" }), '{ "<<": "<<" }', "without quotes, it merges mappings");
});

Deno.test("flowYaml() writes any text so that it is read as it was, in one line", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    const written = flowYaml({ [text]: [text] });
    assert(!/[\n\r\u2028\u2029]/.test(written), written);
    assertEquals(parse(written), { [text]: [text] });
  }));
  assertEquals(parse(flowYaml("a\nb\u2028")), "a\nb\u2028");
});

Deno.test("annotatedLines() puts a comment above a line that would be too long", () => {
  const comment = `${"word ".repeat(30)}end`;
  const lines = annotatedLines([
    { key: "dataset", value: new Block([{ key: "path", value: "a.csv", comment }]), comment: "x" },
    { key: "grid", value: new Block([{ value: { dropout: [0, 0.5] }, comment: "y" }]) },
  ]);
  assertEquals(lines[0], "dataset: # x");
  assertEquals(lines.slice(-3), ["  path: a.csv", "grid:", "  - { dropout: [0, 0.5] } # y"]);
  assert(lines.every((line) => line.length <= 100));
  assertEquals(parse(lines.join("\n")), {
    dataset: { path: "a.csv" },
    grid: [{ dropout: [0, 0.5] }],
  });
});

Deno.test("commentLines() cannot be ended by a text", () => {
  assertEquals(commentLines("a\nname: b"), ["# a↵name: b"]);
});
