import type { Kernels, Precision } from "./kernels.ts";
import type { NativeKernels } from "./native_library.ts";
import type { VectorBits } from "./native_options.ts";
import {
  type KernelName,
  NATIVE_PARAMETERS,
  NATIVE_RESULTS,
  type NativeParameter,
} from "./native_parameters.ts";

type Native = (memory: Uint8Array, ...args: number[]) => number;

/** By library and precision, what was loaded: binding all functions takes longer than a step. */
const bound = new Map<string, Readonly<Record<string, Native>>>();

/**
 * Kernels that are the library's where it has them, and the given ones elsewhere; all use the given
 * ones' memory.
 *
 * @param native A library that this processor can run.
 * @throws {Error} If the library cannot be loaded.
 */
export function nativeKernels(native: NativeKernels, kernels: Kernels): Kernels {
  const { precision, memory } = kernels;
  let bytes = new Uint8Array(memory.buffer);
  const library = boundLibrary(native, precision);
  const natives = Object.entries(library).map(([name, compute]) => {
    const kernel = (...args: number[]) => {
      // A view of a memory that has grown since has address 0.
      if (bytes.byteLength === 0) bytes = new Uint8Array(memory.buffer);
      return compute(bytes, ...args);
    };
    return [name, kernel];
  });
  return { ...kernels, ...Object.fromEntries(natives) };
}

function boundLibrary({ path, bits }: NativeKernels, precision: Precision) {
  const key = JSON.stringify([path, precision, bits]);
  const known = bound.get(key);
  if (known) return known;
  const symbols: Record<string, Deno.ForeignFunction> = {};
  for (const [name, parameters] of Object.entries(NATIVE_PARAMETERS)) {
    const result = NATIVE_RESULTS[name as KernelName];
    symbols[`${name}_${precision}_${bits}`] = {
      parameters: ["buffer", ...parameters.map((parameter) => foreignType(parameter, precision))],
      result: result === undefined ? "void" : foreignType(result, precision),
    };
  }
  const library = Deno.dlopen(path, symbols).symbols as Record<string, Native>;
  const natives = Object.keys(NATIVE_PARAMETERS).map((name) => {
    return [name, library[`${name}_${precision}_${bits}`]];
  });
  const named: Readonly<Record<string, Native>> = Object.fromEntries(natives);
  bound.set(key, named);
  return named;
}

/**
 * The widest vectors, of those that there are kernels for, that this processor has. Any library can tell.
 *
 * @throws {Error} If the library cannot be loaded.
 */
export function widestVectors(path: string): VectorBits {
  const library = Deno.dlopen(path, { widest: { parameters: [], result: "u32" } });
  try {
    return library.symbols.widest() as VectorBits;
  } finally {
    library.close();
  }
}

function foreignType(parameter: NativeParameter, precision: Precision): Deno.NativeType {
  if (parameter === "offset" || parameter === "word") return "u32";
  if (parameter === "count") return "i32";
  return parameter === "float64" ? "f64" : precision;
}
