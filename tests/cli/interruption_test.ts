import { assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";

const STUBBORN = fileURLToPath(new URL("./fixtures/stubborn.ts", import.meta.url));

for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
  Deno.test(`interruptionSignal() aborts at the first ${signal}, and the second ends all`, async () => {
    const process = new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--no-check", STUBBORN],
      stdout: "piped",
    }).spawn();
    const output = process.stdout.pipeThrough(new TextDecoderStream()).getReader();
    /** Whatever it says next. */
    const says = async (expected: string) => {
      let said = "";
      while (said.length < expected.length) {
        const { value, done } = await output.read();
        if (done) break;
        said += value;
      }
      assertEquals(said, expected);
    };
    await says("ready\n");
    process.kill(signal);
    await says(`0 ms\nInterruption: interrupted by ${signal}\n`);
    // One press of Ctrl-C comes twice within a moment: from the terminal, and from `deno task`.
    process.kill(signal);
    await says("290 ms\n");
    process.kill(signal);
    await says(`310 ms\nagain interrupted by ${signal}\n`);
    assertEquals((await output.read()).done, true);
    assertEquals((await process.status).code, code);
  });
}
