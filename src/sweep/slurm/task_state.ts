import type { QueuedTask } from "./slurm_commands.ts";

/** Final states of a task. */
const ENDED = new Set([
  ...["BOOT_FAIL", "CANCELLED", "COMPLETED", "DEADLINE", "FAILED", "LAUNCH_FAILED", "NODE_FAIL"],
  ...["OUT_OF_MEMORY", "PREEMPTED", "RECONFIG_FAIL", "REVOKED", "TIMEOUT"],
]);

/** Why a task may never start, by Slurm's word for it. */
const OBSTACLES: Readonly<Record<string, string>> = {
  AccountNotAllowed: "the account may not use the partition",
  AssocMaxCpuPerJobLimit: "a task asks for more processors than the account may use",
  AssocMaxWallDurationPerJobLimit: "a task asks for more time than the account may use",
  BadConstraints: "no node has what is asked for",
  DependencyNeverSatisfied: "what it waits for did not happen",
  InvalidAccount: "the account does not exist or is not the user's",
  InvalidQOS: "the quality of service does not exist or is not the user's",
  JobHeldAdmin: "an administrator holds it",
  JobHeldUser: "the user holds it",
  PartitionConfig: "the partition has no node with what is asked for",
  PartitionDown: "the partition is down",
  PartitionInactive: "the partition is inactive",
  PartitionNodeLimit: "a task asks for more than the partition allows",
  PartitionTimeLimit: "a task asks for more time than the partition allows",
  QOSMaxWallDurationPerJobLimit: "a task asks for more time than the quality of service allows",
  QOSNotAllowed: "the partition does not allow the quality of service",
  QOSTimeLimit: "the quality of service has no time left",
};

/** Slurm's reason for a task that no node could start: it is held until somebody releases it. */
const NOT_LAUNCHED = /^launch.failed.requeued.held$/i;

/** Whether a task is still in the queue, waiting or running. */
export function isQueued({ state }: QueuedTask): boolean {
  return !ENDED.has(state);
}

/** Whether a task runs, or will probably do so. */
export function isLive(task: QueuedTask): boolean {
  return isQueued(task) && !NOT_LAUNCHED.test(task.reason);
}

export function isPending({ state }: QueuedTask): boolean {
  return state === "PENDING";
}

/** Why a task will not start unless somebody changes something; undefined if it only waits. */
export function obstacleOf({ state, reason }: QueuedTask): string | undefined {
  if (state !== "PENDING" || !Object.hasOwn(OBSTACLES, reason)) return undefined;
  return `${reason} (${OBSTACLES[reason]})`;
}
