import { assert, assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { bundlePage } from "../../../src/report/page/bundle_page.ts";
import { decompressText } from "../../../src/report/page/compress_text.ts";
import { hashSource } from "../../../src/report/page/content_policy.ts";

const FOLDER = new URL("../../../src/report/page/", import.meta.url);
const committed = (name: string) => Deno.readTextFile(new URL(name, FOLDER));

Deno.test("bundlePage() gives the committed scripts, byte for byte", async () => {
  const bundled = Object.entries(await bundlePage());
  assertEquals(bundled.map(([name]) => name), [
    "index_script.js",
    "first_script.js",
    "start_script.js",
    "page_script.txt",
    "chart_libraries.txt",
  ]);
  for (const [name, text] of bundled) assert(text === await committed(name), name);
});

Deno.test("the page's scripts have their packages' licences, and need nothing but a browser", async () => {
  const decompressed = async (name: string) => {
    const [hash, compressed] = (await committed(name)).split("\n");
    const script = decompressText(compressed);
    assertEquals(hash, await hashSource(script), name);
    return script;
  };
  const scripts = {
    own: await decompressed("page_script.txt"),
    libraries: await decompressed("chart_libraries.txt"),
  };
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
