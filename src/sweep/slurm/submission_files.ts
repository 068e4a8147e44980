import { z } from "zod";
import type { TableOptions } from "../../dataset/table_options.ts";
import type { OwnCode } from "../../trainers/own_code.ts";
import { UserError } from "../../user_error.ts";
import type { TaskReport } from "./task_report.ts";

/** What all chunks of a submission have in common. Paths are absolute. */
export interface SubmissionManifest {
  readonly format: 1;
  readonly experiment: string;
  /** The name of its jobs in Slurm. */
  readonly jobName: string;
  /** Absent if the runs need none. */
  readonly dataset?: {
    readonly path: string;
    /** All that can be said of the table, as the sweep took it. */
    readonly options: TableOptions;
    readonly checksum: string;
    readonly testChecksum?: string;
  };
  /** The code of the user's own trainers, which tasks run; absent if there are none. */
  readonly own?: readonly OwnCode[];
  /** The store's folder. */
  readonly store: string;
  /** The most bytes that its models and checkpoints may have; absent from older submissions. */
  readonly modelSpace?: number;
  /** Runs that a task trains at once. */
  readonly workers: number;
  readonly chunks: number;
  readonly runs: number;
}

/** More than Slurm has in its largest arrays, and few enough to look at each. */
const MOST_CHUNKS = 1_000_000;
const count = z.int().gte(0);

/** What tells one from another: the rest is as the process that submitted it wrote it. */
const ownCode: z.ZodType<OwnCode> = z.custom<OwnCode>((code) => {
  const shape = z.object({ kind: z.enum(["module", "program"]), name: z.string() });
  return shape.safeParse(code).success;
}, "expected a trainer's code");

/** The shape of a submission's manifest.json. */
export const SUBMISSION_SCHEMA: z.ZodType<SubmissionManifest> = z.object({
  format: z.literal(1),
  experiment: z.string(),
  jobName: z.string().startsWith("regsweep-"),
  dataset: z.object({
    path: z.string(),
    options: z.looseObject({ target: z.union([z.string(), z.number()]) }) as z.ZodType<
      TableOptions
    >,
    checksum: z.string(),
    testChecksum: z.string().optional(),
  }).optional(),
  own: z.array(ownCode).optional(),
  store: z.string(),
  modelSpace: count.optional(),
  workers: count.gte(1),
  chunks: count.lte(MOST_CHUNKS),
  runs: count,
});

/** The shape of a task's report. */
export const TASK_REPORT_SCHEMA: z.ZodType<TaskReport> = z.object({
  chunk: count,
  task: z.string(),
  node: z.string(),
  restarts: count,
  log: z.string(),
  end: z.object({
    trained: count,
    seconds: z.number(),
    native: z.object({ library: z.string(), bits: count }).optional(),
    failures: z.array(z.object({ run: z.string(), reason: z.string() })),
    error: z.string().optional(),
  }).optional(),
});

/** The keys of a chunk's runs, without what their tasks need to train them. */
export const CHUNK_KEYS_SCHEMA = z.object({
  runs: z.array(z.tuple([z.string()], z.number())),
});

/**
 * Parses the text of a JSON file of a submission.
 *
 * @throws {UserError} If it does not have the schema's shape; the exit code is 1. Text that is
 * not JSON is not quoted: it could come from any file.
 */
export function parseJson<T>(text: string, schema: z.ZodType<T>, path: string): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UserError(`Cannot read ${path}: it is not JSON`, 1);
  }
  const { data, error } = schema.safeParse(json);
  if (!error) return data;
  const [{ path: place, message }] = error.issues;
  const member = place.length > 0 ? `${place.join(".")}: ` : "";
  throw new UserError(`Cannot read ${path}: ${member}${message}`, 1);
}
