import { inFolder } from "../_in_folder.ts";

/** Does work in a folder of its own with the given files; `/` at the end makes a folder. */
export async function withFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
  work: (folder: string) => Promise<void>,
): Promise<void> {
  await inFolder(async (folder) => {
    for (const [name, content] of Object.entries(files)) {
      if (name.endsWith("/")) await Deno.mkdir(`${folder}/${name}`);
      else if (typeof content === "string") await Deno.writeTextFile(`${folder}/${name}`, content);
      else await Deno.writeFile(`${folder}/${name}`, content);
    }
    await work(folder);
  });
}
