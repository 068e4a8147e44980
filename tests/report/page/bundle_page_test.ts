import { assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { bundlePage } from "../../../src/report/page/bundle_page.ts";

const COMMITTED = new URL("../../../src/report/page/page_script.js", import.meta.url);

Deno.test("bundlePage() gives the committed script, byte for byte", async () => {
  assertEquals(await bundlePage(), await Deno.readTextFile(COMMITTED));
});

Deno.test("the page's script has its packages' licences, and needs nothing but a browser", async () => {
  const script = await Deno.readTextFile(COMMITTED);
  assertStringIncludes(script, "Redistribution and use");
  for (const name of ["Deno", "node:", "import(", "require("]) {
    assertFalse(script.includes(name), name);
  }
});
