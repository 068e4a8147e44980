import "./on_disk.ts";
import { readCommandLine } from "./cli/args.ts";
import { Interruption, interruptionSignal } from "./cli/interruption.ts";
import { outputProblem, print, printAside, ringBell } from "./cli/output.ts";
import { goToStart } from "./cli/start_folder.ts";
import { formatProblems, UserError } from "./user_error.ts";

/** Runs a command line and returns the exit code, which is not 0 if its output is not complete. */
async function main(argv: readonly string[]): Promise<number> {
  const exitCode = await run(argv);
  const problem = outputProblem();
  if (problem === undefined) return exitCode;
  printAside(problem);
  return exitCode || 1;
}

async function run(argv: readonly string[]): Promise<number> {
  try {
    const { argv: words, reports } = goToStart(argv);
    const line = readCommandLine(words, { reports });
    if (line.kind === "help") {
      const { helpText } = await import("./cli/help_text.ts");
      print((await helpText(line)).trimEnd());
      return 0;
    }
    const { command, invocation } = line;
    const signal = command.interruptible
      ? interruptionSignal(({ exitCode }) => Deno.exit(exitCode))
      : new AbortController().signal;
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
      const { errorText } = await import("./cli/json/error_text.ts");
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

if (import.meta.main) Deno.exit(await main(Deno.args));
