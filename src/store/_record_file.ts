import { sha256 } from "../sha256.ts";
import { restoreResult, resultJson } from "./_result_json.ts";
import type { RunRecord, StoredResult } from "./run_record.ts";

/** Format number in every record; increase it when the content of records changes. */
const FORMAT = 1;
/** The checksum, in hex, covers the bytes of the record as in the file. */
const FILE = /^\{"checksum":"([0-9a-f]{64})","record":(.*)\}\n$/s;
/** Few records contain these, and checking every member for them takes longer than parsing. */
const NOT_FINITE = /"(NaN|-?Infinity)"/;

/** Encodes a record as the bytes of its file. */
export async function encodeRecord(
  { key, identity, result }: RunRecord<StoredResult>,
): Promise<Uint8Array<ArrayBuffer>> {
  const record = resultJson({ format: FORMAT, key, identity, result });
  const text = `{"checksum":"${await sha256(record)}","record":${record}}\n`;
  return new TextEncoder().encode(text);
}

/** Decodes the record of `key` from a file's bytes; returns the reason if it is not valid. */
export async function decodeRecord<Result extends StoredResult>(
  bytes: Uint8Array<ArrayBuffer>,
  key: string,
): Promise<RunRecord<Result> | string> {
  const [, checksum, json] = new TextDecoder().decode(bytes).match(FILE) ?? [];
  if (json === undefined) return "it is incomplete";
  if (await sha256(json) !== checksum) return "its checksum is wrong";
  const record = JSON.parse(json) as RunRecord<Result> & { format: unknown };
  if (record.format !== FORMAT) return `its format is ${record.format}, not ${FORMAT}`;
  if (record.key !== key) return `it is the record of run ${record.key}`;
  const result = restoreResult(record.result, NOT_FINITE.test(json));
  return { key, identity: record.identity, result };
}
