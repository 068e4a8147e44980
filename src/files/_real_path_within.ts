import { isAbsolute, relative } from "node:path";
import { FileError } from "./file_error.ts";

/**
 * A path without symbolic links.
 *
 * @throws {FileError} If they lead out of a folder.
 */
export function realPathWithin(path: string, folder: string): string {
  const real = Deno.realPathSync(path);
  const inner = relative(Deno.realPathSync(folder), real);
  // On Windows, the way to another drive is absolute.
  if (/^\.\.($|[/\\])/.test(inner) || isAbsolute(inner)) {
    throw new FileError(`it leads out of ${folder}`);
  }
  return real;
}
