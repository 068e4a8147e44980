import { basename, dirname, join } from "node:path";
import { sha256 } from "../../sha256.ts";
import { UserError } from "../../user_error.ts";
import type { ModuleCode } from "../own_code.ts";
import { checkDefinition } from "./_check_definition.ts";
import { evaluateDefinition } from "./_evaluate_definition.ts";
import { readFiles } from "./_read_files.ts";

/**
 * Reads a trainer's module: its files, and its definition, which a worker without permissions
 * evaluates.
 *
 * @throws {UserError} If anything is wrong with it: every problem at once, each with its place.
 */
export async function readModule(path: string): Promise<ModuleCode> {
  const folder = dirname(path);
  const { files, sources, packages, problems } = await readFiles(path);
  if (problems.length > 0) throw new UserError(problems);
  const exported = await evaluateDefinition({ files, folder }, join(folder, basename(path)));
  const checked = checkDefinition(exported, sources[0]);
  if (!checked.definition) throw new UserError(checked.problems);
  const { definition } = checked;
  const version = await versionOf({ files, packages, allow: definition.allow });
  return { kind: "module", ...definition, version, folder, files, packages };
}

/** SHA-256 of all that determines what a module does, as canonical JSON. */
function versionOf({ files, packages, allow }: Pick<ModuleCode, "files" | "packages" | "allow">) {
  const listed = files.map(({ checksum, path }) => ({ checksum, path }))
    .sort((a, b) => a.path < b.path ? -1 : 1);
  return sha256(JSON.stringify({ allow, contract: 1, files: listed, packages }));
}
