import type { z } from "zod";
import { type Problem, UserError } from "../../user_error.ts";
import type { ERROR_DOCUMENT } from "./documents.ts";
import { jsonText } from "./json_text.ts";
import { problemMembers } from "./problem_members.ts";
import { SCHEMA_VERSION } from "./schema_version.ts";
import type { SweepLine } from "./sweep_events.ts";

type Failure = z.infer<typeof ERROR_DOCUMENT>["error"];

/**
 * What a command line prints with `--json` if an error ends it: a document, or the last of `sweep`'s
 * lines.
 */
export function errorText(
  argv: readonly string[],
  { error, exitCode }: { readonly error: unknown; readonly exitCode: number },
): string {
  const problems = problemsOf(error).map(problemMembers);
  const command = argv.find((word) => !word.startsWith("-")) ?? null;
  const failure: Failure = { exitCode, problems };
  const head = { schemaVersion: SCHEMA_VERSION } as const;
  if (command === "sweep") {
    const line: SweepLine = { ...head, command, event: "error", error: failure };
    return jsonText(line);
  }
  const document: z.infer<typeof ERROR_DOCUMENT> = { ...head, command, error: failure };
  return jsonText(document, 2);
}

function problemsOf(error: unknown): readonly Problem[] {
  if (error instanceof UserError) return error.problems;
  return [{ message: error instanceof Error ? error.message : String(error) }];
}
