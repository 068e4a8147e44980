import { join } from "node:path";

/** The paths of the files that end like this in a folder, and in those in it. */
export function pathsIn(folder: string, ending = ""): string[] {
  return Array.from(Deno.readDirSync(folder)).flatMap(({ name, isDirectory }) => {
    const path = join(folder, name);
    return isDirectory ? pathsIn(path, ending) : path.endsWith(ending) ? [path] : [];
  });
}
