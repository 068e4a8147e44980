import { UserError } from "../user_error.ts";
import { bashScript } from "./completion/bash_script.ts";
import { type CommandToComplete, completionTable } from "./completion/completion_table.ts";
import { fishScript } from "./completion/fish_script.ts";
import { zshScript } from "./completion/zsh_script.ts";
import { documentText } from "./json/document_text.ts";
import type { Invocation } from "./invocation.ts";
import { print } from "./output.ts";

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** Prints the script by which a shell completes the command lines of some commands. */
export function completion(
  { operands: [shell], options }: Invocation,
  commands: readonly CommandToComplete[],
): number {
  if (!Object.hasOwn(SCRIPTS, shell)) {
    throw new UserError({
      message: `Unknown shell "${shell}"`,
      hint: `there are ${Object.keys(SCRIPTS).join(", ")}`,
    });
  }
  const script = SCRIPTS[shell as keyof typeof SCRIPTS](completionTable(commands)).trimEnd();
  print(options.json ? documentText("completion", { shell, script }) : script);
  return 0;
}
