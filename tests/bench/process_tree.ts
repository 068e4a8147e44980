const PAGE_BYTES = 4096;
const EVERY_MILLISECONDS = 250;

/** Memory of a process and its descendants while it ran, in bytes, a sample every quarter second. */
export interface MemoryOverTime {
  readonly samples: readonly number[];
}

/**
 * Resident memory of a process tree, sampled until the process ends: what several processes share
 * counts for each of them. Linux only.
 */
export async function sampleMemory(child: Deno.ChildProcess): Promise<MemoryOverTime> {
  const samples: number[] = [];
  const timer = setInterval(() => samples.push(treeBytes(child.pid)), EVERY_MILLISECONDS);
  try {
    await child.status;
  } finally {
    clearInterval(timer);
  }
  return { samples };
}

function treeBytes(root: number): number {
  const children = new Map<number, number[]>();
  for (const { name } of Deno.readDirSync("/proc")) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const parent = parentOf(pid);
    if (parent !== undefined) children.set(parent, [...children.get(parent) ?? [], pid]);
  }
  let bytes = 0;
  const left = [root];
  for (let pid = left.pop(); pid !== undefined; pid = left.pop()) {
    bytes += residentBytes(pid);
    left.push(...children.get(pid) ?? []);
  }
  return bytes;
}

function parentOf(pid: number): number | undefined {
  // The name, in parentheses, may hold anything; what follows it may not.
  const fields = readProc(pid, "stat")?.split(")").at(-1)?.trim().split(" ");
  return fields && Number(fields[1]);
}

function residentBytes(pid: number): number {
  return Number(readProc(pid, "statm")?.split(" ")[1] ?? 0) * PAGE_BYTES;
}

/** A process's file in /proc; nothing if the process has ended. */
function readProc(pid: number, file: string): string | undefined {
  try {
    return Deno.readTextFileSync(`/proc/${pid}/${file}`);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    // What the system says if it ends while its file is read has no class of its own.
    if (error instanceof Error && error.message.startsWith("No such process")) return undefined;
    throw error;
  }
}
