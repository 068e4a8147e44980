import type { SubmissionManifest } from "../../../src/sweep/slurm/submission_files.ts";

/** The manifest of a submission of one chunk. */
export const SAMPLE_MANIFEST: SubmissionManifest = {
  format: 1,
  experiment: "e",
  jobName: "regsweep-e-1",
  dataset: { path: "/d.csv", options: { target: "y" }, checksum: "0".repeat(64) },
  store: "/store",
  workers: 1,
  chunks: 1,
  runs: 1,
};
