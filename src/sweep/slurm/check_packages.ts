import { join } from "node:path";
import { lookAtTarget } from "../../files/facts.ts";
import { UserError } from "../../user_error.ts";

/**
 * Checks that the tasks of a cluster find packages in the project's folder: they have no network, and
 * a cache of their own.
 *
 * @throws {UserError} If there are none, as where regsweep is installed.
 */
export function checkPackages(project: string): void {
  if (lookAtTarget(join(project, "node_modules"))?.isDirectory) return;
  throw new UserError({
    message: `Cannot use a cluster without packages in ${project}, which its tasks need`,
    hint: "use a clone on a file system that all nodes share, and run deno install there",
  });
}
