import { assertEquals } from "@std/assert";
import { readByteCount } from "../src/byte_count.ts";

Deno.test("readByteCount() reads decimal and binary units", () => {
  const counts = {
    "0": 0,
    "0GB": 0,
    "500MB": 500_000_000,
    "2GiB": 2 ** 31,
    "1.5 gib": 1.5 * 2 ** 30,
    "0.001kB": 1,
    "3TiB": 3 * 2 ** 40,
  };
  for (const [text, bytes] of Object.entries(counts)) {
    assertEquals(readByteCount(text), bytes, text);
  }
});

Deno.test("readByteCount() says what is wrong", () => {
  const what = "it must be a number of bytes with its unit, such as 500MB or 2GiB, or 0";
  const reasons = {
    "": what,
    "-1GB": what,
    "GB": what,
    "1e9": what,
    "2 of them": what,
    "500": `${what}; did you mean 500MB or 500GB?`,
    "2g": `${what}; did you mean 2GB or 2GiB?`,
    "2Gb/s": what,
    "99999999TB": "no disk has so many bytes",
  };
  for (const [text, reason] of Object.entries(reasons)) {
    assertEquals(readByteCount(text), reason, text);
  }
});
