import { trainerNodes } from "../experiment/source/trainer_nodes.ts";
import type { YamlSource } from "../experiment/source/yaml_source.ts";
import { copyName, isCopyName } from "../results/own_copies.ts";
import { UserError } from "../user_error.ts";
import { isMap, isScalar } from "../yaml.ts";
import type { SweepFolder } from "./sweep_folder.ts";

/** A trainer's name, which is no path. */
const NAME = /^[A-Za-z][\w-]*$/;

/**
 * Refuses an experiment of a sweep's folder if code that it names is not among the copies there: whoever
 * made the folder chose the paths, and messages quote what is wrong with a file.
 *
 * @throws {UserError} If there is such code, with its place; the exit code is 1.
 */
export function checkKeptTrainers(
  source: YamlSource,
  { manifest: { files } }: Pick<SweepFolder, "manifest">,
): void {
  for (const { node, path } of trainerNodes(source.document)) {
    const value: unknown = isScalar(node) || isMap(node) ? node.toJS(source.document) : undefined;
    if (isMap(node) ? isOfFolder(value) : isAmongCopies(value, files)) continue;
    const message = "Cannot verify an experiment with a trainer that is not in the sweep's folder";
    throw new UserError({ message, place: source.place(path) }, 1);
  }
}

/** Whether a module's path, or a name, leads to a copy that the manifest has the checksum of. */
function isAmongCopies(path: unknown, files: SweepFolder["manifest"]["files"]): boolean {
  // The experiment's schema refuses what is no text.
  if (typeof path !== "string" || NAME.test(path)) return true;
  return isCopyName(path) && Object.hasOwn(files, path);
}

/** Whether a program is started in the folder of its copies, or without any in the sweep's. */
function isOfFolder(program: unknown): boolean {
  const { folder = "." } = program as { readonly folder?: unknown };
  if (folder === ".") return true;
  const [, trainer] = typeof folder === "string" ? folder.split("/") : [];
  return folder === `trainers/${trainer}` && isCopyName(copyName(trainer, "file"));
}
