import { runCommandLine } from "../../src/cli/run_command_line.ts";
import { type Finished, messagesIn } from "./_task.ts";

/** The command that was called last: what two of them print at once could not be told apart. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Runs a command as `runTask()` does, but in this thread: for what does not depend on a process of its
 * own, nor on its permissions. Most of what a small sweep takes is the start of its process.
 *
 * @param words A command, without the task's options and permissions.
 */
export function runHere(...words: readonly [string, ...string[]]): Promise<Finished> {
  const run = last.then(() => runAlone(words));
  last = run.catch(() => {});
  return run;
}

async function runAlone(words: readonly string[]): Promise<Finished> {
  using stdout = new Diversion(Deno.stdout);
  using stderr = new Diversion(Deno.stderr);
  const code = await runCommandLine(words, () => new AbortController().signal);
  return { code, stdout: stdout.text, stderr: messagesIn(stderr.text) };
}

/** Keeps what is written to a stream from it, as if that was a file. */
class Diversion implements Disposable {
  readonly #stream: typeof Deno.stdout;
  readonly #decoder = new TextDecoder();
  text = "";

  constructor(stream: typeof Deno.stdout) {
    this.#stream = stream;
    const writeSync = (bytes: Uint8Array) => {
      this.text += this.#decoder.decode(bytes, { stream: true });
      return bytes.length;
    };
    Object.assign(stream, { writeSync, isTerminal: () => false });
  }

  [Symbol.dispose](): void {
    for (const name of ["writeSync", "isTerminal"]) Reflect.deleteProperty(this.#stream, name);
  }
}
