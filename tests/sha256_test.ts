import { assertEquals } from "@std/assert";
import { sha256 } from "../src/sha256.ts";

Deno.test("sha256() gives the digests of FIPS 180-2", async () => {
  const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  assertEquals(await sha256("abc"), abc);
  assertEquals(await sha256(Uint8Array.of(0x61, 0x62, 0x63)), abc);
});

Deno.test("sha256() takes a text's UTF-8 bytes", async () => {
  assertEquals(await sha256("é"), await sha256(Uint8Array.of(0xc3, 0xa9)));
});
