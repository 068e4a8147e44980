import { assertEquals, assertMatch } from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { kernelsChecksum } from "../../src/kernels/kernels_checksum.ts";
import { versionFacts } from "../../src/sweep/version_facts.ts";

Deno.test("versionFacts() says which source and kernels this is", async () => {
  const { version, commit, deno, kernels } = await versionFacts();
  assertEquals([version, deno], [config.version, Deno.version.deno]);
  if (commit !== null) assertMatch(commit, /^[0-9a-f]{40,64}$/);
  assertEquals(kernels.wasm, await kernelsChecksum());
  assertEquals(kernels.native === null, kernels.reason !== null);
});
