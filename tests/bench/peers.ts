import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { pythonWith } from "../_python_with.ts";
import type { Measurement } from "./measure.ts";

/** A Python program in tests/bench/peers/ that answers each line with one of its own. */
export class Peer {
  readonly #process;
  readonly #lines;

  private constructor(python: string, args: readonly string[]) {
    this.#process = spawn(python, args, {
      stdio: ["pipe", "pipe", "ignore"],
      // It leaves no files in the source tree.
      env: { ...Deno.env.toObject(), PYTHONDONTWRITEBYTECODE: "1" },
    });
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  /**
   * Starts a program; nothing if there is no Python that has the module.
   *
   * @param module What it imports, `numpy` or so.
   */
  static async start(
    script: string,
    { module, args = [] }: { module: string; args?: readonly string[] },
  ): Promise<Peer | undefined> {
    const python = await pythonWith(module);
    const path = new URL(`./peers/${script}`, import.meta.url).pathname;
    return python === undefined ? undefined : new Peer(python, [path, ...args]);
  }

  /** @throws {Error} If it has ended. */
  async answer(): Promise<string> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`A peer ended: ${this.#process.spawnargs.join(" ")}`);
    return value;
  }

  async ask(line: string): Promise<string> {
    this.#process.stdin.write(line + "\n");
    return await this.answer();
  }

  close(): void {
    this.#process.stdin.end();
  }
}

/** What stands in place of figures where there is no Python that has the module. */
export function notMeasured(name: string, module: string): Measurement {
  return { name, value: NaN, unit: "", note: `no python3 here can import ${module}` };
}
