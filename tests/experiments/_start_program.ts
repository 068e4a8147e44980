import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { HANG_SECONDS } from "../_hang_seconds.ts";
import { ROOT } from "../_source_files.ts";

/** What regsweep writes to a program's standard input. */
export interface ProgramRun {
  readonly seed: number;
  readonly config: Readonly<Record<string, number | boolean | string>>;
  readonly dataset?: { readonly path: string; readonly target: string };
  readonly rows?: Readonly<Record<string, readonly number[]>>;
}

/** A line that a program prints. */
export interface PrintedEvaluation {
  readonly step: number;
  readonly measures: Readonly<Record<string, number>>;
}

/** Runs one of the programs of experiments/ by hand; gives the lines that it printed. */
export async function runProgram(
  [program, ...args]: readonly string[],
  run: ProgramRun,
): Promise<PrintedEvaluation[]> {
  const child = new Deno.Command(program, {
    args: [...args],
    cwd: join(ROOT, "experiments"),
    env: { OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    signal: AbortSignal.timeout(1000 * HANG_SECONDS),
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(JSON.stringify({ protocol: 1, ...run })));
  await writer.close();
  const { code, stdout, stderr } = await child.output();
  const [printed, said] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  assertEquals([code, said], [0, ""]);
  return printed.trimEnd().split("\n").map((line) => JSON.parse(line));
}
