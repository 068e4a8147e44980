import { assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { bundlePage, BUNDLES } from "../../../src/report/page/bundle_page.ts";

const PAGE = new URL("../../../src/report/page/", import.meta.url);
const COMMITTED = new URL("page_script.js", PAGE);

Deno.test("bundlePage() gives the committed scripts, byte for byte", async () => {
  for (const { entry, bundle } of BUNDLES) {
    assertEquals(await bundlePage(entry), await Deno.readTextFile(new URL(bundle, PAGE)), bundle);
  }
});

Deno.test("the page's script has its packages' licences, and needs nothing but a browser", async () => {
  const script = await Deno.readTextFile(COMMITTED);
  assertStringIncludes(script, "Redistribution and use");
  for (const name of ["Deno", "node:", "import(", "require("]) {
    assertFalse(script.includes(name), name);
  }
});
