import type { ExportedModels } from "../verify/export_models.ts";
import { Details } from "./details.ts";

/** Which models are exported, and where they are saved. */
export interface ExportOptions {
  /** Names of cells; the one that the answer says to use if not given. */
  readonly cells?: readonly string[];
  /** The folder to save them in; the folder `models` of the results if not given. */
  readonly out?: string;
  /** The dataset's file, if it is not where the experiment says. */
  readonly dataset?: string;
  /** The same for the file with the test rows. */
  readonly test?: string;
  /** Called with what a user may want to know, in words. */
  readonly onMessage?: (text: string) => void;
}

/** The run whose model one is. */
export interface ModelRun {
  /** Its cell. */
  readonly cell: string;
  /** Its seed. */
  readonly seed: number;
  /** From 1; absent without folds. */
  readonly fold?: number;
  /** Its key in the store. */
  readonly key: string;
  /** SHA-256 over its weights and its curve, in hex. */
  readonly digest: string;
}

/** What was exported. */
export interface ModelExport {
  /** The models, each with its file. */
  readonly models: readonly (ModelRun & { readonly path: string })[];
  /** Runs whose models are not kept any more. */
  readonly missing: readonly ModelRun[];
  /** The cell that the answer says to use; absent if no run completed. */
  readonly use?: string;
  /** The one with the best mean, which need not be shown to be better than the baseline. */
  readonly best?: string;
}

/** All that is known of exports. */
export const EXPORTED = new Details<ModelExport, ExportedModels>("exportModels()");

/**
 * Exports the models of a sweep's cells, with everything needed to predict with them.
 *
 * @example
 * ```ts
 * import { exportModels, readExperiment, sweepExperiment } from "@regsweep/regsweep";
 *
 * const experiment = await readExperiment("experiments/quick.yaml", { seeds: "2" });
 * const { folder = "" } = await sweepExperiment(experiment);
 * const { models } = await exportModels(folder);
 * for (const { cell, seed, path } of models) console.log(cell, seed, path);
 * ```
 *
 * @param folder Of results, relative to the process's folder, or absolute.
 * @throws {UserError} If the folder does not hold a sweep, another version of a trainer made it, its
 * dataset is missing, there is no such cell, or a file cannot be written.
 */
export async function exportModels(
  folder: string,
  { onMessage = () => {}, ...options }: ExportOptions = {},
): Promise<ModelExport> {
  const { exportModels: save } = await import("../verify/export_models.ts");
  const exported = await save(folder, { ...options, onProblem: onMessage });
  const models = exported.saved.map(({ path, ...run }) => ({ ...modelRun(run), path }));
  const { missing, answer: { use }, best } = exported;
  return EXPORTED.keep({
    ...{ models, missing: missing.map(modelRun) },
    ...use && { use: use.cell },
    ...best !== undefined && { best },
  }, exported);
}

function modelRun({ run: { key, cell, task }, result }: ExportedModels["missing"][number]) {
  const { seed, fold } = task;
  return {
    ...{ cell: cell.name, seed, ...fold !== undefined && { fold } },
    ...{ key, digest: result.digest },
  };
}
