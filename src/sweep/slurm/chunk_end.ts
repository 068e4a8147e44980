import { join } from "node:path";
import { readText } from "../../files/read_file.ts";
import { SIZE_LIMITS } from "../../files/size_limits.ts";
import { systemReason } from "../../files/system_reason.ts";
import { oneLine } from "../../one_line.ts";
import { isLive, isQueued } from "./task_state.ts";
import type { PlacedChunk } from "./waiting_runs.ts";

/** The line of a task's log by which Slurm says that it ended the task, and why. */
const VERDICT = /\*\*\* (.*) \*\*\*\s*$/m;

/** How the task of a chunk ended without results, in words for a user. */
export async function endOf(
  { submission, number, task }: Pick<PlacedChunk, "submission" | "number" | "task">,
): Promise<string> {
  const report = await submission.readReport(number);
  const name = report?.task ?? (task && `${task.job}_${task.index}`);
  if (name === undefined) return "Slurm does not know its task";
  const node = task?.node || report?.node;
  // Slurm soon forgets tasks that have ended.
  const state = !task || isLive(task) ? "gone" : isQueued(task) ? task.reason : task.state;
  const path = join(submission.folder, "logs", `${name}.log`);
  const log = await readLog(path, submission.folder);
  const said = log.match(VERDICT)?.[1] ?? report?.end?.error ?? log.trimEnd().split("\n").at(-1);
  const how = [state, ...node ? [`on ${node}`] : []].join(" ");
  return oneLine(`task ${name}: ${how}${said ? `, ${said}` : ""} (${path})`);
}

/** The text of a log in a folder; empty if it cannot be read. A report can name any file for it. */
async function readLog(path: string, within: string): Promise<string> {
  try {
    return await readText(path, { maxBytes: SIZE_LIMITS.result, within });
  } catch (error) {
    if (systemReason(error) === undefined) throw error;
    return "";
  }
}
