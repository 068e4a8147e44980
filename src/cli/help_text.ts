import { usableLibrary } from "../trainers/choose_library.ts";
import type { CommandLine } from "./args.ts";
import { isFolder } from "./is_folder.ts";
import { commandUsage, usage } from "./usage.ts";

/**
 * The help that a command line asks for. With an experiment, it lists the hyperparameters of that
 * experiment's trainers, also of its own.
 *
 * @throws {UserError} If the experiment or a trainer of its own cannot be read.
 */
export async function helpText(
  { command, operands: [file] = [] }: CommandLine & { readonly kind: "help" },
): Promise<string> {
  if (!command) return usage();
  const note = command.options.includes("kernels") ? await kernelsNote() : undefined;
  const takesFile = command.operands[0]?.endsWith("FILE") && command.options.includes("set");
  if (file === undefined || !takesFile || isFolder(file)) {
    return commandUsage(command, undefined, note);
  }
  const { readTrainersOf } = await import("../experiment/read_experiment.ts");
  const { trainers, names } = await readTrainersOf(file);
  return commandUsage(command, trainers.select(names), note);
}

/** Which kernels `--kernels auto` means now. */
async function kernelsNote(): Promise<string> {
  const found = await usableLibrary("auto");
  const used = "reason" in found
    ? `WebAssembly's kernels, not native ones: ${found.reason}`
    : "native kernels, if they give the same numbers as WebAssembly's";
  return `--kernels auto now means ${used}.`;
}
