import { type OpenedExperiment, openExperiment } from "../../src/experiment/open_experiment.ts";
import { readTables } from "../../src/experiment/read_experiment.ts";

/** Opens an experiment; of one with several datasets, that on the first. */
export async function openFirst(file: string): Promise<OpenedExperiment> {
  return await openExperiment(file, { table: readTables(file)?.tables[0] });
}
