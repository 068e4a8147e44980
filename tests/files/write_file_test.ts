import { assertEquals, assertRejects } from "@std/assert";
import { writeFileAtomically, writeSynced } from "../../src/files/write_file.ts";
import { UserError } from "../../src/user_error.ts";

async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function namesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name);
}

Deno.test("writeFileAtomically() writes a new file and replaces an old one", async () => {
  await inFolder(async (folder) => {
    for (const text of ["first é", "second", ""]) {
      await writeFileAtomically(`${folder}/f.csv`, text);
      assertEquals(await Deno.readTextFile(`${folder}/f.csv`), text);
    }
    assertEquals(namesIn(folder), ["f.csv"]);
  });
});

Deno.test("writeFileAtomically() never shows half a file", async () => {
  await inFolder(async (folder) => {
    const texts = ["a", "b"].map((letter) => letter.repeat(1e6));
    await writeFileAtomically(`${folder}/f`, texts[0]);
    const writing = (async () => {
      for (let turn = 1; turn <= 20; turn++) {
        await writeFileAtomically(`${folder}/f`, texts[turn % 2]);
      }
    })();
    for (let read = 0; read < 100; read++) {
      const text = await Deno.readTextFile(`${folder}/f`);
      assertEquals(texts.includes(text), true);
    }
    await writing;
  });
});

Deno.test("writeFileAtomically() says why it cannot, and leaves what was there", async () => {
  await inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/f`);
    const error = await assertRejects(
      () => writeFileAtomically(`${folder}/f`, "text"),
      UserError,
      `Cannot write ${folder}/f: is a directory`,
    );
    assertEquals(error.exitCode, 1);
    assertEquals(namesIn(folder), ["f"]);
    await assertRejects(
      () => writeFileAtomically(`${folder}/missing/f`, "text"),
      UserError,
      `Cannot write ${folder}/missing/f: no such file or directory`,
    );
  });
});

Deno.test("writeSynced() does not touch a file that is there", async () => {
  await inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/f`, "old");
    await assertRejects(
      () => writeSynced(`${folder}/f`, new Uint8Array(1)),
      Deno.errors.AlreadyExists,
    );
    assertEquals(await Deno.readTextFile(`${folder}/f`), "old");
  });
});
