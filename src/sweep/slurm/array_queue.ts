import { arrayArguments, type ArrayPlan, planArrays } from "./array_plan.ts";
import { sbatch } from "./slurm_commands.ts";
import type { SlurmOptions } from "./slurm_options.ts";
import type { Submission } from "./submission.ts";
import type { TaskList } from "./task_list.ts";

/** Arrays that wait to be submitted, and those that Slurm has. */
export class ArrayQueue {
  readonly #options: SlurmOptions;
  #waiting: { submission: Submission; plan: ArrayPlan }[] = [];
  readonly #jobs = new Map<ArrayPlan, string>();

  constructor(options: SlurmOptions) {
    this.#options = options;
  }

  /** How many arrays Slurm has taken. */
  get taken(): number {
    return this.#jobs.size;
  }

  /** Plans a submission's arrays, of at most so many tasks. */
  add(submission: Submission, largest: number): void {
    const plans = planArrays(submission.manifest.chunks, largest, this.#options);
    this.#waiting.push(...plans.map((plan) => ({ submission, plan })));
  }

  /** Whether a chunk's array is still to be submitted. */
  has(submission: Submission, chunk: number): boolean {
    return this.#waiting.some(({ submission: owner, plan: { first, count } }) =>
      owner === submission && first <= chunk && chunk < first + count
    );
  }

  /**
   * Submits what is to be submitted, in order.
   *
   * @throws {SlurmError} If Slurm does not take an array; it and those behind it stay.
   */
  async submit(): Promise<void> {
    for (const { submission, plan } of [...this.#waiting]) {
      const { folder, script, manifest: { jobName } } = submission;
      const after = plan.after && this.#jobs.get(plan.after);
      const place = { jobName, folder, script, after };
      this.#taken(plan, await sbatch(arrayArguments(plan, place, this.#options)));
    }
  }

  /** Recognizes arrays that Slurm has, though their submission seemed to fail. */
  recognize(tasks: TaskList): void {
    for (const { submission, plan } of [...this.#waiting]) {
      const task = tasks.taskOf(submission, plan.first);
      if (task) this.#taken(plan, task.job);
    }
  }

  #taken(plan: ArrayPlan, job: string): void {
    this.#jobs.set(plan, job);
    this.#waiting = this.#waiting.filter((array) => array.plan !== plan);
  }
}
