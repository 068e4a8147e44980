import { isRecord } from "./_result_json.ts";

/** A named tensor, row-major. */
export interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: TensorData;
}

export type TensorData = Float32Array | Float64Array | Int32Array | Uint8Array;

/** The content of a safetensors file. */
export interface TensorFile {
  /** In the order of their bytes. */
  readonly tensors: readonly Tensor[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** How the names of such files end. */
export const SAFETENSORS_ENDING = ".safetensors";

const METADATA = "__metadata__";
/** How many bytes the header's length takes; the data begins at a multiple of that. */
const WORD = 8;

/** The arrays of each type, by its name in files. */
const TYPES = { F32: Float32Array, F64: Float64Array, I32: Int32Array, U8: Uint8Array } as const;

type TypeName = keyof typeof TYPES;

/**
 * A safetensors file: the header's length as a little-endian u64, the header in JSON padded with
 * spaces to a multiple of 8, then the tensors' bytes, little-endian, one after another.
 *
 * The header begins with the metadata.
 *
 * Source: the safetensors README, section "Format".
 */
export function safetensors(
  tensors: readonly Tensor[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  let dataBytes = 0;
  // An object would not keep the order of names that are numbers.
  const members = [member(METADATA, metadata)];
  for (const { name, shape, data } of tensors) {
    const end = dataBytes + data.byteLength;
    members.push(member(name, { dtype: typeOf(data), shape, data_offsets: [dataBytes, end] }));
    dataBytes = end;
  }
  const json = new TextEncoder().encode(`{${members.join()}}`);
  const headerBytes = Math.ceil(json.length / WORD) * WORD;
  const file = new Uint8Array(WORD + headerBytes + dataBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true);
  file.set(json, WORD);
  file.fill(" ".charCodeAt(0), WORD + json.length, WORD + headerBytes);
  let position = WORD + headerBytes;
  for (const { data } of tensors) {
    // The platforms that Deno runs on are all little-endian.
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), position);
    position += data.byteLength;
  }
  return file;
}

function member(name: string, value: unknown): string {
  return `${JSON.stringify(name)}:${JSON.stringify(value)}`;
}

function typeOf(data: TensorData): TypeName {
  if (data instanceof Float32Array) return "F32";
  if (data instanceof Float64Array) return "F64";
  return data instanceof Int32Array ? "I32" : "U8";
}

/** Reads a safetensors file of these types; returns the reason if it is not valid. */
export function readSafetensors(file: Uint8Array<ArrayBuffer>): TensorFile | string {
  if (file.length < WORD) return "it is incomplete";
  const headerBytes = new DataView(file.buffer, file.byteOffset).getBigUint64(0, true);
  if (headerBytes > BigInt(file.length - WORD)) return "it is incomplete";
  const data = file.subarray(WORD + Number(headerBytes));
  const header = parseObject(file.subarray(WORD, WORD + Number(headerBytes)));
  if (!header) return "its header is not a JSON object";
  const { [METADATA]: metadata = {}, ...entries } = header;
  if (!isRecord(metadata) || !Object.values(metadata).every((text) => typeof text === "string")) {
    return "its metadata are not texts";
  }
  const described = Object.entries(entries).map(([name, entry]) => describedTensor(name, entry));
  if (!described.every((tensor) => tensor !== undefined)) {
    return "its header has a tensor that is wrong";
  }
  described.sort((a, b) => a.start - b.start || a.end - b.end);
  let end = 0;
  for (const tensor of described) {
    if (tensor.start !== end) return "its tensors do not follow one another";
    end = tensor.end;
  }
  if (end !== data.length) return "its tensors do not end where it ends";
  const tensors = described.map(({ name, shape, type, start, end }): Tensor => {
    return { name, shape, data: new TYPES[type](data.slice(start, end).buffer) };
  });
  return { tensors, metadata: metadata as Readonly<Record<string, string>> };
}

/** A tensor as the header describes it; undefined if that is wrong. */
function describedTensor(name: string, entry: unknown) {
  if (!isRecord(entry)) return undefined;
  const { dtype, shape, data_offsets: offsets } = entry;
  if (typeof dtype !== "string" || !Object.hasOwn(TYPES, dtype)) return undefined;
  if (!isSizes(shape) || !isSizes(offsets) || offsets.length !== 2) return undefined;
  const type = dtype as TypeName;
  const [start, end] = offsets;
  const bytes = shape.reduce((product, size) => product * size, TYPES[type].BYTES_PER_ELEMENT);
  return end - start === bytes ? { name, shape, type, start, end } : undefined;
}

function isSizes(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function parseObject(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return isRecord(value) ? value : undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
    return undefined;
  }
}
