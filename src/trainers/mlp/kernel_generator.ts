import type { Kernels } from "../../kernels/kernels.ts";
import { randomStream } from "../../random_stream.ts";

/** Bytes of a kernel generator's state. */
export const GENERATOR_BYTES = 64;

/** Sets a kernel generator's state from the random stream of that name. */
export function seedGenerator(kernels: Kernels, state: number, name: string): void {
  const random = randomStream(name);
  const words = new Uint32Array(kernels.memory.buffer, state, GENERATOR_BYTES / 4);
  words.forEach((_, n) => words[n] = Math.floor(random() * 2 ** 32));
}
