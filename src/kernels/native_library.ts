import { fileURLToPath } from "node:url";
import { namesInSync } from "../files/folders.ts";
import { readOwnFileSync } from "../files/read_file.ts";
import { removeIfThere } from "../files/write_file.ts";
import { sha256 } from "../sha256.ts";
import type { VectorBits } from "./native_kernels.ts";
import { NATIVE_OPTIONS, NATIVE_WIDTHS } from "./native_options.ts";

const SOURCE = new URL("./native/", import.meta.url);

/** The only folder that native kernels are loaded from; what is in it can be compiled again. */
export const NATIVE_FOLDER = fileURLToPath(new URL("./build/", SOURCE));

const EXTENSIONS: Partial<Record<string, string>> = { darwin: "dylib", linux: "so" };

/** The extension of a native library's name on this system; undefined where none can be compiled. */
export const LIBRARY_EXTENSION = EXTENSIONS[Deno.build.os];

/** A library that was found to give the right bits, and the width of the vectors that it uses. */
export interface NativeKernels {
  readonly path: string;
  readonly bits: VectorBits;
}

/** The name of the library that a compiler makes of the native kernels' source. */
export function libraryName(
  sourceChecksum: string,
  compilerChecksum: string,
  target: string,
): string {
  const start = startOfName(sourceChecksum, target);
  return `${start}${compilerChecksum.slice(0, 16)}.${LIBRARY_EXTENSION}`;
}

function startOfName(sourceChecksum: string, target: string): string {
  return `${target}-${sourceChecksum.slice(0, 16)}-`;
}

/** SHA-256 of the native kernels' source files and of how and for what they are compiled, in hex. */
export async function nativeSourceChecksum(target: string = Deno.build.target): Promise<string> {
  const texts = sourceFiles().map((name) => {
    return [name, new TextDecoder().decode(readOwnFileSync(new URL(name, SOURCE)))];
  });
  return await sha256(JSON.stringify([target, NATIVE_OPTIONS, NATIVE_WIDTHS, texts]));
}

function sourceFiles(): string[] {
  return namesInSync(fileURLToPath(SOURCE)).filter((name) => /\.[ch]$/.test(name)).sort();
}

/** The library that was compiled from the native kernels' source as it is now, if there is one. */
export async function findNativeLibrary(): Promise<string | undefined> {
  const names = builtLibraries();
  // Most commands find none, and need not read the source.
  if (names.length === 0) return undefined;
  const start = startOfName(await nativeSourceChecksum(), Deno.build.target);
  const name = names.find((name) => name.startsWith(start));
  return name === undefined ? undefined : `${NATIVE_FOLDER}${name}`;
}

/** Removes all libraries for this system but one: older source or another compiler made them. */
export function removeOtherLibraries(path: string): void {
  const others = builtLibraries().map((name) => `${NATIVE_FOLDER}${name}`);
  for (const other of others) if (other !== path) removeIfThere(other);
}

/** The names of the libraries for this system. */
function builtLibraries(): string[] {
  return namesInSync(NATIVE_FOLDER).filter((name) => {
    return name.startsWith(`${Deno.build.target}-`) && name.endsWith(`.${LIBRARY_EXTENSION}`);
  }).sort();
}
