import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Measurement } from "./measure.ts";

/** Pythons to try: the user's own, and the one that Debian's packages are for. */
const PYTHONS = ["python3", "/usr/bin/python3"];

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
    for (const python of PYTHONS) {
      if (!await canImport(python, module)) continue;
      const path = new URL(`./peers/${script}`, import.meta.url).pathname;
      return new Peer(python, [path, ...args]);
    }
    return undefined;
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

async function canImport(python: string, module: string): Promise<boolean> {
  try {
    const command = new Deno.Command(python, {
      args: ["-c", `import ${module}`],
      stdout: "null",
      stderr: "null",
    });
    return (await command.output()).success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
