// deno run -A tests/run.ts [ARGUMENTS]: `deno test` with them, some files more at a time than there are
// cores, then the tables that tests leave and one line that counts. It first installs the packages of
// the program, because many tests start it and read what it prints: no download may show there.
import { fileURLToPath } from "node:url";
import { isIn, SLOW } from "./_slow_tests.ts";
import { slowestFiles } from "./_slowest_files.ts";
import { takeTallies } from "./_tally.ts";
import { tallyTables } from "./_tally_tables.ts";

/** Begun first, so that no core has nothing left to do while one of these goes on. */
const LONGEST = [
  "tests/end_to_end/slurm_test.ts",
  "tests/faults/faults_test.ts",
  "tests/report/browser_test.ts",
  "tests/end_to_end/modules_test.ts",
  "tests/dataset/fuzz_test.ts",
  "tests/end_to_end/docs_test.ts",
  "tests/end_to_end/examples_test.ts",
  "tests/end_to_end/kept_trainers_test.ts",
  "tests/end_to_end/native_test.ts",
  "tests/end_to_end/example_programs_test.ts",
];

/** Beyond one for each core, since many files mostly wait: for threads and programs to start, or to end. */
const FILES_MORE = 2;

await deno(["install", "--quiet", `--config=${inProject("deno.json")}`]);
const counts = await Deno.makeTempFile({ suffix: ".xml" });
try {
  const config = `--config=${inProject("tests/deno.json")}`;
  const options = [config, "--allow-all", "--quiet", "--parallel", `--junit-path=${counts}`];
  const isQuick = Deno.args.includes("--quick");
  if (isQuick) options.push(`--ignore=${SLOW}`);
  // A file that is named runs even if it is to be ignored.
  const first = isQuick ? [] : LONGEST.filter((file) => Deno.args.some((path) => isIn(path, file)));
  const { code } = await deno(["test", ...options, ...first, ...Deno.args], {
    DENO_JOBS: Deno.env.get("DENO_JOBS") ?? `${navigator.hardwareConcurrency + FILES_MORE}`,
  });
  const junit = await Deno.readTextFile(counts);
  print(...tallyTables(await takeTallies()), ...slowestLines(junit), "", countLine(junit));
  Deno.exitCode = code;
} finally {
  await Deno.remove(counts);
}

function inProject(name: string): string {
  return fileURLToPath(new URL(`../${name}`, import.meta.url));
}

function deno(args: string[], env: Record<string, string> = {}): Promise<Deno.CommandStatus> {
  return new Deno.Command(Deno.execPath(), { args, env }).spawn().status;
}

/** The files that took longest, if they took long enough to matter. */
function slowestLines(junit: string): string[] {
  const slow = slowestFiles(junit, 10).filter(({ seconds }) => seconds >= 5);
  if (slow.length === 0) return [];
  const lines = slow.map(({ file, seconds }) => `${seconds.toFixed(0).padStart(6)} s  ${file}`);
  return ["", "The slowest files:", ...lines];
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
