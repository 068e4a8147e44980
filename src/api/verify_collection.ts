import { join } from "node:path";
import type { Check } from "../verify/check.ts";
import { Details } from "./details.ts";
import {
  type Mismatch,
  mismatchesIn,
  type Verification,
  type VerifyOptions,
  verifyResults,
} from "./verify.ts";

/** What a verification of several datasets found. */
export interface CollectionVerification {
  /** Whether all that was checked is right. */
  readonly isRight: boolean;
  /** By dataset, in the order of the experiment; of those that have results. */
  readonly datasets: ReadonlyMap<string, Verification>;
  /** What is wrong with the files over all datasets; empty if they are right. */
  readonly mismatches: readonly Mismatch[];
}

/** All that is known of the files over datasets. */
export const COLLECTION_VERIFIED = new Details<CollectionVerification, readonly Check[]>(
  "verifyCollection()",
);

/**
 * Verifies a folder of several datasets: the results of each as `verifyResults()` does, and then what was
 * made from them.
 *
 * @example
 * ```ts
 * import { readCollection, sweepCollection, verifyCollection } from "@regsweep/regsweep";
 *
 * const collection = await readCollection("experiments/seven-datasets.yaml", { seeds: "2" });
 * if (collection) {
 *   const { folder } = await sweepCollection(collection);
 *   console.log((await verifyCollection(folder)).isRight);
 * }
 * ```
 *
 * @throws {UserError} As `verifyResults()`, or if the folder is not of several datasets.
 * @throws The signal's reason, if it aborts.
 */
export async function verifyCollection(
  folder: string,
  options: Omit<VerifyOptions, "dataset" | "test"> = {},
): Promise<CollectionVerification> {
  return await verifyEach(folder, (own) => verifyResults(own, options));
}

/**
 * Verifies a folder of several datasets.
 *
 * @param verify Verifies one dataset's folder.
 */
export async function verifyEach(
  folder: string,
  verify: (folder: string) => Promise<Verification>,
): Promise<CollectionVerification> {
  const [{ checkCollection }, { datasetsWithResults }, { passes }] = await Promise.all([
    import("../verify/check_collection.ts"),
    import("../verify/datasets_with_results.ts"),
    import("../verify/check.ts"),
  ]);
  const datasets = new Map<string, Verification>();
  for (const name of await datasetsWithResults(folder)) {
    datasets.set(name, await verify(join(folder, name)));
  }
  const files = await checkCollection(folder);
  const areRight = datasets.values().every(({ isRight }) => isRight);
  const verification = {
    isRight: areRight && files.every(passes),
    datasets,
    mismatches: mismatchesIn(files),
  };
  return COLLECTION_VERIFIED.keep(verification, files);
}

/** Whether a folder is that of several datasets. */
export async function isOfSeveralDatasets(folder: string): Promise<boolean> {
  const { isCollectionFolder } = await import("../results/collection_manifest.ts");
  return await isCollectionFolder(folder);
}
