import { dirname, join } from "node:path";
import { asUserError } from "../files/as_user_error.ts";
import { factsOf } from "../files/facts.ts";
import { makeResultFolder } from "../files/make_result_folder.ts";
import { readFile } from "../files/read_file.ts";
import { SIZE_LIMITS } from "../files/size_limits.ts";
import { writeFileAtomically } from "../files/write_file.ts";
import { copyName, isCopyName } from "../results/own_copies.ts";
import { sha256 } from "../sha256.ts";
import type { OwnCode } from "../trainers/own_code.ts";
import { UserError } from "../user_error.ts";

/** A file of an own trainer, to be kept with the results. */
export interface OwnCopy {
  /** Among the sweep's files: `trainers/ridge/ridge.ts`. */
  readonly name: string;
  readonly checksum: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly isExecutable: boolean;
}

/**
 * Checks that a report's folder can keep the files of own trainers by their names, wherever the folder
 * is moved to.
 *
 * @throws {UserError} If it cannot.
 */
export function checkCopyNames(codes: readonly OwnCode[]): void {
  for (const { name, folder, files } of codes) {
    const byLowerCase = new Map<string, string>();
    for (const { path } of files) {
      const file = join(folder, path);
      if (!isCopyName(copyName(name, path))) {
        throw new UserError(`Cannot keep a copy of ${file}: its name cannot be used in a report`);
      }
      const other = byLowerCase.get(path.toLowerCase());
      if (other !== undefined && other !== path) {
        const reason =
          `it differs from ${join(folder, other)} in case only, and is the same file ` +
          "on some file systems";
        throw new UserError(`Cannot keep a copy of ${file}: ${reason}`);
      }
      byLowerCase.set(path.toLowerCase(), path);
    }
  }
}

/**
 * Takes copies of the files of own trainers: the very bytes that their versions were computed from.
 *
 * @throws {UserError} If a report's folder cannot keep a file by its name.
 * @throws {UserError} If a file cannot be read, or has changed since: then nobody knows which content
 * runs were computed with. The exit code is 1.
 */
export async function copyOwnCode(codes: readonly OwnCode[]): Promise<OwnCopy[]> {
  checkCopyNames(codes);
  const copies: OwnCopy[] = [];
  for (const code of codes) {
    for (const file of code.files) {
      const name = copyName(code.name, file.path);
      const path = join(code.folder, file.path);
      // A module's texts are what workers have imported; a program reads its files with each run.
      const content = "text" in file
        ? { bytes: new TextEncoder().encode(file.text), isExecutable: false }
        : await contentOf(path, code.folder);
      if (await sha256(content.bytes) !== file.checksum) {
        const message = `Cannot use ${path}: it has changed since the sweep began`;
        throw new UserError({ message, hint: "sweep again, with the new file" }, 1);
      }
      copies.push({ name, checksum: file.checksum, ...content });
    }
  }
  return copies;
}

/**
 * Checks that the files of own trainers are still those that their versions were computed from.
 *
 * @throws {UserError} If one is not; the exit code is 1.
 */
export async function checkOwnCode(codes: readonly OwnCode[]): Promise<void> {
  await copyOwnCode(codes);
}

async function contentOf(path: string, folder: string) {
  try {
    const bytes = await readFile(path, { maxBytes: SIZE_LIMITS.program, within: folder });
    const { mode } = await factsOf(path);
    return { bytes, isExecutable: ((mode ?? 0) & 0o111) !== 0 };
  } catch (error) {
    throw asUserError(error, `Cannot use ${path}`, 1);
  }
}

/**
 * Writes copies into a sweep's folder.
 *
 * @throws {UserError} If one cannot be written, or a link leads out of the folder; the exit code is 1.
 */
export async function writeCopies(folder: string, copies: readonly OwnCopy[]): Promise<void> {
  for (const { name, bytes, isExecutable } of copies) {
    // One level after another, so that nothing is made where a link leads.
    const levels = dirname(name).split("/");
    for (let level = 1; level <= levels.length; level++) {
      await makeResultFolder(join(folder, ...levels.slice(0, level)), folder);
    }
    await writeFileAtomically(join(folder, name), bytes, isExecutable);
  }
}
