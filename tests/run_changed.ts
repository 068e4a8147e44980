// deno task test-changed [COMMIT] [--all]: runs the tests that reach what differs from a commit.
import { join } from "node:path";
import { changedFiles, reachedTests } from "./_changed_tests.ts";
import { isIn, SLOW } from "./_slow_tests.ts";
import { ROOT, sourceFilesIn } from "./_source_files.ts";

const commit = Deno.args.find((argument) => argument !== "--all");
const changed = await changedFiles(ROOT, commit);
const texts = new Map(
  await Promise.all(
    ["src", "tests"].flatMap(sourceFilesIn).map(async (file) =>
      [file, await Deno.readTextFile(join(ROOT, file))] as const
    ),
  ),
);
const { tests, unreached } = reachedTests(changed, texts);
const [slow, quick] = [true, false].map((isSlow) =>
  tests.filter((test) => SLOW.some((path) => isIn(path, test)) === isSlow)
);
const isWhole = Deno.args.includes("--all");
const chosen = isWhole ? tests : quick;
print("Changed", changed);
print("Reached by no test", unreached);
print("Tests", chosen);
if (!isWhole) print("Slow tests left out; --all runs them, too", slow);
if (chosen.length > 0) {
  const args = ["run", "-A", "tests/run.ts", ...chosen, ...isWhole ? [] : ["--", "--quick"]];
  const { code } = await new Deno.Command(Deno.execPath(), { args, cwd: ROOT }).spawn().status;
  Deno.exitCode = code;
}

function print(title: string, files: readonly string[]): void {
  const lines = [`${title}: ${files.length}`, ...files.map((file) => `  ${file}`)];
  Deno.stdout.writeSync(new TextEncoder().encode(lines.join("\n") + "\n"));
}
