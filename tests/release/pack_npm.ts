// Makes the npm package: `deno task pack`. It holds the source as it is, and two commands that start
// it by the Deno that npm installs with it. Prints the path of the tarball.
import { dirname, join } from "node:path";
import config from "../../deno.json" with { type: "json" };
import { installedArgument } from "../../src/cli/start_folder.ts";
import { INSTALLED_NAMES } from "../../src/command_text.ts";
import { installedFlags } from "../../src/install.ts";
import { ROOT } from "../_source_files.ts";

/** The Deno that tests run with: results are the same with others, but nobody has tried. */
const DENO = Deno.version.deno;
/** Stands for the user's cache folder, which only the user's machine knows. */
const CACHE = "{cache}";
const START = join(ROOT, "tests/release/start.mjs");

/** package.json of the npm package. */
export function npmPackage(): Record<string, unknown> {
  const { name, version, license } = config;
  return {
    ...{ name, version, license },
    description: "Which regularization setting is best, by how much, and how sure can you be?",
    type: "module",
    bin: Object.fromEntries(Object.values(INSTALLED_NAMES).map((bin) => [bin, `bin/${bin}.mjs`])),
    dependencies: { deno: DENO },
    engines: { node: ">=20" },
  };
}

/** The files of the project that the package has, relative to the project's folder. */
export async function packedFiles(): Promise<string[]> {
  const { include, exclude } = config.publish;
  const left = exclude.filter((pattern) => !pattern.startsWith("!"))
    .map((pattern) => new RegExp(`^${RegExp.escape(pattern).replace("\\*", "[^/]*")}$`));
  const tracked = await output("git", [
    "ls-files",
    "--cached",
    "--others",
    "--exclude-standard",
    ...include,
  ], ROOT);
  return tracked.trim().split("\n").filter((file) => !left.some((pattern) => pattern.test(file)));
}

/** Makes the package in a folder and returns the tarball's path. */
export async function packNpm(folder: string): Promise<string> {
  const staged = join(folder, "package");
  for (const file of await packedFiles()) {
    await Deno.mkdir(dirname(join(staged, file)), { recursive: true });
    await Deno.copyFile(join(ROOT, file), join(staged, file));
  }
  await Deno.writeTextFile(join(staged, "package.json"), JSON.stringify(npmPackage(), null, 2));
  await Deno.mkdir(join(staged, "bin"));
  const start = await Deno.readTextFile(START);
  for (const [key, name] of Object.entries(INSTALLED_NAMES)) {
    const flags = installedFlags(config.tasks, {
      forPrograms: key === "forPrograms",
      cache: CACHE,
    });
    const text = start.replace("const FLAGS = [];", `const FLAGS = ${JSON.stringify(flags)};`)
      .replace("../../src/cli/user_folders.ts", "./user_folders.mjs")
      .replace('const FIRST = "";', `const FIRST = ${JSON.stringify(installedArgument(CACHE))};`);
    await Deno.writeTextFile(join(staged, "bin", `${name}.mjs`), text);
  }
  const folders = join(staged, "bin/user_folders.mjs");
  const source = join(ROOT, "src/cli/user_folders.ts");
  await output(Deno.execPath(), ["transpile", "--quiet", `--output=${folders}`, source], ROOT);
  const packed = await output("npm", ["pack", "--silent", "--pack-destination", folder], staged);
  return join(folder, packed.trim());
}

/** What a program prints, if it ends well. */
async function output(program: string, args: readonly string[], cwd: string): Promise<string> {
  const command = new Deno.Command(program, { args: [...args], cwd, stderr: "inherit" });
  const { success, stdout } = await command.output();
  if (!success) throw new Error(`${program} ${args[0]} failed`);
  return new TextDecoder().decode(stdout);
}

if (import.meta.main) {
  const folder = await Deno.makeTempDir({ prefix: "regsweep-npm-" });
  Deno.stdout.writeSync(new TextEncoder().encode(`${await packNpm(folder)}\n`));
}
