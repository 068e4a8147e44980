import { join } from "node:path";
import { factsOf } from "../../files/facts.ts";
import { readFile } from "../../files/read_file.ts";
import { SIZE_LIMITS } from "../../files/size_limits.ts";
import { systemReason } from "../../files/system_reason.ts";
import { sha256 } from "../../sha256.ts";
import type { ProgramCode } from "../own_code.ts";

/**
 * Tells whether a program's files are still those that its version was computed from: a run of others
 * would have the key of a result that it is not.
 */
export class UnchangedFiles {
  /** What the system said of each file, by its path, when it was last read and unchanged. */
  readonly #facts = new Map<string, string>();

  /** Says in words which file is not what it was, if one is not. */
  async problemOf({ folder, files }: ProgramCode): Promise<string | undefined> {
    for (const { path, checksum } of files) {
      const file = join(folder, path);
      try {
        const facts = await describe(file);
        // Reading all files before each run would cost more than the run.
        if (this.#facts.get(file) === facts) continue;
        const bytes = await readFile(file, { maxBytes: SIZE_LIMITS.program, within: folder });
        if (await sha256(bytes) !== checksum) return `${path} has changed since regsweep read it`;
        this.#facts.set(file, facts);
      } catch (error) {
        const reason = systemReason(error);
        if (reason === undefined) throw error;
        return `cannot read ${path} any more: ${reason}`;
      }
    }
    return undefined;
  }
}

/** What the system says of a file, which changes whenever its bytes do. */
async function describe(file: string): Promise<string> {
  const { dev, ino, size, mtime, ctime } = await factsOf(file);
  return [dev, ino, size, mtime?.getTime(), ctime?.getTime()].join();
}
