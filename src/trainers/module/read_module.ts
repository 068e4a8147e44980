import { dirname } from "node:path";
import { canonicalJson } from "../../canonical_json.ts";
import { sha256 } from "../../sha256.ts";
import { type Problem, UserError } from "../../user_error.ts";
import type { ModuleCode } from "../own_code.ts";
import { checkDefinition } from "./_check_definition.ts";
import {
  type DefinitionLimits,
  type Evaluated,
  evaluateDefinition,
} from "./_evaluate_definition.ts";
import { findHazards } from "./_find_hazards.ts";
import { readFiles } from "./_read_files.ts";
import type { SourceFile } from "./_source_file.ts";
import { REASONS } from "./realm/lock_down.ts";

/** What modules get and give; part of every module's version. */
const CONTRACT = 1;

/**
 * Reads a trainer's module: its files, and its definition, which a thread without permissions
 * evaluates.
 *
 * @throws {UserError} If anything is wrong with it: every problem at once, each with its place.
 */
export async function readModule(
  path: string,
  limits: DefinitionLimits = {},
): Promise<ModuleCode> {
  const folder = dirname(path);
  const { files, sources, packages, problems } = await readFiles(path);
  const hazards = sources.flatMap(findHazards);
  if (problems.length > 0) {
    throw wrong([...problems, ...hazards.map(({ problem }) => problem)], sources);
  }
  const evaluate = async (allowsMath: boolean) => {
    const evaluated = await evaluateDefinition({ files, folder, allowsMath }, limits);
    return { evaluated, ...check(evaluated, sources) };
  };
  let read = await evaluate(hazards.some(({ isMath }) => isMath));
  if ("thrown" in read.evaluated && read.evaluated.thrown.includes(REASONS.math)) {
    // Whether it may use what it cannot do without is in the definition.
    const again = await evaluate(true);
    if (again.allow.includes("math")) read = again;
  }
  const { evaluated, definition, problems: found, allow } = read;
  const real = hazards.filter(({ isMath }) => !(isMath && allow.includes("math")));
  // A module that throws may do so because of what it must not use.
  const isExplained = real.length > 0 && !("exported" in evaluated);
  const all = [...real.map(({ problem }) => problem), ...isExplained ? [] : found];
  if (!definition || all.length > 0) throw wrong(all, sources);
  const version = await versionOf({ files, packages, allow });
  return { kind: "module", ...definition, version, folder, files, packages };
}

function check(
  evaluated: Evaluated,
  sources: readonly SourceFile[],
): ReturnType<typeof checkDefinition> {
  const [entry] = sources;
  if ("exported" in evaluated) return checkDefinition(evaluated.exported, entry);
  const problem = "stopped" in evaluated
    ? { message: `Cannot read trainer ${entry.label}: ${evaluated.stopped}` }
    : thrownProblem(evaluated.thrown, sources);
  return { problems: [problem], allow: [] };
}

/** What evaluating a module threw, at the first place of the user's in its stack. */
function thrownProblem(thrown: string, sources: readonly SourceFile[]): Problem {
  // Where a module that cannot be linked is wrong stands at the end of its message.
  const [message, ...frames] = thrown.split(/\n?\s+at (?=\S+:\d+:\d+|.*\(.*:\d+:\d+\))/);
  for (const frame of frames) {
    const [, label, line, column] = /([^\s(]+):(\d+):(\d+)\)?$/.exec(frame) ?? [];
    const source = sources.find((source) => source.label === label);
    if (source) {
      const place = source.placeAt(Number(line), Number(column));
      return { message: `The definition throws ${message}`, place };
    }
  }
  return { message: `The definition throws ${message}`, place: { file: sources[0].label } };
}

/** All problems, file by file, in the order of their places; names and errors may hold anything. */
function wrong(problems: readonly Problem[], sources: readonly SourceFile[]): UserError {
  const orderOf = ({ place }: Problem) => sources.findIndex(({ label }) => label === place?.file);
  const shown = problems.map((problem) => {
    return { ...problem, message: problem.message.replace(/[^\P{Cc}\n]/gu, "\u{fffd}") };
  });
  return new UserError(shown.toSorted((a, b) =>
    orderOf(a) - orderOf(b) ||
    (a.place?.line ?? 0) - (b.place?.line ?? 0) ||
    (a.place?.column ?? 0) - (b.place?.column ?? 0)
  ));
}

/** What a module's results depend on. */
function versionOf({ files, packages, allow }: Pick<ModuleCode, "files" | "packages" | "allow">) {
  const listed = files.map(({ checksum, path }) => ({ checksum, path }))
    .sort((a, b) => a.path < b.path ? -1 : 1);
  return sha256(canonicalJson({ allow, contract: CONTRACT, files: listed, packages }));
}
