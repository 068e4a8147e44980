import { assert, assertEquals } from "@std/assert";
import { readSource, sourceFilesIn } from "./_source_files.ts";

// Test files run beside each other, each in a thread of one process: see run.ts.

/** What changes the process, or measures all of its threads. */
const SHARED = /\b(Deno\.(chdir|umask|exit|env\.(set|delete))|process\.(chdir|cpuUsage)|rss)\b/;

/** Programs that tests start, and the words themselves. */
function isItsOwnProcess(file: string): boolean {
  return /\/(fixtures|bench|peers)\//.test(file) || file === "tests/process_test.ts";
}

Deno.test("no test changes its process, or measures more than its own thread", async () => {
  const files = sourceFilesIn("tests").filter((file) => !isItsOwnProcess(file));
  assert(files.length > 200);
  const found: string[] = [];
  for (const file of files) {
    const { text } = await readSource(file);
    if (SHARED.test(text.replaceAll(/"[^"\n]*"|`[^`]*`/g, ""))) found.push(file);
  }
  assertEquals(found, []);
});
