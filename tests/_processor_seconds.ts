import process from "node:process";

/** The processor's time that this process has used: a busy machine makes it no slower. */
export function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
