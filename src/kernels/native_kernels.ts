import type { Kernels, Precision } from "./kernels.ts";
import {
  type KernelName,
  NATIVE_PARAMETERS,
  NATIVE_RESULTS,
  type NativeParameter,
} from "./native_parameters.ts";

/** Bits of a vector that native kernels are compiled for. */
export type VectorBits = 128 | 256 | 512;

type Native = (memory: Uint8Array, ...args: number[]) => number;

/** By path, precision and width, what was loaded: binding all functions takes longer than a step. */
const bound = new Map<string, Readonly<Record<string, Native>>>();

/**
 * Kernels that are the library's where it has them, and the given ones elsewhere; all use the given
 * ones' memory.
 *
 * @param bits The vectors' width, if it is not to be the widest that this processor has.
 * @throws {Error} If the library cannot be loaded.
 */
export function nativeKernels(path: string, kernels: Kernels, bits?: VectorBits): Kernels {
  const { precision, memory } = kernels;
  let bytes = new Uint8Array(memory.buffer);
  const library = boundLibrary(path, precision, bits ?? widestVectors(path));
  const natives = Object.entries(library).map(([name, native]) => {
    const kernel = (...args: number[]) => {
      // A view of a memory that has grown since has address 0.
      if (bytes.byteLength === 0) bytes = new Uint8Array(memory.buffer);
      return native(bytes, ...args);
    };
    return [name, kernel];
  });
  return { ...kernels, ...Object.fromEntries(natives) };
}

function boundLibrary(path: string, precision: Precision, width: VectorBits) {
  const key = JSON.stringify([path, precision, width]);
  const known = bound.get(key);
  if (known) return known;
  const symbols: Record<string, Deno.ForeignFunction> = {};
  for (const [name, parameters] of Object.entries(NATIVE_PARAMETERS)) {
    const result = NATIVE_RESULTS[name as KernelName];
    symbols[`${name}_${precision}_${width}`] = {
      parameters: ["buffer", ...parameters.map((parameter) => foreignType(parameter, precision))],
      result: result === undefined ? "void" : foreignType(result, precision),
    };
  }
  const library = Deno.dlopen(path, symbols).symbols as Record<string, Native>;
  const natives = Object.keys(NATIVE_PARAMETERS).map((name) => {
    return [name, library[`${name}_${precision}_${width}`]];
  });
  const named: Readonly<Record<string, Native>> = Object.fromEntries(natives);
  bound.set(key, named);
  return named;
}

/** The widest vectors that this processor and the library have. */
export function widestVectors(path: string): VectorBits {
  const { symbols } = Deno.dlopen(path, { widest: { parameters: [], result: "u32" } });
  return symbols.widest() as VectorBits;
}

function foreignType(parameter: NativeParameter, precision: Precision): Deno.NativeType {
  if (parameter === "offset" || parameter === "word") return "u32";
  if (parameter === "count") return "i32";
  return parameter === "float64" ? "f64" : precision;
}
