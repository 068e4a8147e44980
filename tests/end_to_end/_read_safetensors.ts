/** What a file holds, read by the format's definition alone. */
export interface Safetensors {
  readonly tensors: Record<string, { shape: number[]; data: Float32Array | Int32Array }>;
  readonly metadata: Record<string, string>;
}

export function readSafetensors(file: Uint8Array<ArrayBuffer>): Safetensors {
  const headerBytes = Number(new DataView(file.buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + headerBytes)));
  const { __metadata__: metadata, ...entries } = header;
  const data = file.buffer.slice(8 + headerBytes);
  const tensors = Object.entries<{ dtype: string; shape: number[]; data_offsets: number[] }>(
    entries,
  )
    .map(([name, { dtype, shape, data_offsets: [start, end] }]) => {
      const bytes = data.slice(start, end);
      return [name, {
        shape,
        data: dtype === "F32" ? new Float32Array(bytes) : new Int32Array(bytes),
      }];
    });
  return { tensors: Object.fromEntries(tensors), metadata };
}
