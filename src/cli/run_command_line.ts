import { formatProblems, UserError } from "../user_error.ts";
import { readCommandLine } from "./args.ts";
import { Interruption } from "./interruption.ts";
import { outputProblem, print, printAside, ringBell } from "./output.ts";
import { goToStart } from "./start_folder.ts";

/**
 * Runs a command line and returns the exit code, which is not 0 if its output is not complete.
 *
 * @param interrupts Gives what interrupts a command that ends cleanly by itself then.
 */
export async function runCommandLine(
  argv: readonly string[],
  interrupts: () => AbortSignal,
): Promise<number> {
  const exitCode = await run(argv, interrupts);
  const problem = outputProblem();
  if (problem === undefined) return exitCode;
  printAside(problem);
  return exitCode || 1;
}

async function run(argv: readonly string[], interrupts: () => AbortSignal): Promise<number> {
  try {
    const { argv: words, reports } = goToStart(argv);
    const line = readCommandLine(words, { reports });
    if (line.kind === "help") {
      const { helpText } = await import("./help_text.ts");
      print((await helpText(line)).trimEnd());
      return 0;
    }
    const { command, invocation } = line;
    const signal = command.interruptible ? interrupts() : new AbortController().signal;
    const execute = await command.load();
    try {
      return await execute(invocation, signal);
    } finally {
      // Who has interrupted it is there.
      if (invocation.options.notify && !signal.aborted) ringBell();
    }
  } catch (error) {
    const exitCode = exitCodeOf(error);
    if (argv.includes("--json")) {
      const { errorText } = await import("./json/error_text.ts");
      print(errorText(argv, { error, exitCode }));
    }
    if (error instanceof Interruption) return exitCode;
    const isUserError = error instanceof UserError;
    if (isUserError) printAside(formatProblems(error.problems));
    if (!isUserError || argv.includes("--debug")) {
      printAside(error instanceof Error ? error.stack ?? error.message : String(error));
    }
    return exitCode;
  }
}

function exitCodeOf(error: unknown): number {
  return error instanceof Interruption || error instanceof UserError ? error.exitCode : 1;
}
