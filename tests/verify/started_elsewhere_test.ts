import { assertEquals, assertRejects } from "@std/assert";
import { dirname, join } from "node:path";
import { lookAt, lookAtTarget } from "../../src/files/facts.ts";
import { sha256 } from "../../src/sha256.ts";
import { UserError } from "../../src/user_error.ts";
import { startedElsewhere } from "../../src/verify/started_elsewhere.ts";
import { moduleOf, programOf } from "../sweep/_own_code.ts";

Deno.test("startedElsewhere() copies programs to folders that it removes", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(join(folder, "lib"));
    await Deno.writeTextFile(join(folder, "lib", "run.sh"), "#!/bin/sh\n", { mode: 0o755 });
    const files = [{ path: "lib/run.sh", checksum: await sha256("#!/bin/sh\n") }];
    const codes = [
      await moduleOf("ridge", { "ridge.ts": "" }),
      programOf("run", folder, files),
      { ...programOf("time", folder, files), files: [] },
    ];
    const folders: string[] = [];
    {
      await using elsewhere = await startedElsewhere(codes);
      const [module, ...programs] = elsewhere.codes;
      assertEquals(module, codes[0]);
      folders.push(...programs.map(({ folder }) => folder));
      assertEquals(
        programs,
        codes.slice(1).map((code, index) => {
          return { ...code, folder: folders[index] };
        }),
      );
      for (const path of folders) assertEquals(lookAt(path)?.isDirectory, true);
      const copy = lookAtTarget(join(folders[0], "lib", "run.sh"));
      assertEquals([copy?.isFile, (copy?.mode ?? 0) & 0o100], [true, 0o100]);
      await Deno.writeTextFile(join(folders[1], "left.txt"), "");
    }
    for (const path of folders) assertEquals(lookAt(path), undefined);
    assertEquals(lookAt(dirname(dirname(folders[0]))), undefined);

    await Deno.writeTextFile(join(folder, "lib", "run.sh"), "other");
    await assertRejects(() => startedElsewhere(codes), UserError, "it has changed");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
