const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;
type InterruptingSignal = keyof typeof EXIT_CODES;

/** The reason of an abort that the user, or the system, asked for. */
export class Interruption extends Error {
  override readonly name = "Interruption";
  /** The exit code that shells give to a program that the signal ended. */
  readonly exitCode: number;

  constructor(signal: InterruptingSignal) {
    super(`interrupted by ${signal}`);
    this.exitCode = EXIT_CODES[signal];
  }
}

/**
 * Returns a signal that aborts with an `Interruption` at the first Ctrl-C or SIGTERM; `onSecond` is
 * called at the next.
 */
export function interruptionSignal(onSecond: (interruption: Interruption) => void): AbortSignal {
  const controller = new AbortController();
  let firstMilliseconds: number | undefined;
  const interrupt = (signal: InterruptingSignal) => () => {
    const now = performance.now();
    if (firstMilliseconds === undefined) {
      firstMilliseconds = now;
      controller.abort(new Interruption(signal));
    } else if (now - firstMilliseconds > ONE_PRESS_MILLISECONDS) {
      onSecond(new Interruption(signal));
    }
  };
  Deno.addSignalListener("SIGINT", interrupt("SIGINT"));
  if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", interrupt("SIGTERM"));
  return controller.signal;
}

/** One Ctrl-C comes twice: from the terminal, and passed on by `deno task` and `npx`. */
const ONE_PRESS_MILLISECONDS = 300;
