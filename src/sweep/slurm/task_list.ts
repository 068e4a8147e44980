import { type QueuedTask, squeue } from "./slurm_commands.ts";
import type { Submission } from "./submission.ts";
import { isQueued } from "./task_state.ts";

/** The tasks of submissions as Slurm reports them, with those that ended not long before. */
export class TaskList {
  readonly #tasks = new Map<string, QueuedTask>();

  /** @param tasks Of any command; those of no submission's script are left out. */
  constructor(tasks: readonly QueuedTask[]) {
    for (const task of tasks) {
      const [, script, first] = task.command.match(/^(.*) (\d+)$/s) ?? [];
      if (script === undefined) continue;
      const name = nameOf(script, Number(first) + task.index);
      const known = this.#tasks.get(name);
      // A chunk may have two tasks, if Slurm took a job and did not say so.
      if (!known || isQueued(task)) this.#tasks.set(name, task);
    }
  }

  /**
   * Asks Slurm.
   *
   * @throws {SlurmError} If it does not answer.
   */
  static async of(submissions: readonly Submission[]): Promise<TaskList> {
    if (submissions.length === 0) return new TaskList([]);
    const names = new Set(submissions.map(({ manifest }) => manifest.jobName));
    const users = new Set(submissions.map(({ user }) => String(user)));
    return new TaskList(await squeue([...names], [...users]));
  }

  taskOf({ script }: Submission, chunk: number): QueuedTask | undefined {
    return this.#tasks.get(nameOf(script, chunk));
  }

  /** A submission's tasks by chunk. */
  tasksOf(submission: Submission): Map<number, QueuedTask> {
    const tasks = new Map<number, QueuedTask>();
    for (let chunk = 0; chunk < submission.manifest.chunks; chunk++) {
      const task = this.taskOf(submission, chunk);
      if (task) tasks.set(chunk, task);
    }
    return tasks;
  }
}

function nameOf(script: string, chunk: number): string {
  return `${script} ${chunk}`;
}
