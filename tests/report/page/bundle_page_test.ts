import { assert, assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { bundlePage } from "../../../src/report/page/bundle_page.ts";
import { decompressText } from "../../../src/report/page/compress_text.ts";
import { hashSource } from "../../../src/report/page/content_policy.ts";

const FOLDER = new URL("../../../src/report/page/", import.meta.url);
const committed = (name: string) => Deno.readTextFile(new URL(name, FOLDER));

Deno.test("bundlePage() gives the committed scripts, byte for byte", async () => {
  const bundled = Object.entries(await bundlePage());
  assertEquals(bundled.map(([name]) => name), [
    "page_script.js",
    "index_script.js",
    "first_script.js",
    "chart_libraries.txt",
  ]);
  for (const [name, text] of bundled) assert(text === await committed(name), name);
});

Deno.test("the page's scripts have their packages' licences, and need nothing but a browser", async () => {
  const [hash, compressed] = (await committed("chart_libraries.txt")).split("\n");
  const scripts = {
    own: await committed("page_script.js"),
    libraries: decompressText(compressed),
  };
  assertEquals(hash, await hashSource(scripts.libraries));
  for (const [kind, script] of Object.entries(scripts)) {
    assertStringIncludes(script, "Redistribution and use", kind);
    for (const name of ["Deno", "node:", "import(", "require("]) {
      assertFalse(script.includes(name), `${kind}: ${name}`);
    }
  }
  for (const name of ["vega", "vega-lite", "d3-scale"]) {
    assert(new RegExp(`^/\\*!.*\\b${name}\\b`, "m").test(scripts.libraries), name);
  }
});
