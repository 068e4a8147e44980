// deno run -A tests/run.ts PATH… [--OPTION…] [-- --quick | --all]: `deno test` with the test files that
// are there, some more at a time than there are cores, then the tables that tests leave and one line that
// counts. It first installs the packages of the program, because many tests start it and read what it
// prints: no download may show there. Types are checked meanwhile, but not with --quick.
import { fileURLToPath } from "node:url";
import { slowestFiles } from "./_slowest_files.ts";
import { takeTallies } from "./_tally.ts";
import { tallyTables } from "./_tally_tables.ts";
import { chooseFiles, writeGroups } from "./_test_groups.ts";

/** Begun first, so that no core has nothing left to do while one of these goes on. */
const LONGEST = [
  "tests/end_to_end/slurm_test.ts",
  "tests/report/drawing_test.ts",
  "tests/faults/faults_test.ts",
  "tests/report/browser_test.ts",
  "tests/report/live_page_test.ts",
  "tests/end_to_end/docs_test.ts",
  "tests/end_to_end/program_runs_test.ts",
  "tests/end_to_end/reproducibility_test.ts",
  "tests/end_to_end/programs_test.ts",
  "tests/end_to_end/arm64_kernels_test.ts",
  "tests/end_to_end/modules_test.ts",
  "tests/end_to_end/native_test.ts",
  "tests/end_to_end/examples_test.ts",
  "tests/end_to_end/example_programs_test.ts",
  "tests/dataset/fuzz_test.ts",
  "tests/trainers/module/load_module_test.ts",
];

/** Beyond one for each core, since many files mostly wait: for threads and programs to start, or to end. */
const FILES_MORE = 2;

const isQuick = Deno.args.includes("--quick");
const jobs = Number(Deno.env.get("DENO_JOBS") ?? navigator.hardwareConcurrency + FILES_MORE);
const [own, toTests] = splitAt(Deno.args, "--");
const { alone, groups } = chooseFiles(own.filter((argument) => !argument.startsWith("-")), {
  isQuick,
  fewestGroups: jobs,
});
await deno(["install", "--quiet", `--config=${inProject("deno.json")}`]);
const folder = await Deno.makeTempDir({ prefix: "regsweep_tests_" });
try {
  const counts = `${folder}/counts.xml`;
  const options = [
    ...[`--config=${inProject("tests/deno.json")}`, "--allow-all", "--quiet", "--parallel"],
    ...[`--junit-path=${counts}`, "--no-check"],
    ...own.filter((argument) => argument.startsWith("-")),
  ];
  const first = LONGEST.filter((file) => alone.includes(file));
  const files = [...new Set([...first, ...alone]), ...await writeGroups(groups, folder)];
  // Where a file cannot be loaded, deno test writes no counts.
  await Deno.writeTextFile(counts, "");
  // One core is enough for types: tests need not wait for them.
  const types = isQuick ? undefined : checkTypes([...alone, ...groups.flat()]);
  const { code } = await deno(["test", ...options, ...files, ...toTests], { DENO_JOBS: `${jobs}` });
  const wrong = await types;
  const junit = await Deno.readTextFile(counts);
  print(...tallyTables(await takeTallies()), ...slowestLines(junit), "", countLine(junit));
  if (wrong !== undefined) print("", "Types are wrong:", wrong);
  Deno.exitCode = code || (wrong === undefined ? 0 : 1);
} finally {
  await Deno.remove(folder, { recursive: true });
}

/** What stands before a word, and the rest. */
function splitAt(words: readonly string[], word: string): [string[], string[]] {
  const at = words.includes(word) ? words.indexOf(word) : words.length;
  return [words.slice(0, at), words.slice(at)];
}

function inProject(name: string): string {
  return fileURLToPath(new URL(`../${name}`, import.meta.url));
}

function deno(args: string[], env: Record<string, string> = {}): Promise<Deno.CommandStatus> {
  return new Deno.Command(Deno.execPath(), { args, env, cwd: inProject("") }).spawn().status;
}

/** Checks the types of files; gives what is wrong with them, if anything is. */
async function checkTypes(files: readonly string[]): Promise<string | undefined> {
  const args = ["check", "--quiet", `--config=${inProject("tests/deno.json")}`, ...files];
  const command = new Deno.Command(Deno.execPath(), { args, cwd: inProject("") });
  const { success, stdout, stderr } = await command.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
  return success ? undefined : `${text(stdout)}\n${text(stderr)}`.trim();
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
