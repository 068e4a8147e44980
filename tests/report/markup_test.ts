import { assertEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { jsonBlock, markup } from "../../src/report/markup.ts";

Deno.test("markup() escapes what is not HTML already", () => {
  const name = `<b title="x" id='y'>&`;
  assertEquals(
    markup`<p title="${name}">${name}</p>`.text,
    '<p title="&lt;b title=&quot;x&quot; id=&#39;y&#39;&gt;&amp;">' +
      "&lt;b title=&quot;x&quot; id=&#39;y&#39;&gt;&amp;</p>",
  );
});

Deno.test("markup() nests, joins lists by lines and leaves undefined out", () => {
  const items = ["a", "<"].map((item) => markup`<li>${item}</li>`);
  assertEquals(
    markup`<ul>${items}</ul>${undefined}${0}`.text,
    "<ul><li>a</li>\n<li>&lt;</li></ul>0",
  );
});

Deno.test("jsonBlock() holds any text and gives it back", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => {
    const block = jsonBlock("data", { text: `</script><!--${text}` }).text;
    const [, json] = block.match(/^<script type="application\/json" id="data">(.*)<\/script>$/s) ??
      [];
    assertEquals(JSON.parse(json), { text: `</script><!--${text}` });
    assertEquals(json.includes("<"), false);
  }));
  assertStringIncludes(jsonBlock("data", "<").text, '"\\u003c"');
});
