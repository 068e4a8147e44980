import { join } from "node:path";
import { asUserError } from "../files/as_user_error.ts";
import { makeFolder } from "../files/folders.ts";
import { ScratchFolder } from "../files/scratch_folder.ts";
import { copiesFolder } from "../results/own_copies.ts";
import { copyOwnCode, writeCopies } from "../sweep/copy_own_code.ts";
import type { OwnCode } from "../trainers/own_code.ts";

/** Code with its programs in folders of their own, which are removed with all that is in them. */
export interface StartedElsewhere extends AsyncDisposable {
  readonly codes: readonly OwnCode[];
}

/**
 * Copies programs to folders of their own: what they write where they are started is then not in the
 * folder that is verified.
 *
 * @throws {UserError} If a program's file cannot be read or has changed, or a folder cannot be written;
 * the exit code is 1.
 */
export async function startedElsewhere(codes: readonly OwnCode[]): Promise<StartedElsewhere> {
  const programs = codes.filter(({ kind }) => kind === "program");
  if (programs.length === 0) return { codes, async [Symbol.asyncDispose]() {} };
  await using stack = new AsyncDisposableStack();
  try {
    const scratch = stack.use(await ScratchFolder.make());
    const folderOf = ({ name }: OwnCode) => join(scratch.path, copiesFolder(name));
    for (const program of programs) await makeFolder(folderOf(program));
    await writeCopies(scratch.path, await copyOwnCode(programs));
    const kept = stack.move();
    return {
      codes: codes.map((code) => {
        return code.kind === "program" ? { ...code, folder: folderOf(code) } : code;
      }),
      [Symbol.asyncDispose]: () => kept.disposeAsync(),
    };
  } catch (error) {
    throw asUserError(error, "Cannot make a folder to start programs in", 1);
  }
}
