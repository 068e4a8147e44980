import { assertEquals, assertRejects } from "@std/assert";
import { writeNewFile } from "../../src/files/write_new_file.ts";
import { UserError } from "../../src/user_error.ts";

async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "regsweep-" });
  try {
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function namesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

Deno.test("writeNewFile() writes a file where none is", () =>
  inFolder(async (folder) => {
    await writeNewFile(`${folder}/f.yaml`, "first é");
    assertEquals(await Deno.readTextFile(`${folder}/f.yaml`), "first é");
    assertEquals(namesIn(folder), ["f.yaml"]);
  }));

Deno.test("writeNewFile() overwrites nothing, be it a link that leads nowhere", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/f.yaml`, "mine");
    await Deno.symlink("nowhere", `${folder}/link.yaml`);
    await Deno.mkdir(`${folder}/folder.yaml`);
    for (const name of ["f.yaml", "link.yaml", "folder.yaml"]) {
      await assertRejects(
        () => writeNewFile(`${folder}/${name}`, "new"),
        UserError,
        `Cannot write ${folder}/${name}: it is there already, and nothing is overwritten`,
      );
    }
    assertEquals(await Deno.readTextFile(`${folder}/f.yaml`), "mine");
    assertEquals(namesIn(folder), ["f.yaml", "folder.yaml", "link.yaml"]);
  }));

Deno.test("of several writeNewFile() at once, one writes", () =>
  inFolder(async (folder) => {
    const texts = ["a", "b", "c", "d"];
    const ends = await Promise.allSettled(
      texts.map((text) => writeNewFile(`${folder}/f`, text.repeat(1e5))),
    );
    const [winner, ...others] = texts.filter((_, index) => ends[index].status === "fulfilled");
    assertEquals(others, []);
    assertEquals(await Deno.readTextFile(`${folder}/f`), winner.repeat(1e5));
    assertEquals(namesIn(folder), ["f"]);
  }));

Deno.test("writeNewFile() says why it cannot write", async () => {
  await assertRejects(
    () => writeNewFile("/nowhere/f.yaml", ""),
    UserError,
    "Cannot write /nowhere/f.yaml: no such file or directory",
  );
});
