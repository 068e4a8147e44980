import { join } from "node:path";
import { z } from "zod";
import type { Metric } from "../measures/metrics.ts";
import { UserError } from "../user_error.ts";
import type { Answer } from "./answer.ts";
import type { PageCode } from "./manifest.ts";
import { METRIC } from "./manifest_experiment_schema.ts";
import { checksum, flag, list, object, type ShapeOf, text } from "./manifest_schema_parts.ts";
import { readResultFile } from "./read_result_file.ts";

/** The files in the folder of several datasets, beside the datasets' folders. */
export const COLLECTION_FILES = {
  datasets: "datasets.csv",
  ranks: "ranks.csv",
  report: "report.html",
  manifest: "manifest.json",
} as const;

/** What is asked of several datasets. */
export interface CollectionQuestion {
  readonly name: string;
  readonly description: string;
  /** Absent if there are none. */
  readonly tags?: readonly string[];
  /** Absent if there is nothing. */
  readonly notes?: string;
  /** The experiment's file, as the user named it. */
  readonly file: string;
  readonly metric: Metric;
  readonly largerIsBetter: boolean;
  /** Name of the cell that the others are compared with. */
  readonly baseline: string;
  /** The names of all datasets and of their folders, in the order of the file. */
  readonly datasets: readonly string[];
}

/**
 * The content of manifest.json in the folder of several datasets. It depends on their results and on
 * the code that draws the page: times and machines are in the datasets' own manifests.
 */
export interface CollectionManifest {
  readonly format: 1;
  /** Whether all datasets' results are complete. */
  readonly state: "complete" | "unfinished";
  readonly collection: CollectionQuestion;
  /** Of the results of those that are. */
  readonly answer: Pick<Answer, "advice" | "finding" | "limit">;
  readonly page: PageCode;
  /**
   * SHA-256 in hex of the files beside this one, and of the files of each complete dataset that they are
   * made from, as `iris/runs.csv`.
   */
  readonly files: Readonly<Record<string, string>>;
}

const SCHEMA: z.ZodType<CollectionManifest> = object(
  {
    format: z.literal(1),
    state: z.enum(["complete", "unfinished"], { error: "it must be complete or unfinished" }),
    collection: object(
      {
        name: text,
        description: text,
        tags: list(text).optional(),
        notes: text.optional(),
        file: text,
        metric: METRIC,
        largerIsBetter: flag,
        baseline: text,
        // It names folders.
        datasets: list(text.regex(/^[A-Za-z0-9_][A-Za-z0-9._-]*$/, { error: "it must be a name" })),
      } satisfies ShapeOf<CollectionQuestion>,
    ),
    answer: object({ advice: text, finding: text, limit: text }),
    page: object({ regsweep: text, checksum } satisfies ShapeOf<PageCode>),
    files: z.record(z.string(), checksum, { error: "it must be an object" }),
  } satisfies ShapeOf<CollectionManifest>,
);

/**
 * Reads the manifest in the folder of several datasets; undefined if the folder is not one.
 *
 * @throws {UserError} If it is one, and a member of its manifest is wrong; the exit code is 1.
 */
export async function readCollectionManifest(
  folder: string,
): Promise<CollectionManifest | undefined> {
  const json = await membersIn(folder);
  if (!json || !isOfCollection(json)) return undefined;
  const { data, error } = SCHEMA.safeParse(json);
  if (data) return data;
  const place = { file: join(folder, COLLECTION_FILES.manifest) };
  throw new UserError(
    error.issues.map(({ path, message }) => ({
      message: `Cannot use ${path.join(".")}: ${message}`,
      place,
    })),
    1,
  );
}

/** Whether a folder is that of several datasets. */
export async function isCollectionFolder(folder: string): Promise<boolean> {
  const json = await membersIn(folder);
  return json !== undefined && isOfCollection(json);
}

/**
 * Refuses the folder of several datasets where that of one is needed.
 *
 * @param doing What cannot be done with it, after "Cannot".
 * @throws {UserError} If it is one.
 */
export async function refuseCollection(folder: string, doing: string): Promise<void> {
  if (!await isCollectionFolder(folder)) return;
  const message = `Cannot ${doing} ${folder}: it is of several datasets`;
  throw new UserError({ message, hint: "name the folder of one of them, which is in it" });
}

/** Whether the members of a manifest.json are those of several datasets. */
export function isOfCollection(json: Readonly<Record<string, unknown>>): boolean {
  return json.collection !== undefined;
}

/** The members of a folder's manifest; undefined if there is none that can be read. */
async function membersIn(folder: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    const text = await readResultFile(join(folder, COLLECTION_FILES.manifest), folder);
    const json: unknown = JSON.parse(text);
    const isObject = typeof json === "object" && json !== null && !Array.isArray(json);
    return isObject ? json as Readonly<Record<string, unknown>> : undefined;
  } catch (error) {
    if (error instanceof UserError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
