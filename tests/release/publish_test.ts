import { assert, assertEquals } from "@std/assert";
import { ROOT } from "../_source_files.ts";

Deno.test("deno publish would take the package, without slow types", async () => {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    // Types are checked by `deno task ok`.
    args: ["publish", "--dry-run", "--allow-dirty", "--no-check"],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    stdout: "null",
  }).output();
  const text = new TextDecoder().decode(stderr);
  assertEquals(code, 0, text);
  // What is imported by names that only a run knows.
  const warnings = new Set([...text.matchAll(/^warning\[([\w-]+)\]/gm)].map(([, name]) => name));
  assertEquals([...warnings], ["unanalyzable-dynamic-import"]);
  for (
    const file of ["src/mod.ts", "src/kernels/kernels.wasm", "src/report/page/start_script.js"]
  ) {
    assert(text.includes(`/${file} (`), file);
  }
});
