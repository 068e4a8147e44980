import type { LaunchedRun, Launcher, LaunchOptions } from "../../src/sweep/launcher.ts";
import type { PlannedRun } from "../../src/sweep/planned_run.ts";

/** Ends each run that it is to train as told, one after another, until its signal aborts. */
export class FakeLauncher implements Launcher {
  /** Seeds of the runs that were trained. */
  readonly launched: number[] = [];
  readonly #end: (run: PlannedRun) => LaunchedRun;

  constructor(end: (run: PlannedRun) => LaunchedRun) {
    this.#end = end;
  }

  async *launch(
    runs: readonly PlannedRun[],
    { signal, admit = () => "now", onRunEnd }: LaunchOptions,
  ) {
    for (const waiting = [...runs]; waiting.length > 0;) {
      await new Promise((resolve) => setTimeout(resolve));
      if (signal.aborted) return;
      const [run] = waiting.splice(0, 1);
      const admission = admit(run);
      if (admission === "later") waiting.push(run);
      if (admission !== "now") continue;
      this.launched.push(run.task.seed);
      const ended = this.#end(run);
      onRunEnd?.(run, ended.result);
      yield ended;
    }
  }
}
