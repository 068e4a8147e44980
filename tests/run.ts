// deno run -A tests/run.ts [ARGUMENTS]: `deno test` with them, then the tables that tests leave and
// one line that counts.
import { takeTallies } from "./_tally.ts";
import { tallyTables } from "./_tally_tables.ts";

const counts = await Deno.makeTempFile({ suffix: ".xml" });
try {
  const options = ["--allow-all", "--quiet", `--junit-path=${counts}`];
  const test = new Deno.Command(Deno.execPath(), { args: ["test", ...options, ...Deno.args] });
  const { code } = await test.spawn().status;
  print(...tallyTables(await takeTallies()), "", countLine(await Deno.readTextFile(counts)));
  Deno.exitCode = code;
} finally {
  await Deno.remove(counts);
}

/** `N passed, N failed`, of tests and their steps; those that were skipped are told if there are any. */
function countLine(junit: string): string {
  const attributes = (name: string) =>
    Array.from(
      junit.matchAll(new RegExp(`<testsuite .*\\b${name}="(\\d+)"`, "g")),
      ([, n]) => Number(n),
    )
      .reduce((sum, n) => sum + n, 0);
  const [tests, failed, skipped] = ["tests", "failures", "disabled"].map(attributes);
  const line = `${tests - failed - skipped} passed, ${failed} failed`;
  return skipped > 0 ? `${line}, ${skipped} skipped` : line;
}

function print(...lines: readonly string[]): void {
  Deno.stdout.writeSync(new TextEncoder().encode(lines.join("\n") + "\n"));
}
