import { sha256 } from "../sha256.ts";
import { restoreResult, resultJson } from "./_result_json.ts";
import type { RunRecord, StoredResult } from "./run_record.ts";

/** Part of every record, for whoever changes what is in it. */
const FORMAT = 1;
/** The checksum, in hex, is over the bytes of the record as they are in the file. */
const FILE = /^\{"checksum":"([0-9a-f]{64})","record":(.*)\}\n$/s;
/** Few records hold any, and to look at every member for them takes longer than parsing. */
const NOT_FINITE = /"(NaN|-?Infinity)"/;

/** The bytes of a record's file. */
export async function encodeRecord(
  { key, identity, result }: RunRecord<StoredResult>,
): Promise<Uint8Array<ArrayBuffer>> {
  const record = resultJson({ format: FORMAT, key, identity, result });
  const text = `{"checksum":"${await sha256(record)}","record":${record}}\n`;
  return new TextEncoder().encode(text);
}

/** The record in a file's bytes, or what is wrong with it as the record of `key`. */
export async function decodeRecord<Result extends StoredResult>(
  bytes: Uint8Array<ArrayBuffer>,
  key: string,
): Promise<RunRecord<Result> | string> {
  const [, checksum, json] = new TextDecoder().decode(bytes).match(FILE) ?? [];
  if (json === undefined) return "it is not whole";
  if (await sha256(json) !== checksum) return "its checksum is wrong";
  const record = JSON.parse(json) as RunRecord<Result> & { format: unknown };
  if (record.format !== FORMAT) return `its format is ${record.format}, not ${FORMAT}`;
  if (record.key !== key) return `it is the record of run ${record.key}`;
  const result = restoreResult(record.result, NOT_FINITE.test(json));
  return { key, identity: record.identity, result };
}
