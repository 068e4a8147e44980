import { assertEquals } from "@std/assert";
import { safetensors } from "../../src/store/safetensors.ts";

Deno.test("safetensors() writes length, padded header and little-endian data", () => {
  const file = safetensors([
    { name: "a", shape: [1, 2], data: Float32Array.of(1, -2) },
    { name: "b", shape: [3], data: Int32Array.of(9, 1, 2, 3).subarray(1) },
  ], { mean: "[0.5]" });
  const view = new DataView(file.buffer);
  const headerBytes = Number(view.getBigUint64(0, true));
  const header = new TextDecoder().decode(file.subarray(8, 8 + headerBytes));
  assertEquals(headerBytes % 8, 0);
  assertEquals(JSON.parse(header), {
    ["__metadata__"]: { mean: "[0.5]" },
    a: { dtype: "F32", shape: [1, 2], ["data_offsets"]: [0, 8] },
    b: { dtype: "I32", shape: [3], ["data_offsets"]: [8, 20] },
  });
  const data = 8 + headerBytes;
  assertEquals([view.getFloat32(data, true), view.getFloat32(data + 4, true)], [1, -2]);
  assertEquals([0, 4, 8].map((at) => view.getInt32(data + 8 + at, true)), [1, 2, 3]);
  assertEquals(file.length, data + 20);
});
