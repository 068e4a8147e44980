import { readOwnFile } from "../files/read_file.ts";
import { sha256 } from "../sha256.ts";

/** SHA-256 of the committed kernels, in hex. */
export async function kernelsChecksum(): Promise<string> {
  return await sha256(await readOwnFile(new URL("./kernels.wasm", import.meta.url)));
}
