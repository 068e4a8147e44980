// deno run -A tests/run.ts [ARGUMENTS]: `deno test` with them, as many files at a time as there are
// cores, then the tables that tests leave and one line that counts. It first installs the packages of
// the program, because many tests start it and read what it prints: no download may show there.
import { fileURLToPath } from "node:url";
import { takeTallies } from "./_tally.ts";
import { tallyTables } from "./_tally_tables.ts";

/** Begun first, so that no core has nothing left to do while one of these goes on. */
const LONGEST = [
  "tests/end_to_end/slurm_test.ts",
  "tests/faults/faults_test.ts",
  "tests/report/browser_test.ts",
];

await deno("install", "--quiet", `--config=${inProject("deno.json")}`);
const counts = await Deno.makeTempFile({ suffix: ".xml" });
try {
  const config = `--config=${inProject("tests/deno.json")}`;
  const options = [config, "--allow-all", "--quiet", "--parallel", `--junit-path=${counts}`];
  const ignored = Deno.args.flatMap((arg) => arg.match(/^--ignore=(.*)/)?.[1].split(",") ?? []);
  const first = LONGEST.filter((file) => {
    const isAmong = (paths: readonly string[]) => paths.some((path) => isIn(path, file));
    return isAmong(Deno.args) && !isAmong(ignored);
  });
  const { code } = await deno("test", ...options, ...first, ...Deno.args);
  print(...tallyTables(await takeTallies()), "", countLine(await Deno.readTextFile(counts)));
  Deno.exitCode = code;
} finally {
  await Deno.remove(counts);
}

/** Whether a path is a file's or a folder's around it. */
function isIn(path: string, file: string): boolean {
  return path === file || file.startsWith(path.replace(/\/?$/, "/"));
}

function inProject(name: string): string {
  return fileURLToPath(new URL(`../${name}`, import.meta.url));
}

function deno(...args: readonly string[]): Promise<Deno.CommandStatus> {
  return new Deno.Command(Deno.execPath(), { args: [...args] }).spawn().status;
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
