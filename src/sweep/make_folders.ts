import { asUserError } from "../files/as_user_error.ts";
import { makeFolder } from "../files/folders.ts";
import type { Experiment } from "../experiment/experiment.ts";
import { checkResultFolder } from "./check_folder_name.ts";
import { sweepFolders } from "./sweep_folders.ts";

export interface MakeOptions {
  /** The folder that holds every sweep's folder. */
  readonly reports: string;
  readonly approve?: () => Promise<void>;
}

/**
 * Makes the folder of reports and the sweep's in it, which is approved in between. The first can be a link
 * to another disk, but one in it that leads out of it would let whoever made it choose what results
 * replace.
 *
 * @throws {UserError} If a folder cannot be made; the exit code is 1. If another differs from the sweep's
 * in case only.
 * @throws What `approve` throws.
 */
export async function makeFolders(
  experiment: Pick<Experiment, "name" | "collection">,
  { reports, approve }: MakeOptions,
): Promise<void> {
  const folder = sweepFolders(reports, experiment).results;
  const make = async (made: string, within?: string) => {
    try {
      await makeFolder(made, within);
    } catch (error) {
      throw asUserError(error, `Cannot make the folder ${folder}`, 1);
    }
  };
  await make(reports);
  await checkResultFolder(reports, experiment);
  await approve?.();
  await make(folder, reports);
}
