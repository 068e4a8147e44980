import { assertEquals, assertRejects } from "@std/assert";
import { checkFolderName } from "../../src/sweep/check_folder_name.ts";
import { UserError } from "../../src/user_error.ts";

Deno.test("checkFolderName() refuses names that differ from a folder's in case only", async () => {
  const reports = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${reports}/Quick`);
    for (const name of ["Quick", "quick-2", "other"]) await checkFolderName(reports, name);
    await checkFolderName(`${reports}/none`, "quick");
    const error = await assertRejects(() => checkFolderName(reports, "quick"), UserError);
    assertEquals(
      error.message,
      `Cannot use name quick: ${reports}/Quick differs from it in case only, ` +
        "and is the same folder on some file systems",
    );
  } finally {
    await Deno.remove(reports, { recursive: true });
  }
});
