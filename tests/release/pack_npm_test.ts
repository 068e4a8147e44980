import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import config from "../../deno.json" with { type: "json" };
import { PAGE_SOURCES } from "../../src/report/page_code.ts";
import { IS_CI } from "../_ci.ts";
import { findProgram } from "../_find_program.ts";
import { sourceFilesIn } from "../_source_files.ts";
import { npmPackage, packedFiles, packNpm } from "./pack_npm.ts";

const FOUND = findProgram("node") !== undefined && findProgram("npm") !== undefined;

Deno.test("the package has all of src/, and what it reads beside modules", async () => {
  const files = new Set(await packedFiles());
  assertEquals(sourceFilesIn("src").filter((file) => !files.has(file)), []);
  for (const name of PAGE_SOURCES.filter((name) => name.endsWith(".ts"))) {
    assert(files.has(`src/${name}`), name);
  }
  const others = ["src/kernels/kernels.wasm", "src/report/page/start_script.js", "deno.lock"];
  for (const file of [...others, "LICENSE", "data/digits.csv", "experiments/quick.yaml"]) {
    assert(files.has(file), file);
  }
  const unwanted = [...files].filter((file) => /^(tests|reports)\/|\.png$|^\./.test(file));
  assertEquals(unwanted, []);
});

Deno.test("what JSR and npm get names the same package", () => {
  const { name, version, license } = npmPackage();
  assertEquals([name, version, license], ["@regsweep/regsweep", config.version, "MIT"]);
  assertEquals(config.exports, { ".": "./src/mod.ts", "./cli": "./src/main.ts" });
});

Deno.test({
  name: "the npm package's command runs its own source where the user is" +
    (FOUND ? "" : " (skipped: node or npm is not installed)"),
  ignore: !FOUND && !IS_CI,
  fn: async () => {
    const folder = await Deno.makeTempDir({ prefix: "regsweep-" });
    const run = async (program: string, ...args: string[]) => {
      const { code, stdout, stderr } = await new Deno.Command(program, {
        args,
        cwd: folder,
        env: { NO_COLOR: "1", INIT_CWD: "" },
        stdin: "null",
      }).output();
      const text = new TextDecoder();
      return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
    };
    try {
      const tarball = await packNpm(folder);
      await Deno.mkdir(join(folder, "node_modules/deno"), { recursive: true });
      // In place of npm's: the Deno that runs the tests.
      const start = `const { spawnSync } = require("node:child_process");
        const options = { stdio: "inherit" };
        process.exit(spawnSync(${
        JSON.stringify(Deno.execPath())
      }, process.argv.slice(2), options).status);`;
      await Deno.writeTextFile(join(folder, "node_modules/deno/bin.cjs"), start);
      await Deno.writeTextFile(join(folder, "node_modules/deno/package.json"), "{}");
      const unpacked = await run("tar", "-xzf", tarball, "-C", join(folder, "node_modules"));
      assertEquals(unpacked.code, 0, unpacked.stderr);
      const regsweep = (...args: string[]) =>
        run("node", join(folder, "node_modules/package/bin/regsweep.mjs"), ...args);
      const copied = await regsweep("example", "quick", "--json");
      assertEquals(copied.code, 0, copied.stderr);
      assertEquals(JSON.parse(copied.stdout).files[0], "experiments/quick.yaml");
      const plan = await regsweep("plan", "experiments/quick.yaml");
      assertEquals([plan.code, plan.stderr], [0, ""]);
      assertStringIncludes(plan.stdout, "runs     15: 0 known, 15 to train");
      const wrong = await regsweep("pln");
      assertEquals([wrong.code, wrong.stdout], [2, ""]);
      assertStringIncludes(wrong.stderr, 'did you mean "plan"?');
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
