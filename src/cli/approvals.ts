import { join } from "node:path";
import type { OwnProgram } from "../api/programs.ts";
import { canonicalJson } from "../canonical_json.ts";
import { lookAt } from "../files/facts.ts";
import { makeFolder } from "../files/folders.ts";
import { readText } from "../files/read_file.ts";
import { SIZE_LIMITS } from "../files/size_limits.ts";
import { systemReason } from "../files/system_reason.ts";
import { writeFileAtomically } from "../files/write_file.ts";
import { sha256 } from "../sha256.ts";
import { UserError } from "../user_error.ts";
import { stateFolder } from "./user_folders.ts";

/** Where approvals lie in regsweep's folder of states. */
const FOLDER = "approvals";

/**
 * What an approval covers. The folder is part of it because a program can load what lies beside its
 * files: Python looks there even for its own modules.
 */
function covered({ command, folder, files, env }: OwnProgram) {
  return { command, folder, files, env };
}

/**
 * The programs that the user has approved, each a file in the user's state folder, named by the checksum of
 * what it covers.
 */
export class Approvals {
  readonly #folder: string | undefined;

  /** @param folder Where they lie; without one, none is known or remembered. */
  constructor(folder: string | undefined) {
    this.#folder = folder;
  }

  /** Those of the user, as far as the environment tells where they are. */
  static ofUser(): Approvals {
    const state = stateFolder({ os: Deno.build.os, env: variable });
    return new Approvals(state && join(state, FOLDER));
  }

  async has(program: OwnProgram): Promise<boolean> {
    const path = await this.#pathOf(program);
    if (path === undefined || lookAt(path)?.isFile !== true) return false;
    try {
      const approved = JSON.parse(await readText(path, { maxBytes: SIZE_LIMITS.experiment }));
      return canonicalJson(approved) === canonicalJson(covered(program));
    } catch (error) {
      // A damaged file approves nothing.
      if (error instanceof SyntaxError || systemReason(error) !== undefined) return false;
      throw error;
    }
  }

  /** Remembers an approval; returns why it cannot, if so. */
  async add(program: OwnProgram): Promise<string | undefined> {
    const path = await this.#pathOf(program);
    if (path === undefined || this.#folder === undefined) {
      return `the environment has no ${Deno.build.os === "windows" ? "LOCALAPPDATA" : "HOME"}`;
    }
    try {
      await makeFolder(this.#folder);
      await writeFileAtomically(path, `${JSON.stringify(covered(program), null, 2)}\n`);
      return undefined;
    } catch (error) {
      // Deno's own words advise a flag, which users of tasks cannot give.
      if (error instanceof Deno.errors.NotCapable) {
        return `Deno does not allow writing to ${this.#folder}`;
      }
      if (error instanceof UserError) return error.message;
      const reason = systemReason(error);
      if (reason === undefined) throw error;
      return reason;
    }
  }

  async #pathOf(program: OwnProgram): Promise<string | undefined> {
    if (this.#folder === undefined) return undefined;
    return join(this.#folder, `${await sha256(canonicalJson(covered(program)))}.json`);
  }
}

/** A variable of the environment; undefined if it is not set, or may not be read. */
function variable(name: string): string | undefined {
  try {
    return Deno.env.get(name) || undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return undefined;
    throw error;
  }
}
