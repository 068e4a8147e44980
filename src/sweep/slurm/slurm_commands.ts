import { AwakeClock } from "../../awake_clock.ts";
import { UserError } from "../../user_error.ts";

/** A command that hangs for longer counts as failed: its answer comes too late. */
const LIMIT_MILLISECONDS = 60_000;
/**
 * Variables that commands get: those that programs need in general, and those that tell Slurm where
 * the cluster is and which options are defaults. Variables that change what squeue and scancel do, or
 * how programs are linked, are left out. The tasks of deno.json allow reading no others.
 */
const WANTED =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_\w+|TZ|TMPDIR|KRB5CCNAME|(SLURM|SBATCH)_(?!WAIT$)\w+)$/;
const FIELDS = ["%F", "%K", "%T", "%r", "%N", "%o"];

/** What the commands say when they do not reach the controller, which may be starting again. */
const UNREACHED =
  /contact|not responding|timed out|connection|communication|transmitted|temporarily/i;

/** Slurm's reason for refusing a command, in its words. */
export class SlurmError extends Error {
  override readonly name = "SlurmError";

  /** Whether Slurm was not there to answer, or too busy. */
  get isUnreached(): boolean {
    return UNREACHED.test(this.message);
  }
}

/** A task of an array, as squeue reports it. */
export interface QueuedTask {
  /** The array's id. */
  readonly job: string;
  /** Its place in the array, from 0. */
  readonly index: number;
  /** Such as PENDING, RUNNING or FAILED. */
  readonly state: string;
  /** Why it pends, in Slurm's one word. */
  readonly reason: string;
  /** Empty before it runs. */
  readonly node: string;
  /** The script with its arguments. */
  readonly command: string;
}

/**
 * Submits a script and gives the job's id.
 *
 * @throws {SlurmError} If Slurm refuses it or does not answer; then it may have been accepted.
 */
export async function sbatch(args: readonly string[]): Promise<string> {
  const answer = await run("sbatch", ["--parsable", ...args]);
  const id = answer.match(/^(\d+)(;.*)?$/m)?.[1];
  if (id === undefined) throw new SlurmError(`sbatch answered "${answer.trim()}"`);
  return id;
}

/**
 * The tasks of these users' jobs with these names, ended ones too as long as Slurm remembers them.
 *
 * @throws {SlurmError} If Slurm does not answer: then nothing is known.
 */
export async function squeue(
  names: readonly string[],
  users: readonly string[],
): Promise<QueuedTask[]> {
  const answer = await run("squeue", [
    ...["--noheader", "--array", "--states=all", `--format=${FIELDS.join("|")}`],
    `--name=${names.join(",")}`,
    `--user=${users.join(",")}`,
  ]);
  return answer.split("\n").flatMap((line) => {
    const [job, index, state, reason, node, ...command] = line.split("|");
    if (!/^\d+$/.test(index)) return [];
    return [{ job, index: Number(index), state, reason, node, command: command.join("|").trim() }];
  });
}

/** @throws {SlurmError} If Slurm does not answer, or some job is not the user's. */
export async function scancel(jobs: readonly string[]): Promise<void> {
  await run("scancel", jobs);
}

/**
 * The highest number of tasks in an array.
 *
 * @throws {SlurmError} If Slurm does not answer.
 */
export async function maximumArraySize(): Promise<number> {
  const config = await run("scontrol", ["show", "config"]);
  const size = Number(config.match(/^MaxArraySize\s*=\s*(\d+)/m)?.[1]);
  if (!(size >= 1)) throw new SlurmError("this Slurm has no job arrays");
  return size;
}

async function run(program: string, args: readonly string[]): Promise<string> {
  using clock = new AwakeClock();
  try {
    const { success, code, stdout, stderr } = await new Deno.Command(program, {
      args: [...args],
      clearEnv: true,
      env: environment(),
      stdin: "null",
      signal: clock.timeout(LIMIT_MILLISECONDS),
    }).output();
    if (success) return new TextDecoder().decode(stdout);
    const reason = reasonIn(new TextDecoder().decode(stderr));
    throw new SlurmError(reason ?? `${program} ended with code ${code}`);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    const commands = "sbatch, squeue, scancel and scontrol";
    const need = `Slurm's commands (${commands}) must be on the PATH of the machine that submits`;
    throw new UserError(`Cannot find ${program}: ${need}`, 1);
  }
}

/** `toObject()` lists what may be read, as long as the rest is ignored: see the tasks. */
function environment(): Record<string, string> {
  const variables = Object.entries(Deno.env.toObject());
  return Object.fromEntries(variables.filter(([name]) => WANTED.test(name)));
}

/** The last line of what a command complains of, which sums it up, without what is always there. */
function reasonIn(complaint: string): string | undefined {
  const line = complaint.trim().split("\n").at(-1) ?? "";
  return line.replace(/^\w+: (error: )?/, "").replace(/^Batch job submission failed: /, "") ||
    undefined;
}
