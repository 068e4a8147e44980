import process from "node:process";

/**
 * The processor's time that this thread has used: neither a busy machine nor tests in other threads
 * of this process make it more.
 */
export function processorSeconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1e6;
}
