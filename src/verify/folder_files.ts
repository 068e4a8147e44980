import { join } from "node:path";
import { asUserError } from "../files/as_user_error.ts";
import { namesIn, pathsIn } from "../files/folders.ts";
import { readFile } from "../files/read_file.ts";
import { SIZE_LIMITS } from "../files/size_limits.ts";
import { COPIES_FOLDER } from "../results/own_copies.ts";
import { sha256 } from "../sha256.ts";

/** What lies in a folder of results. */
export interface FolderFiles {
  /** Reads a file's text and its SHA-256 in hex; undefined if there is no such file. */
  file(name: string): Promise<{ text: string; checksum: string } | undefined>;
  /**
   * Lists the names of everything in the folder, sorted; of own trainers' copies, their paths.
   */
  names(): Promise<string[]>;
}

/** Looks into a folder of results, when it is asked. */
export function folderFiles(folder: string): FolderFiles {
  return {
    file: async (name) => {
      try {
        const options = { maxBytes: SIZE_LIMITS.result, within: folder };
        const bytes = await readFile(join(folder, name), options);
        const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
        return { text, checksum: await sha256(bytes) };
      } catch (error) {
        if (error instanceof Deno.errors.NotFound) return undefined;
        throw asUserError(error, `Cannot read ${join(folder, name)}`, 1);
      }
    },
    names: async () => {
      const copies = await pathsIn(join(folder, COPIES_FOLDER));
      return (await namesIn(folder)).flatMap((name) => {
        const isCopies = name === COPIES_FOLDER && copies.length > 0;
        return isCopies ? copies.map((path) => `${name}/${path}`) : [name];
      }).sort();
    },
  };
}
