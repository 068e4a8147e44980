import { basename, extname, isAbsolute, join, normalize, resolve, sep } from "node:path";
import { canonicalJson } from "../../canonical_json.ts";
import { lookAtTarget } from "../../files/facts.ts";
import { readFile } from "../../files/read_file.ts";
import { SIZE_LIMITS } from "../../files/size_limits.ts";
import { systemReason } from "../../files/system_reason.ts";
import { TASKS } from "../../measures/measure.ts";
import { sha256 } from "../../sha256.ts";
import { DefinitionError, type DefinitionProblem } from "../definition_error.ts";
import type { OwnFile, ProgramCode } from "../own_code.ts";
import { readHyperparameters } from "../own_hyperparameters.ts";
import {
  isMapping,
  isName,
  type Members,
  NAME_RULE,
  nameProblem,
  readWords,
  type Report,
  unknownMembers,
} from "../own_members.ts";
import { PROTOCOL } from "./program_input.ts";

const MEMBERS = [
  ...["command", "files", "hyperparameters", "name", "folder", "tasks", "env", "timeout"],
  ...["retries", "deterministic"],
];
const VARIABLE = /^[A-Za-z_]\w*$/;
const LONGEST_SECONDS = 30_000_000;
const MOST_RETRIES = 100;

/**
 * Reads the mapping that defines a program as a trainer, and the files that it names.
 *
 * `command` is a list of words, the first of which is a program in PATH, or a path, which counts from the
 * folder if it is relative. Without `files`, they are the words of the command that name files of the
 * folder. Without a `name`, it is that of the first file without its extension, else that of the command.
 *
 * @param definition As `trainer:` of an experiment has it.
 * @param base The folder that the mapping's `folder` is relative to: that of the experiment's file.
 * @throws {DefinitionError} If anything is wrong; every problem at once.
 */
export async function readProgram(definition: unknown, base: string): Promise<ProgramCode> {
  const problems: DefinitionProblem[] = [];
  const report: Report = (path, message, hint) => {
    problems.push({ path, message, ...hint !== undefined && { hint } });
  };
  if (!isMapping(definition)) {
    throw new DefinitionError([{ path: [], message: "A program must be a mapping" }]);
  }
  problems.push(...unknownMembers(definition, MEMBERS, "a program"));
  const command = readCommand(definition, report);
  const folder = readFolder(definition, base, report);
  const files = folder === undefined ? [] : await readFiles(definition, command, folder, report);
  const { rows, problems: ofRows } = readHyperparameters(definition.hyperparameters);
  for (const { path, ...problem } of ofRows) {
    problems.push({ path: ["hyperparameters", ...path], ...problem });
  }
  const tasks = readWords(definition, "tasks", { words: TASKS, report });
  const env = readEnv(definition, report);
  const timeoutSeconds = readCount(definition, "timeout", [1, LONGEST_SECONDS], report);
  const retries = readCount(definition, "retries", [0, MOST_RETRIES], report) ?? 0;
  const { deterministic = true } = definition;
  if (typeof deterministic !== "boolean") {
    report(["deterministic"], "deterministic must be true or false");
  }
  const name = readName(definition, command, files, report);
  if (problems.length > 0 || folder === undefined) throw new DefinitionError(problems);
  return {
    kind: "program",
    name,
    version: await versionOf({ command, files, env, tasks, rows }),
    tasks,
    hyperparameters: rows,
    command,
    folder,
    files,
    env,
    ...timeoutSeconds !== undefined && { timeoutSeconds },
    retries,
    deterministic: deterministic === true,
  };
}

/** What a program's results depend on; defaults too, because keys leave them out. */
async function versionOf(
  { command, files, env, tasks, rows }:
    & Pick<ProgramCode, "command" | "files" | "env" | "tasks">
    & { readonly rows: ProgramCode["hyperparameters"] },
): Promise<string> {
  const ordered = files.toSorted((a, b) => a.path < b.path ? -1 : 1);
  const defaults = rows.flatMap(({ key, default: standard }) => {
    return standard === undefined ? [] : [[key, standard] as const];
  });
  return await sha256(canonicalJson({
    protocol: PROTOCOL,
    command,
    files: ordered.map(({ path, checksum }) => ({ path, checksum })),
    env,
    ...tasks.length > 0 && { tasks },
    ...defaults.length > 0 && { defaults: Object.fromEntries(defaults) },
  }));
}

function readCommand({ command }: Members, report: Report): readonly string[] {
  const example = "a list of words such as [python3, train.py]";
  if (command === undefined) report([], `Missing command: ${example}`);
  else if (!Array.isArray(command) || command.length === 0) {
    report(["command"], `command must be ${example}`);
  } else {
    const wrong = command.findIndex((word) => typeof word !== "string");
    const unusable = command.findIndex((word) => String(word).includes("\0"));
    if (wrong >= 0) {
      report(["command", wrong], "A word of a command must be a text", textHint(command[wrong]));
    } else if (unusable >= 0) {
      report(["command", unusable], "A word of a command must not have a NUL byte");
    } else if (command[0] === "") report(["command", 0], "command has no program");
    else return command;
  }
  return [];
}

function readFolder({ folder = "." }: Members, base: string, report: Report): string | undefined {
  if (typeof folder !== "string" || folder === "") {
    report(["folder"], "folder must be a path");
    return undefined;
  }
  const path = resolve(base, folder);
  if (lookAtTarget(path)?.isDirectory) return path;
  report(
    ["folder"],
    `Cannot find the folder ${folder}`,
    isAbsolute(folder) ? undefined : `looked in ${base}`,
  );
  return undefined;
}

async function readFiles(
  { files }: Members,
  command: readonly string[],
  folder: string,
  report: Report,
): Promise<readonly OwnFile[]> {
  if (files === undefined) {
    const named = command.filter((word) => {
      return isWithin(word) && lookAtTarget(join(folder, word))?.isFile;
    });
    return await checksums(
      // ./run.sh is the file run.sh, as among files.
      [...new Set(named.map((word) => normalize(word)))],
      folder,
      (_, message) => report(["command"], message),
    );
  }
  if (!Array.isArray(files)) {
    report(["files"], "files must be a list of paths");
    return [];
  }
  const wrong = files.findIndex((path) => typeof path !== "string" || path === "");
  if (wrong >= 0) {
    report(["files", wrong], "A file must be a path");
    return [];
  }
  const paths: string[] = files.map((path) => normalize(path));
  for (const [index, path] of paths.entries()) {
    if (!isWithin(path)) {
      report(
        ["files", index],
        `Cannot use ${files[index]}: it is not in the program's folder`,
        `it is ${folder}`,
      );
    } else if (paths.indexOf(path) < index) {
      report(["files", index], `Cannot use ${files[index]} twice`);
    }
  }
  const usable = paths.filter((path, index) => isWithin(path) && paths.indexOf(path) === index);
  return await checksums(usable, folder, (path, message) => {
    report(["files", paths.indexOf(path)], message);
  });
}

/** Whether a path is relative and does not lead up. */
function isWithin(path: string): boolean {
  return !isAbsolute(path) && !/^\.\.($|[/\\])/.test(normalize(path));
}

async function checksums(
  paths: readonly string[],
  folder: string,
  fail: (path: string, message: string) => void,
): Promise<readonly OwnFile[]> {
  const files: OwnFile[] = [];
  for (const path of paths) {
    try {
      const bytes = await readFile(join(folder, path), {
        maxBytes: SIZE_LIMITS.program,
        within: folder,
      });
      files.push({ path: path.replaceAll(sep, "/"), checksum: await sha256(bytes) });
    } catch (error) {
      const reason = systemReason(error);
      if (reason === undefined) throw error;
      fail(path, `Cannot read ${join(folder, path)}: ${reason}`);
    }
  }
  return files;
}

function readEnv({ env = {} }: Members, report: Report): Readonly<Record<string, string>> {
  if (!isMapping(env)) {
    report(["env"], "env must be a mapping from variables to texts");
    return {};
  }
  const entries = Object.entries(env).flatMap(([name, value]): [string, string][] => {
    if (!VARIABLE.test(name)) report(["env", name], `Cannot use variable "${name}"`);
    // Numbers are what YAML makes of OMP_NUM_THREADS: 4.
    else if (typeof value === "number") return [[name, String(value)]];
    else if (typeof value !== "string") {
      report(["env", name], `${name} must be a text`, textHint(value));
    } else if (value.includes("\0")) report(["env", name], `${name} must not have a NUL byte`);
    else return [[name, value]];
    return [];
  });
  return Object.fromEntries(entries);
}

/** What to write for a value that YAML does not take for a text. */
function textHint(value: unknown): string | undefined {
  return typeof value === "number" || typeof value === "boolean" ? `write "${value}"` : undefined;
}

function readCount(
  members: Members,
  member: string,
  [least, most]: readonly [number, number],
  report: Report,
): number | undefined {
  const value = members[member];
  if (value === undefined) return undefined;
  if (Number.isInteger(value) && least <= Number(value) && Number(value) <= most) {
    return Number(value);
  }
  const unit = member === "timeout" ? " (seconds)" : "";
  report([member], `${member} must be an integer from ${least} to ${most}${unit}`);
  return undefined;
}

function readName(
  { name }: Members,
  command: readonly string[],
  files: readonly OwnFile[],
  report: Report,
): string {
  if (isName(name)) return name;
  if (name !== undefined) {
    report(["name"], nameProblem(name));
    return "";
  }
  const path = files.at(0)?.path ?? command.at(0) ?? "";
  const own = basename(path, extname(path));
  if (isName(own) || command.length === 0) return own;
  report(["command"], `Cannot name the program after ${path}: ${NAME_RULE}`, "set name");
  return "";
}
