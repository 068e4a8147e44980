import { dirname, join } from "node:path";
import { readModule } from "../../../src/trainers/module/read_module.ts";
import type { ModuleCode } from "../../../src/trainers/own_code.ts";
import { formatProblems, UserError } from "../../../src/user_error.ts";

/** Calls a function with a temporary folder that has some files. */
export async function inFolder<T>(
  files: Readonly<Record<string, string | Uint8Array>>,
  run: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await Deno.makeTempDir();
  try {
    for (const [path, content] of Object.entries(files)) {
      await Deno.mkdir(dirname(join(folder, path)), { recursive: true });
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      await Deno.writeFile(join(folder, path), bytes);
    }
    return await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Reads a module of some files. */
export async function readFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
  entry = "model.ts",
): Promise<ModuleCode> {
  return await inFolder(files, (folder) => readModule(join(folder, entry)));
}

/** What is shown of the problems of the module `model.ts`, with `DIR` for its folder; empty if none. */
export async function problemsOf(
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<string> {
  return await inFolder(files, async (folder) => {
    try {
      await readModule(join(folder, "model.ts"));
      return "";
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return formatProblems(error.problems).replaceAll(folder, "DIR");
    }
  });
}
