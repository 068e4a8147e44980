import { fileURLToPath } from "node:url";
import { namesInSync } from "../files/folders.ts";
import { readFileSync } from "../files/read_file.ts";
import { SIZE_LIMITS } from "../files/size_limits.ts";
import { sha256 } from "../sha256.ts";
import { NATIVE_OPTIONS, NATIVE_WIDTHS } from "./native_options.ts";

const SOURCE = new URL("./native/", import.meta.url);

/** The only folder that native kernels are loaded from; what is in it can be compiled again. */
export const NATIVE_FOLDER = fileURLToPath(new URL("./build/", SOURCE));

const EXTENSIONS: Partial<Record<string, string>> = { darwin: "dylib", linux: "so" };

/** How a library of native kernels ends on this system; absent where none can be compiled. */
export const LIBRARY_EXTENSION = EXTENSIONS[Deno.build.os];

/** The name of the library that a compiler makes of the native kernels' source. */
export function libraryName(sourceChecksum: string, compilerChecksum: string): string {
  return `${sourceChecksum.slice(0, 16)}-${compilerChecksum.slice(0, 16)}.${LIBRARY_EXTENSION}`;
}

/** SHA-256 of the native kernels' source files and of how and for what they are compiled, in hex. */
export async function nativeSourceChecksum(target: string = Deno.build.target): Promise<string> {
  const texts = sourceFiles().map((name) => {
    const bytes = readFileSync(fileURLToPath(new URL(name, SOURCE)), { maxBytes: SIZE_LIMITS.own });
    return [name, new TextDecoder().decode(bytes)];
  });
  return await sha256(JSON.stringify([target, NATIVE_OPTIONS, NATIVE_WIDTHS, texts]));
}

function sourceFiles(): string[] {
  return namesInSync(fileURLToPath(SOURCE)).filter((name) => /\.[ch]$/.test(name)).sort();
}

/** The library that was compiled from the native kernels' source as it is now, if there is one. */
export async function findNativeLibrary(): Promise<string | undefined> {
  const start = `${(await nativeSourceChecksum()).slice(0, 16)}-`;
  const name = builtLibraries().find((name) => {
    return name.startsWith(start) && name.endsWith(`.${LIBRARY_EXTENSION}`);
  });
  return name === undefined ? undefined : `${NATIVE_FOLDER}${name}`;
}

function builtLibraries(): string[] {
  try {
    return namesInSync(NATIVE_FOLDER).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
