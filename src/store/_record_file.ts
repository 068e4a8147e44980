import { hash } from "node:crypto";
import { type RecordShape, shapeProblem } from "./_record_shapes.ts";
import { isRecord, restoreResult, resultJson } from "./_result_json.ts";
import type { RunRecord, StoredResult } from "./run_record.ts";

/** Format number in every record; increase it when the content of records changes. */
const FORMAT = 1;
/** The checksum, in hex, covers the bytes of the record as in the file. */
const START = /^(\{"checksum":"([0-9a-f]{64})","record":)/;
const END = "}\n";
const KEY = /^[0-9a-f]{64}$/;
/** Few records contain these, and checking every member for them takes longer than parsing. */
const NOT_FINITE = /"(NaN|-?Infinity)"/;

/** Encodes a record as the bytes of its file. */
export function encodeRecord(
  { key, identity, result }: RunRecord<StoredResult>,
): Uint8Array<ArrayBuffer> {
  const record = resultJson({ format: FORMAT, key, identity, result });
  const text = `{"checksum":"${hash("sha256", record, "hex")}","record":${record}}\n`;
  return new TextEncoder().encode(text);
}

/**
 * Decodes a record from a file's bytes; returns the reason if it is not valid.
 *
 * @param expected The key that it must have; any key is accepted if not given.
 */
export function decodeRecord<Result extends StoredResult>(
  bytes: Uint8Array<ArrayBuffer>,
  expected: string | undefined,
  shape: RecordShape<Result>,
): RunRecord<Result> | string {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const [, start, checksum] = text.match(START) ?? [];
  if (start === undefined || !text.endsWith(END)) return "it is incomplete";
  // Thousands are read at once: hashing each in another thread would take longer.
  const found = hash("sha256", bytes.subarray(start.length, -END.length), "hex");
  if (found !== checksum) return "its checksum is wrong";
  const json = text.slice(start.length, -END.length);
  const record = parseJson(json);
  if (!isRecord(record)) return "it is not a JSON object";
  const { format, key, identity } = record;
  if (format !== FORMAT) return `its format is not ${FORMAT}`;
  if (typeof key !== "string") return "it has no key";
  if (expected === undefined ? !KEY.test(key) : key !== expected) {
    return `it is the record of run ${key}`;
  }
  const result = restoreResult(record.result, NOT_FINITE.test(json));
  const restored = { key, identity, result };
  return shapeProblem(restored, shape) ?? restored as unknown as RunRecord<Result>;
}

/** `undefined` if a text is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}
