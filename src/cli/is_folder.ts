import { lookAtTarget } from "../files/facts.ts";

/** Whether an operand that can be an experiment or a sweep's folder is the folder. */
export function isFolder(operand: string): boolean {
  const facts = lookAtTarget(operand);
  return facts ? facts.isDirectory : !/\.ya?ml$/i.test(operand);
}
