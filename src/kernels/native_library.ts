import { fileURLToPath } from "node:url";
import { namesInSync } from "../files/folders.ts";
import { readOwnFileSync } from "../files/read_file.ts";
import { removeIfThere } from "../files/write_file.ts";
import { sha256 } from "../sha256.ts";
import { NATIVE_OPTIONS, NATIVE_WIDTHS, type VectorBits } from "./native_options.ts";

const SOURCE = new URL("./native/", import.meta.url);

let folder = fileURLToPath(new URL("./build/", SOURCE));

/** The only folder that native kernels are loaded from; what is in it can be compiled again. */
export function nativeFolder(): string {
  return folder;
}

/** Keeps native kernels in another folder than that of their source, which may not be writable. */
export function useNativeFolder(path: string): void {
  folder = path.endsWith("/") ? path : `${path}/`;
}

const EXTENSIONS: Partial<Record<string, string>> = { darwin: "dylib", linux: "so" };

/** The extension of a native library's name on this system; undefined where none can be compiled. */
export const LIBRARY_EXTENSION = EXTENSIONS[Deno.build.os];

/** A library of native kernels, and the width of the vectors that it uses. */
export interface NativeKernels {
  readonly path: string;
  readonly bits: VectorBits;
}

/** What a library is made for and of; checksums are in hex. */
interface LibraryParts {
  readonly target: string;
  /** Of the source. */
  readonly source: string;
  readonly bits: VectorBits;
  /** Of the compiler. */
  readonly compiler: string;
}

/** The name of the library that a compiler makes of the native kernels' source for one width. */
export function libraryName({ target, source, bits, compiler }: LibraryParts): string {
  return `${target}-${source.slice(0, 16)}-${bits}-${compiler.slice(0, 16)}.${LIBRARY_EXTENSION}`;
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

/**
 * The libraries that were compiled from the native kernels' source as it is now, that of the widest
 * vectors first. Some may be for wider vectors than this processor has: machines can share the folder.
 */
export async function findNativeLibraries(): Promise<readonly NativeKernels[]> {
  const libraries = builtLibraries();
  // Most commands find none, and need not read the source.
  if (libraries.length === 0) return [];
  const present = (await nativeSourceChecksum()).slice(0, 16);
  return libraries.flatMap(({ path, source, bits }) => {
    return source === present && bits !== undefined ? [{ path, bits }] : [];
  }).sort((a, b) => b.bits - a.bits);
}

/**
 * Removes the libraries for this system that the given ones replace: those of older source, and those
 * of the same width that another compiler made.
 */
export function removeReplacedLibraries(libraries: readonly NativeKernels[]): void {
  const built = builtLibraries();
  const kept = built.filter(({ path }) => libraries.some((library) => library.path === path));
  for (const { path, source, bits } of built) {
    const isReplaced = kept.every((library) => library.path !== path) &&
      kept.some((library) => library.source !== source || library.bits === bits);
    if (isReplaced) removeIfThere(path);
  }
}

interface BuiltLibrary extends Pick<LibraryParts, "source"> {
  readonly path: string;
  /** Absent from what earlier versions compiled: one library for all widths. */
  readonly bits?: VectorBits;
}

/** The libraries for this system, in the order of their names. */
function builtLibraries(): BuiltLibrary[] {
  const start = `${Deno.build.target}-`;
  return namesInSync(folder).sort().flatMap((name) => {
    if (!name.startsWith(start)) return [];
    const parts = name.slice(start.length).match(/^(\w+)-(?:(128|256|512)-)?\w+\.(\w+)$/);
    if (!parts || parts[3] !== LIBRARY_EXTENSION) return [];
    const [, source, width] = parts;
    const bits = width === undefined ? undefined : Number(width) as VectorBits;
    return [{ path: `${folder}${name}`, source, bits }];
  });
}
