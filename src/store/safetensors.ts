/** A named tensor, row-major. */
export interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array | Int32Array;
}

/**
 * A safetensors file: the header's length as a little-endian u64, the header in JSON padded with
 * spaces to a multiple of 8, then the tensors' bytes, little-endian, one after another.
 *
 * Source: the safetensors README, section "Format".
 */
export function safetensors(
  tensors: readonly Tensor[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let dataBytes = 0;
  for (const { name, shape, data } of tensors) {
    header[name] = {
      dtype: dtypeOf(data),
      shape,
      data_offsets: [dataBytes, dataBytes + data.byteLength],
    };
    dataBytes += data.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const headerBytes = Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(8 + headerBytes + dataBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true);
  file.fill(" ".charCodeAt(0), 8, 8 + headerBytes);
  file.set(json, 8);
  let position = 8 + headerBytes;
  for (const { data } of tensors) {
    // The platforms that Deno runs on are all little-endian.
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), position);
    position += data.byteLength;
  }
  return file;
}

function dtypeOf(data: Tensor["data"]): "F32" | "F64" | "I32" {
  if (data instanceof Float32Array) return "F32";
  return data instanceof Float64Array ? "F64" : "I32";
}
