import { basename, join } from "node:path";
import { lookAt, lookAtTarget, secondsSinceTouched } from "../files/facts.ts";
import { namesIn } from "../files/folders.ts";
import { PartReader } from "../files/part_reader.ts";
import { SIZE_LIMITS } from "../files/size_limits.ts";
import { systemReason } from "../files/system_reason.ts";
import { linesOf, readEntries } from "./_pack_file.ts";
import { recordBytes } from "./_record_bytes.ts";
import { decodeRecord } from "./_record_file.ts";
import type { RecordShape } from "./_record_shapes.ts";
import type { DamagedFile } from "./damaged_file.ts";
import type { RunRecord, StoredResult } from "./run_record.ts";

const FOLDER = /^[0-9a-f]{2}$/;
const RECORD = /^[0-9a-f]{62}\.json$/;
const PACK = /^[0-9a-f]{64}\.pack$/;
const ASIDE = /^([0-9a-f]{62}\.json|[0-9a-f]{64}\.pack)\.[0-9a-f-]+\.damaged$/;
/** What processes write first, under names that no other process uses. */
const TEMPORARY = /^([0-9a-f]{62}\.json|new|probe)\.[0-9a-f-]{36}\.tmp$/;
/** Longer than any process takes to write a file. */
const STALE_SECONDS = 3600;

/** A valid record in a store. */
export interface FoundRecord<Result extends StoredResult> {
  readonly kind: "record";
  readonly record: RunRecord<Result>;
  /** As in its file. */
  readonly content: Uint8Array<ArrayBuffer>;
  /** Its own file, or the pack that it is in. */
  readonly path: string;
  readonly isPacked: boolean;
  /** That of the file. */
  readonly ageSeconds: number;
}

/** Something in a store that is no record, or a pack with something that is none. */
export interface FoundDamage extends DamagedFile {
  /** `obstacle`: has the name of a folder of records, and is none. `waste`: nothing reads it. */
  readonly kind: "record file" | "pack" | "waste" | "obstacle";
  readonly bytes: number;
  readonly ageSeconds: number;
}

export type Found<Result extends StoredResult> = FoundRecord<Result> | FoundDamage;

export interface ScanOptions {
  /** Whether to look into folders of records that are links. */
  readonly followsLinks: boolean;
}

/**
 * Reads all records in a folder: those in packs, then those in files of their own. A record that is in
 * two files comes twice. A damaged pack comes after those of its records that can be read.
 *
 * @throws {Error} If the system refuses to list a folder.
 */
export async function* scanRecords<Result extends StoredResult>(
  folder: string,
  shape: RecordShape<Result>,
  options: ScanOptions,
): AsyncGenerator<Found<Result>> {
  const names = (await namesIn(folder)).sort();
  for (const name of names) {
    if (TEMPORARY.test(name)) yield* scanWaste(join(folder, name));
  }
  for (const name of ["packs", ...names.filter((name) => FOLDER.test(name))]) {
    const path = join(folder, name);
    const facts = options.followsLinks ? lookAtTarget(path) : lookAt(path);
    if (!facts || facts.isSymlink) continue;
    if (!facts.isDirectory) {
      yield damageOf("obstacle", path, "it has the name of a folder of records, and is none");
      continue;
    }
    for (const file of (await namesIn(path)).sort()) {
      const its = join(path, file);
      if (ASIDE.test(file) || TEMPORARY.test(file)) yield* scanWaste(its);
      else if (name === "packs") {
        if (PACK.test(file)) yield* scanPack(its, shape);
      } else if (RECORD.test(file)) {
        yield* scanFile(its, name + file.slice(0, -".json".length), shape);
      }
    }
  }
}

/** Reads the records of one pack; if it is damaged, the last that comes says so. */
export async function* scanPack<Result extends StoredResult>(
  path: string,
  shape: RecordShape<Result>,
): AsyncGenerator<Found<Result>> {
  const ageSeconds = ageOf(path);
  let problem: string | undefined;
  try {
    using file = await PartReader.open(path, { maxBytes: SIZE_LIMITS.pack });
    for await (const found of recordsIn(file, shape)) {
      if (typeof found === "string") problem ??= found;
      else yield { kind: "record", ...found, path, isPacked: true, ageSeconds };
    }
  } catch (error) {
    // Another process can have removed it.
    if (error instanceof Deno.errors.NotFound && !lookAt(path)) return;
    problem = systemReason(error);
    if (problem === undefined) throw error;
  }
  if (problem !== undefined) yield damageOf("pack", path, problem);
}

/** The records of a pack, and what is wrong with it. Without an index, they are found by their lines. */
async function* recordsIn<Result extends StoredResult>(
  file: PartReader,
  shape: RecordShape<Result>,
): AsyncGenerator<Pick<FoundRecord<Result>, "record" | "content"> | string> {
  const entries = await readEntries(file);
  if (typeof entries !== "string") {
    for (let entry = 0; entry < entries.count; entry++) {
      const { offset, length } = entries.extentAt(entry);
      const key = entries.keyAt(entry);
      const content = await file.read(offset, length);
      const record = decodeRecord(content, key, shape);
      yield typeof record === "string"
        ? `of its record of run ${key}: ${record}`
        : { record, content };
    }
    return;
  }
  yield entries;
  const seen = new Set<string>();
  for await (const { bytes } of linesOf(file, SIZE_LIMITS.record)) {
    const record = decodeRecord(bytes, undefined, shape);
    if (typeof record === "string" || seen.has(record.key)) continue;
    seen.add(record.key);
    yield { record, content: bytes };
  }
}

async function* scanFile<Result extends StoredResult>(
  path: string,
  key: string,
  shape: RecordShape<Result>,
): AsyncGenerator<Found<Result>> {
  const content = await recordBytes(path);
  // Another process can have packed it meanwhile.
  if (content === undefined) return;
  const record = typeof content === "string" ? content : decodeRecord(content, key, shape);
  if (typeof content === "string" || typeof record === "string") {
    yield damageOf("record file", path, String(record));
  } else yield { kind: "record", record, content, path, isPacked: false, ageSeconds: ageOf(path) };
}

function* scanWaste(path: string): Generator<FoundDamage> {
  if (ASIDE.test(basename(path))) {
    yield damageOf("waste", path, "a sweep found it damaged and moved it aside");
  } else if (ageOf(path) > STALE_SECONDS) {
    yield damageOf("waste", path, "a process that was killed left it behind");
  }
}

function damageOf(kind: FoundDamage["kind"], path: string, reason: string): FoundDamage {
  const facts = lookAt(path);
  return { kind, path, reason, bytes: facts?.isFile ? facts.size : 0, ageSeconds: ageOf(path) };
}

function ageOf(path: string): number {
  const facts = lookAt(path);
  return facts ? secondsSinceTouched(facts) : 0;
}
