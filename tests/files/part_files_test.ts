import { assertEquals, assertRejects } from "@std/assert";
import { FileError } from "../../src/files/file_error.ts";
import { FileWriter } from "../../src/files/file_writer.ts";
import { PartReader } from "../../src/files/part_reader.ts";
import { sha256 } from "../../src/sha256.ts";
import { inFolder } from "../_in_folder.ts";

/** Bytes that say where they are. */
function bytesOf(length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, index) => index * 7 + (index >> 8));
}

Deno.test("FileWriter writes pieces of all sizes, and PartReader reads parts of them", () =>
  inFolder(async (folder) => {
    const all = bytesOf(1_500_000);
    await Deno.writeTextFile(`${folder}/a`, "before");
    {
      using file = await FileWriter.create(`${folder}/a`);
      for (let begin = 0, size = 0; begin < all.length; begin += size) {
        size = Math.min(2 * size + 1, 700_000);
        await file.write(all.subarray(begin, begin + size));
      }
      assertEquals(file.size, all.length);
      assertEquals(await file.end(), await sha256(all));
      assertEquals(await Deno.readTextFile(`${folder}/a`), "before");
      await file.name(`${folder}/a`);
    }
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["a"]);
    using file = await PartReader.open(`${folder}/a`, { maxBytes: 2 ** 30 });
    assertEquals(file.size, all.length);
    for (const [offset, length] of [[1_400_000, 1000], [0, 10], [5, 900_000], [1_499_990, 99]]) {
      assertEquals(await file.read(offset, length), all.slice(offset, offset + length));
    }
    assertEquals((await file.read(2_000_000, 5)).length, 0);
  }));

Deno.test("FileWriter leaves nothing without a name", () =>
  inFolder(async (folder) => {
    {
      using file = await FileWriter.create(`${folder}/a`);
      await file.write("text");
    }
    assertEquals([...Deno.readDirSync(folder)], []);
  }));

Deno.test("PartReader opens files only", () =>
  inFolder(async (folder) => {
    await assertRejects(() => PartReader.open(folder, { maxBytes: 1 }), FileError);
    await Deno.writeTextFile(`${folder}/a`, "text");
    await assertRejects(() => PartReader.open(`${folder}/a`, { maxBytes: 3 }), FileError);
  }));
