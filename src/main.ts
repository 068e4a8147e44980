import "./on_disk.ts";
import { interruptionSignal } from "./cli/interruption.ts";
import { runCommandLine } from "./cli/run_command_line.ts";

/** Ends the process at once at a second Ctrl-C. */
function interrupts(): AbortSignal {
  return interruptionSignal(({ exitCode }) => Deno.exit(exitCode));
}

if (import.meta.main) Deno.exit(await runCommandLine(Deno.args, interrupts));
