import { fileURLToPath } from "node:url";
import { checkFacts } from "./_check_facts.ts";
import { Reading } from "./_reading.ts";
import { realPathWithin } from "./_real_path_within.ts";
import { SIZE_LIMITS } from "./size_limits.ts";

export interface ReadOptions {
  /** The most bytes that the file may have; `SIZE_LIMITS` has those of each kind of file. */
  readonly maxBytes: number;
  /**
   * A folder that the file must be in after all symbolic links are followed. Without it, links may
   * lead anywhere.
   */
  readonly within?: string;
}

/** Files of at most so many bytes are opened and read without waiting, which is faster. */
const SMALL_BYTES = 2 ** 16;

/**
 * Reads a regular file.
 *
 * @throws {FileError} If it is a device, a pipe, a folder or the like, is too large, or leads out of
 * the folder `within`.
 * @throws {Error} If the system refuses; `systemReason()` knows why.
 */
export async function readFile(
  path: string,
  options: ReadOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const real = resolve(path, options);
  // Not waited for either: to ask another thread takes several times as long.
  const facts = Deno.statSync(real);
  checkFacts(facts, options.maxBytes);
  // Files in /proc have size 0 whatever they contain, and reading one can block.
  if (facts.size > 0 && facts.size <= SMALL_BYTES) return readNow(real, options);
  using file = await openRegular(real, options);
  const reading = new Reading(file.statSync().size, options.maxBytes);
  while (reading.add(await file.read(reading.space())));
  return reading.bytes();
}

/** Like `readFile()`, but nothing can interrupt it: for small files. */
export function readFileSync(path: string, options: ReadOptions): Uint8Array<ArrayBuffer> {
  const real = resolve(path, options);
  checkFacts(Deno.statSync(real), options.maxBytes);
  return readNow(real, options);
}

/** Reads what was a regular file a moment ago. */
function readNow(real: string, { maxBytes }: ReadOptions): Uint8Array<ArrayBuffer> {
  using file = Deno.openSync(real);
  const facts = file.statSync();
  checkFacts(facts, maxBytes);
  const reading = new Reading(facts.size, maxBytes);
  while (reading.add(file.readSync(reading.space())));
  return reading.bytes();
}

/** Like `readFile()`, as text. Bytes that are not UTF-8 become U+FFFD; a byte-order mark stays. */
export async function readText(path: string, options: ReadOptions): Promise<string> {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(await readFile(path, options));
}

/** Reads a file of regsweep itself, such as the kernels. */
export async function readOwnFile(url: URL): Promise<Uint8Array<ArrayBuffer>> {
  return await readFile(fileURLToPath(url), { maxBytes: SIZE_LIMITS.own });
}

/** Like `readOwnFile()`, without waiting. */
export function readOwnFileSync(url: URL): Uint8Array<ArrayBuffer> {
  return readFileSync(fileURLToPath(url), { maxBytes: SIZE_LIMITS.own });
}

/**
 * Opens a regular file for reading. It can still grow: its reader counts the bytes.
 *
 * @throws {FileError} As `readFile()` does.
 * @throws {Error} If the system refuses.
 */
export async function openFile(path: string, options: ReadOptions): Promise<Deno.FsFile> {
  const real = resolve(path, options);
  // A pipe would block the opening, and a device can act on it.
  checkFacts(await Deno.stat(real), options.maxBytes);
  return await openRegular(real, options);
}

/** Opens what was a regular file a moment ago. */
async function openRegular(real: string, { maxBytes }: ReadOptions): Promise<Deno.FsFile> {
  const file = await Deno.open(real);
  try {
    // Something else can have the name since.
    checkFacts(file.statSync(), maxBytes);
    return file;
  } catch (error) {
    file.close();
    throw error;
  }
}

/**
 * Checks that a path leads to a file that `readFile()` would read, without opening it.
 *
 * @throws {FileError} As `readFile()` does.
 * @throws {Error} If the system refuses.
 */
export async function checkFile(path: string, options: ReadOptions): Promise<void> {
  checkFacts(await Deno.stat(resolve(path, options)), options.maxBytes);
}

function resolve(path: string, { within }: ReadOptions): string {
  return within === undefined ? path : realPathWithin(path, within);
}
