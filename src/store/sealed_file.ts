import { hash } from "node:crypto";
import { sha256 } from "../sha256.ts";
import { readSafetensors, safetensors, type Tensor } from "./safetensors.ts";

/** Facts about tensors by name: anything that JSON has. */
export type Facts = Readonly<Record<string, unknown>>;

const HASH_LENGTH = 64;
/** Where the header begins: after the eight bytes that say how long it is. */
const HEADER_AT = 8;
/** How the header begins. */
const START = new TextEncoder().encode('{"__metadata__":{"checksum":"\\"');
const CHECKSUM_AT = HEADER_AT + START.length;
/** Up to this size, hashing a file here is faster than handing it to another thread. */
const SMALL_BYTES = 2 ** 20;

/**
 * A safetensors file that shows whether it is whole: the first of its metadata, `checksum`, is the
 * SHA-256 of the file with 64 zeros in place of the checksum. Each metadata value is JSON.
 */
export async function sealedFile(
  tensors: readonly Tensor[],
  facts: Facts,
): Promise<Uint8Array<ArrayBuffer>> {
  const all = Object.entries({ checksum: "0".repeat(HASH_LENGTH), ...facts });
  const metadata = Object.fromEntries(all.map(([name, fact]) => [name, JSON.stringify(fact)]));
  const file = safetensors(tensors, metadata);
  file.set(new TextEncoder().encode(await checksumOf(file)), CHECKSUM_AT);
  return file;
}

/** Reads a file that `sealedFile()` made; returns the reason if it is another, or not whole. */
export async function openSealed(
  file: Uint8Array<ArrayBuffer>,
): Promise<{ readonly tensors: readonly Tensor[]; readonly facts: Facts } | string> {
  if (START.some((byte, index) => file[HEADER_AT + index] !== byte)) {
    return typeof readSafetensors(file) === "string"
      ? "it is incomplete, or not a safetensors file"
      : "it is not of regsweep, which begins its safetensors files with a checksum";
  }
  const digits = file.subarray(CHECKSUM_AT, CHECKSUM_AT + HASH_LENGTH);
  const found = digits.slice();
  digits.fill("0".charCodeAt(0));
  const checksum = await checksumOf(file);
  digits.set(found);
  if (checksum !== new TextDecoder().decode(found)) return "its checksum is wrong";
  const read = readSafetensors(file);
  if (typeof read === "string") return read;
  try {
    const facts = Object.entries(read.metadata).map(([name, text]) => [name, JSON.parse(text)]);
    return { tensors: read.tensors, facts: Object.fromEntries(facts) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return "its metadata are not JSON";
  }
}

async function checksumOf(file: Uint8Array<ArrayBuffer>): Promise<string> {
  return file.length > SMALL_BYTES ? await sha256(file) : hash("sha256", file, "hex");
}
