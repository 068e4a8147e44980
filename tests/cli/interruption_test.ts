import { assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";

const STUBBORN = fileURLToPath(new URL("./fixtures/stubborn.ts", import.meta.url));

for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
  Deno.test(`interruptionSignal() aborts at the first ${signal}, and the second ends all`, async () => {
    const process = new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--no-check", STUBBORN],
      stdout: "piped",
    }).spawn();
    const lines = process.stdout.pipeThrough(new TextDecoderStream()).getReader();
    assertEquals((await lines.read()).value, "ready\n");
    process.kill(signal);
    assertEquals((await lines.read()).value, `Interruption: interrupted by ${signal}\n`);
    // One press of Ctrl-C comes twice within a moment: from the terminal, and from `deno task`.
    process.kill(signal);
    const end = lines.read();
    const waited = new Promise((resolve) => setTimeout(() => resolve("still there"), 500));
    assertEquals(await Promise.race([end, waited]), "still there");
    process.kill(signal);
    assertEquals((await end).done, true);
    assertEquals((await process.status).code, code);
  });
}
