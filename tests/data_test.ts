import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { sha256 } from "../src/sha256.ts";
import { ROOT } from "./_source_files.ts";

const FOLDER = join(ROOT, "data");
const README = await Deno.readTextFile(join(FOLDER, "README.md"));
/** What is there beside tables. */
const OTHERS = ["README.md", "LICENSE-scikit-learn.txt", "make_tables.py"];

const TABLES = [...Deno.readDirSync(FOLDER)].map(({ name }) => name)
  .filter((name) => !OTHERS.includes(name)).sort();

Deno.test("data/README.md lists each table's rows and columns", async () => {
  const listed = [...README.matchAll(/^\| (\S+)\s+\| ([\d,]+)\s+\| (\d+)\s+\|/gm)]
    .map(([, name, rows, columns]) => [name, Number(rows.replace(",", "")), Number(columns)]);
  const counted = await Promise.all(TABLES.map(async (name) => {
    const lines = (await Deno.readTextFile(join(FOLDER, name))).split("\n").filter(Boolean);
    const hasHeader = !name.endsWith(".data");
    return [name, lines.length - Number(hasHeader), lines[0].split(/[, \t]/).length];
  }));
  assertEquals(listed.sort(), counted.sort());
});

Deno.test("data/README.md lists each table's checksum", async () => {
  const listed = [...README.matchAll(/^([0-9a-f]{64}) {2}(\S+)$/gm)]
    .map(([, checksum, name]) => [name, checksum]);
  const computed = await Promise.all(
    TABLES.map(async (name) => [name, await sha256(await Deno.readFile(join(FOLDER, name)))]),
  );
  assertEquals(listed.sort(), computed.sort());
});

Deno.test("data/README.md has a source and a licence for each table", () => {
  const sections = README.split(/^## /m).slice(1);
  for (const name of TABLES) {
    const section = sections.find((text) => text.split("\n", 1)[0].split(" and ").includes(name));
    assertEquals(
      section?.match(/^\*\*(Source|Licence)\.\*\*/gm),
      ["**Source.**", "**Licence.**"],
      name,
    );
  }
});
