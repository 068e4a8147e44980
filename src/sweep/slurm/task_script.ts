import { PASSED_VARIABLES } from "../../trainers/passed_variables.ts";

export interface TaskScriptOptions {
  /** The path of Deno, which has to be the same on every node. */
  readonly deno: string;
  /** The project's folder. */
  readonly project: string;
  /** The submission's folder. */
  readonly submission: string;
  /** Whether trainers of its runs are programs. */
  readonly startsPrograms?: boolean;
  /** The folder of the native kernels, if the task may use them. */
  readonly libraries?: string;
}

/** What a task reads of its environment: what `taskInEnvironment()` needs. */
const TASK_VARIABLES = [
  ...["SLURM_ARRAY_JOB_ID", "SLURM_ARRAY_TASK_ID", "SLURMD_NODENAME", "SLURM_RESTART_COUNT"],
];

/**
 * The script of every task of a submission; its argument is the number of its array's first chunk.
 *
 * Deno's cache is a new folder on the node, because its databases break on network file systems.
 * It starts empty: the project's node_modules, as the submission found it, holds all that a task
 * needs, and neither it nor the lock file is written to.
 *
 * Whoever submitted a program has allowed it, so its tasks may start it and what ends it.
 */
export function taskScript(
  { deno, project, submission, startsPrograms = false, libraries }: TaskScriptOptions,
): string {
  const variables = [...TASK_VARIABLES, ...startsPrograms ? PASSED_VARIABLES : []].join();
  const flags = [
    ...["--quiet", "--no-prompt", "--cached-only", "--no-lock", "--node-modules-dir=manual"],
    ...["--allow-read", "--allow-write", `--allow-env=${variables}`, "--ignore-env"],
    ...startsPrograms ? ["--allow-run"] : [],
    ...libraries === undefined ? [] : [`--allow-ffi=${quoted(libraries)}`],
  ];
  const command = [
    ...[quoted(deno), "run", ...flags, "--config", quoted(`${project}/deno.json`)],
    ...[quoted(`${project}/src/main.ts`), "work-chunk"],
    ...libraries === undefined ? [] : ["--kernels", "auto"],
    quoted(submission),
  ];
  return `#!/bin/sh
# A task of a sweep, as sbatch runs it: trains the runs of one chunk.
DENO_DIR=$(mktemp -d "\${TMPDIR:-/tmp}/regsweep-XXXXXX" 2>/dev/null) ||
  DENO_DIR=$(mktemp -d /tmp/regsweep-XXXXXX) || exit
export DENO_DIR
# Slurm signals all processes of a task; this one stays to clean up.
trap : TERM INT
${command.join(" ")} "$(($1 + SLURM_ARRAY_TASK_ID))"
code=$?
rm -rf "$DENO_DIR"
exit "$code"
`;
}

/** A word of the shell that means exactly this text. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
