import { FileError } from "../../files/file_error.ts";
import { readFile } from "../../files/read_file.ts";
import { SIZE_LIMITS } from "../../files/size_limits.ts";
import type { GivenArray } from "../given_array.ts";

/** How the numbers of each type are read, and how many bytes one takes. */
const TYPES: Readonly<Record<string, NumberType>> = {
  F64: { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
  F32: { bytes: 4, isSingle: true, read: (view, at) => view.getFloat32(at, true) },
  F16: { bytes: 2, isSingle: true, read: (view, at) => view.getFloat16(at, true) },
  BF16: { bytes: 2, isSingle: true, read: readBfloat16 },
  I64: { bytes: 8, read: (view, at) => Number(view.getBigInt64(at, true)) },
  U64: { bytes: 8, read: (view, at) => Number(view.getBigUint64(at, true)) },
  I32: { bytes: 4, read: (view, at) => view.getInt32(at, true) },
  U32: { bytes: 4, read: (view, at) => view.getUint32(at, true) },
  I16: { bytes: 2, read: (view, at) => view.getInt16(at, true) },
  U16: { bytes: 2, read: (view, at) => view.getUint16(at, true) },
  I8: { bytes: 1, read: (view, at) => view.getInt8(at) },
  U8: { bytes: 1, read: (view, at) => view.getUint8(at) },
  BOOL: { bytes: 1, read: (view, at) => view.getUint8(at) },
};
/** More than any header needs, as the format's own implementation has it. */
const HEADER_BYTES = 100_000_000;

interface NumberType {
  readonly bytes: number;
  /** True if float32 has all of its values. */
  readonly isSingle?: boolean;
  read(view: DataView, at: number): number;
}

/**
 * Reads the arrays of a safetensors file, in the order of their names.
 *
 * Source: the safetensors README, section "Format".
 *
 * @throws {FileError} If it is none.
 * @throws {Error} If the system refuses.
 */
export async function readParameters(path: string): Promise<GivenArray[]> {
  return parseParameters(await readFile(path, { maxBytes: SIZE_LIMITS.program }));
}

/**
 * The arrays of a safetensors file's bytes, in the order of their names.
 *
 * @throws {FileError} If they are none.
 */
export function parseParameters(bytes: Uint8Array<ArrayBuffer>): GivenArray[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerBytes = bytes.length < 8 ? -1 : Number(view.getBigUint64(0, true));
  if (!(headerBytes > 0 && headerBytes <= Math.min(HEADER_BYTES, bytes.length - 8))) {
    throw new FileError("it is no safetensors file");
  }
  const header = parseHeader(bytes.subarray(8, 8 + headerBytes));
  const names = Object.keys(header).filter((name) => name !== "__metadata__").sort();
  const data = new DataView(bytes.buffer, bytes.byteOffset + 8 + headerBytes);
  return names.map((name) => readArray(name, header[name], data));
}

function parseHeader(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const header: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (typeof header === "object" && header !== null && !Array.isArray(header)) {
      return header as Readonly<Record<string, unknown>>;
    }
  } catch (error) {
    // What TextDecoder and JSON throw.
    if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error;
  }
  throw new FileError("it is no safetensors file: its header is no JSON object");
}

function readArray(name: string, described: unknown, data: DataView): GivenArray {
  const quoted = JSON.stringify(name);
  const { dtype, shape, data_offsets: offsets } = Object(described);
  const type = typeof dtype === "string" && Object.hasOwn(TYPES, dtype) ? TYPES[dtype] : undefined;
  if (!type) throw new FileError(`${quoted} has the type ${dtype}, which regsweep does not read`);
  if (!isCounts(shape) || !isCounts(offsets) || offsets.length !== 2) {
    throw new FileError(`${quoted} has no shape or no data_offsets`);
  }
  const length = shape.reduce((product, size) => product * size, 1);
  const [start, end] = offsets;
  if (end - start !== length * type.bytes || end > data.byteLength) {
    throw new FileError(`${quoted} has other data_offsets than its shape needs`);
  }
  const values = type.isSingle ? new Float32Array(length) : new Float64Array(length);
  for (let n = 0; n < length; n++) values[n] = type.read(data, start + n * type.bytes);
  return { name, shape, values };
}

function isCounts(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);
}

/** The upper half of a float32. */
function readBfloat16(view: DataView, at: number): number {
  const bits = new DataView(new ArrayBuffer(4));
  bits.setUint16(2, view.getUint16(at, true), true);
  return bits.getFloat32(0, true);
}
