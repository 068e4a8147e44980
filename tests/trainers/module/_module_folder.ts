import { join } from "node:path";
import { readModule } from "../../../src/trainers/module/read_module.ts";
import type { ModuleCode } from "../../../src/trainers/own_code.ts";
import { formatProblems, UserError } from "../../../src/user_error.ts";
import { inFolderWith } from "../../_in_folder.ts";

/** Reads a module of some files. */
export async function readFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
  entry = "model.ts",
): Promise<ModuleCode> {
  return await inFolderWith(files, (folder) => readModule(join(folder, entry)));
}

/** What is shown of the problems of the module `model.ts`, with `DIR` for its folder; empty if none. */
export async function problemsOf(
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<string> {
  return await inFolderWith(files, async (folder) => {
    try {
      await readModule(join(folder, "model.ts"));
      return "";
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return formatProblems(error.problems).replaceAll(folder, "DIR");
    }
  });
}
