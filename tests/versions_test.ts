import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { SCHEMA_VERSION } from "../src/cli/json/schema_version.ts";
import { BUILT_IN } from "../src/trainers/trainers.ts";
import { ROOT } from "./_source_files.ts";

const read = (path: string) => Deno.readTextFile(join(ROOT, path));

/** The numbers of docs/versions.md by the first words of their rows. */
async function statedVersions(): Promise<Map<string, string>> {
  const rows = (await read("docs/versions.md")).matchAll(/^\| ([^|]*?) *\|[^|]*\| *(\d+) *\|/gm);
  return new Map(Array.from(rows, ([, what, version]) => [what, version]));
}

/** A number in a source file, where a pattern finds it. */
async function versionIn(path: string, pattern: RegExp): Promise<string> {
  const version = (await read(path)).match(pattern)?.[1];
  assert(version !== undefined, `${path} has no ${pattern}`);
  return version;
}

Deno.test("docs/versions.md has the versions of all formats", async () => {
  const format = /const FORMAT = (\d+)/;
  assertEquals(
    await statedVersions(),
    new Map([
      ...BUILT_IN.all.map(({ name, version }) => [`trainer \`${name}\``, `${version}`] as const),
      ["records of the store", await versionIn("src/store/_record_file.ts", format)],
      ["models of the store", await versionIn("src/store/stored_model.ts", format)],
      ["states that runs go on from", await versionIn("src/store/_checkpoint_file.ts", format)],
      [
        "manifest.json",
        await versionIn("src/results/manifest_schema.ts", /format: z\.literal\((\d+)\)/),
      ],
      ["documents and events of `--json`", `${SCHEMA_VERSION}`],
      [
        "what programs read and print",
        await versionIn("src/trainers/command/program_input.ts", /PROTOCOL = (\d+)/),
      ],
      [
        "submissions to a cluster",
        await versionIn("src/sweep/slurm/submission_files.ts", /format: z\.literal\((\d+)\)/),
      ],
    ]),
  );
});
