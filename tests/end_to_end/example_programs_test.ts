import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { delimiter, dirname, join } from "node:path";
import { IS_CI } from "../_ci.ts";
import { pythonWith } from "../_python_with.ts";
import { finish, PROJECT, startTask } from "./_task.ts";
import { Workspace } from "./_workspace.ts";

/** Tests an experiment whose program is in Python, if there is a Python with a module. */
async function testWith(
  module: string,
  name: string,
  fn: (path: string) => Promise<void>,
): Promise<void> {
  const python = await pythonWith(module);
  if (python === undefined && IS_CI) throw new Error(`No python3 can import ${module}`);
  const path = Deno.env.get("PATH") ?? "";
  Deno.test({
    name: python ? name : `${name} (skipped: no python3 can import ${module})`,
    ignore: python === undefined,
    fn: () => fn(python?.includes("/") ? [dirname(python), path].join(delimiter) : path),
  });
}

/** Sweeps a shipped experiment and verifies it; gives what both said, and the CSV files. */
async function sweepAndVerify(name: string, path: string, ...options: string[]) {
  const said = { swept: "", verified: "", files: {} as Record<string, string> };
  await Workspace.use(async (workspace) => {
    const env = { PATH: path, XDG_STATE_HOME: workspace.path("state") };
    const run = async (task: string, ...args: string[]) => {
      const { code, stdout, stderr } = await finish(startTask(task, args, { env }));
      assertEquals(code, 0, stdout + stderr);
      return stdout;
    };
    const file = join(PROJECT, "experiments", `${name}.yaml`);
    const reports = workspace.path("out");
    said.swept = await run("sweep-program", file, "--reports", reports, "--yes", ...options);
    const folder = join(reports, name);
    said.verified = await run("verify-program", folder, "--yes");
    for (const csv of ["runs.csv", "comparisons.csv"]) {
      said.files[csv] = await Deno.readTextFile(join(folder, csv));
    }
  });
  return said;
}

await testWith(
  "numpy",
  "the notebook in Python differs from the built-in one in nothing",
  async (path) => {
    const short = ["--set", "max_steps=60", "--set", "disp_period=20", "--set", "prune_period=25"];
    const { swept, files } = await sweepAndVerify("notebook-in-python", path, ...short);
    assertStringIncludes(swept.replace(/\s+/g, " "), "no difference on any of 5 seeds");
    const [, ...compared] = files["comparisons.csv"].trimEnd().split("\n");
    assertEquals(compared, [
      "trainer=numpy_notebook,trainer=notebook,5,0,,,1,1,1,0.5,equivalent,,,1",
    ]);
    // Accuracies of each seed are the same numbers.
    const accuracies = (trainer: string) =>
      files["runs.csv"].split("\n").filter((line) => line.includes(`,${trainer},completed,`))
        .map((line) => line.split(",")).map((fields) => [fields[3], fields[8], fields[10]]);
    assertEquals(accuracies("numpy_notebook"), accuracies("notebook"));
    assertEquals(accuracies("notebook").length, 5);
  },
);

await testWith("sklearn", "scikit-learn's LogisticRegression is swept over C", async (path) => {
  const options = ["--seeds", "4", "--only", "c=1", "--only", "c=0.001"];
  const { files } = await sweepAndVerify("sklearn-logistic", path, ...options);
  assertEquals(files["runs.csv"].match(/,completed,/g)?.length, 8);
  assert(
    /^c=0\.001,c=1,4,-0\.0.*,worse,/m.test(files["comparisons.csv"]),
    files["comparisons.csv"],
  );
});

Deno.test("a shell script that counts bytes is swept without a dataset", async () => {
  const path = Deno.env.get("PATH") ?? "";
  const { swept, files } = await sweepAndVerify("gzip-size", path, "--seeds", "5");
  assertMatch(swept, /\(size [\d,]+\s+bytes,\s+lower\s+is\s+better\)/);
  assert(
    /^level=1,level=6,5,[12]\d{3}.*,worse,/m.test(files["comparisons.csv"]),
    files["comparisons.csv"],
  );
});

await testWith(
  "json",
  "a program that is timed is swept, and not started to be verified",
  async (path) => {
    const options = ["--seeds", "3", "--only", "level=1", "--only", "level=6", "--workers", "1"];
    const { swept, verified, files } = await sweepAndVerify("gzip-time", path, ...options);
    assertMatch(swept, /\(time [\d.]+\s+s,\s+lower\s+is\s+better\)/);
    assertEquals(files["runs.csv"].match(/,completed,/g)?.length, 6);
    assertStringIncludes(verified, ": 0 of 6 runs and 9 files, ");
  },
);
