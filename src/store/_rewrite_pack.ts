import { basename, dirname, join } from "node:path";
import { lookAt, setTime, touchedAt } from "../files/facts.ts";
import { removeIfThere } from "../files/write_file.ts";
import { type PackedFile, Packs } from "./_packs.ts";
import type { RecordShape } from "./_record_shapes.ts";
import { scanPack } from "./_scan_records.ts";
import type { StoredResult } from "./run_record.ts";

/**
 * Replaces a pack by one with some of its records, as old as it was, or by none if there are no such
 * records. The old one goes when the new one has reached the disk: if this is interrupted, every record
 * is in one of them or in both.
 *
 * @param keeps Whether to keep the record of a key.
 * @returns Whether the old pack is gone.
 * @throws {Error} If the system refuses to write.
 */
export async function rewritePack<Result extends StoredResult>(
  path: string,
  shape: RecordShape<Result>,
  keeps: (key: string) => boolean,
): Promise<boolean> {
  const folder = dirname(path);
  const before = lookAt(path);
  const packs = new Packs(folder, { shape, onProblem: () => {} });
  const written = await packs.write(kept());
  if (written && before) setTime(join(folder, written.name), touchedAt(before));
  // If its index alone was damaged, the new one has its name, and has replaced it.
  return written?.name === basename(path) || removeIfThere(path);

  async function* kept(): AsyncGenerator<PackedFile> {
    for await (const found of scanPack(path, shape)) {
      if (found.kind !== "record" || !keeps(found.record.key)) continue;
      yield { key: found.record.key, bytes: found.content };
    }
  }
}
