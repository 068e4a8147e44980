import { assertEquals, assertThrows } from "@std/assert";
import { FileError } from "../../../src/files/file_error.ts";
import { safetensors } from "../../../src/store/safetensors.ts";
import { parseParameters } from "../../../src/trainers/command/read_parameters.ts";

/** A file with a header, and some bytes behind it. */
function fileOf(header: unknown, data: readonly number[] = []): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(
    typeof header === "string" ? header : JSON.stringify(header),
  );
  const bytes = new Uint8Array(8 + json.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(data, 8 + json.length);
  return bytes;
}

/** The only value of a file with one number of a type. */
function valueOf(dtype: string, data: readonly number[]): number {
  const described = { dtype, shape: [], data_offsets: [0, data.length] };
  return parseParameters(fileOf({ x: described }, data))[0].values[0];
}

Deno.test("parseParameters() reads what safetensors() writes, in the order of names", () => {
  const written = safetensors([
    { name: "b.weight", shape: [2, 2], data: Float32Array.of(1, -0, NaN, 0.1) },
    { name: "a", shape: [3], data: Float64Array.of(1e300, -Infinity, 0.1) },
    { name: "c", shape: [0], data: Int32Array.of() },
  ], { any: "text" });
  assertEquals(parseParameters(written), [
    { name: "a", shape: [3], values: Float64Array.of(1e300, -Infinity, 0.1) },
    { name: "b.weight", shape: [2, 2], values: Float32Array.of(1, -0, NaN, 0.1) },
    { name: "c", shape: [0], values: Float64Array.of() },
  ]);
});

Deno.test("parseParameters() reads numbers of every usual type", () => {
  assertEquals(valueOf("F16", [0x00, 0x3e]), 1.5);
  assertEquals(valueOf("BF16", [0xc0, 0x3f]), 1.5);
  assertEquals(valueOf("I64", [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]), -2);
  assertEquals(valueOf("U64", [2, 0, 0, 0, 0, 0, 0, 0]), 2);
  assertEquals(valueOf("I32", [0xfe, 0xff, 0xff, 0xff]), -2);
  assertEquals(valueOf("U32", [0xff, 0xff, 0xff, 0xff]), 2 ** 32 - 1);
  assertEquals(valueOf("I16", [0xfe, 0xff]), -2);
  assertEquals(valueOf("U16", [0xff, 0xff]), 65_535);
  assertEquals(valueOf("I8", [0xfe]), -2);
  assertEquals([valueOf("U8", [255]), valueOf("BOOL", [1])], [255, 1]);
});

Deno.test("parseParameters() says what is wrong with a file", () => {
  const problemOf = (bytes: Uint8Array<ArrayBuffer>) => {
    return assertThrows(() => parseParameters(bytes), FileError).message;
  };
  const array = (members: object) => {
    return fileOf({ x: { dtype: "F32", shape: [1], data_offsets: [0, 4], ...members } }, [
      0,
      0,
      0,
      0,
    ]);
  };
  const none = "it is no safetensors file";
  assertEquals(problemOf(new Uint8Array()), none);
  assertEquals(problemOf(new Uint8Array(8)), none);
  assertEquals(problemOf(new Uint8Array(20).fill(255)), none);
  assertEquals(problemOf(fileOf("{")), `${none}: its header is no JSON object`);
  assertEquals(problemOf(fileOf("[]")), `${none}: its header is no JSON object`);
  assertEquals(problemOf(fileOf("\ufffd{}")), `${none}: its header is no JSON object`);
  assertEquals(
    problemOf(array({ dtype: "F8_E4M3" })),
    '"x" has the type F8_E4M3, which regsweep does not read',
  );
  assertEquals(
    problemOf(array({ dtype: "toString" })),
    '"x" has the type toString, which regsweep does not read',
  );
  assertEquals(problemOf(array({ shape: [-1] })), '"x" has no shape or no data_offsets');
  assertEquals(problemOf(array({ data_offsets: [0] })), '"x" has no shape or no data_offsets');
  const other = '"x" has other data_offsets than its shape needs';
  assertEquals(problemOf(array({ shape: [2] })), other);
  assertEquals(problemOf(array({ shape: [2 ** 50] })), other);
  assertEquals(problemOf(array({ data_offsets: [4, 8] })), other);
  assertEquals(
    problemOf(fileOf({ x: 5 })),
    '"x" has the type undefined, which regsweep does not read',
  );
});
