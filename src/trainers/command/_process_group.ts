import type { GroupWatch } from "./_group_watch.ts";

/** How long a group may take to end after SIGTERM, before SIGKILL. */
const GRACE_MILLISECONDS = 1000;

/** A program with all that it has started, which signals reach together. */
export class ProcessGroup {
  readonly child: Deno.ChildProcess;
  readonly #watch: GroupWatch | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * Starts a program in a group and a session of its own, out of reach of the terminal's Ctrl-C.
   *
   * @throws {Error} If the system refuses.
   */
  constructor(
    [program, ...args]: readonly string[],
    options: Pick<Deno.CommandOptions, "cwd" | "env">,
    watch: GroupWatch | undefined,
  ) {
    this.child = new Deno.Command(program, {
      ...options,
      args,
      clearEnv: true,
      detached: true,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#watch = watch;
    watch?.add(this.child.pid);
  }

  /** Asks all to end, and ends those that do not. */
  end(): void {
    if (this.#timer !== undefined) return;
    this.#send("SIGTERM");
    this.#timer = setTimeout(() => this.#send("SIGKILL"), GRACE_MILLISECONDS);
  }

  /** Ends what is left when the program itself has ended. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#send("SIGKILL");
    this.#watch?.remove(this.child.pid);
  }

  #send(signal: Deno.Signal): void {
    try {
      // There are no groups on Windows.
      if (Deno.build.os === "windows") this.child.kill(signal);
      else Deno.kill(-this.child.pid, signal);
    } catch (error) {
      // It has ended, or what is left of it belongs to somebody else.
      const isOver = error instanceof Deno.errors.NotFound ||
        error instanceof Deno.errors.PermissionDenied || error instanceof TypeError;
      if (!isOver) throw error;
    }
  }
}
