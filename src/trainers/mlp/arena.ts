import { SCRATCH_BYTES } from "../../kernels/kernels.ts";

const PAGE_BYTES = 65536;
/** Regions start at cache lines. */
const ALIGNMENT = 64;

/**
 * Named regions of a kernel memory, laid out one after another.
 *
 * The memory only grows: a new arena starts again from its beginning.
 */
export class Arena {
  readonly #memory: WebAssembly.Memory;
  #end = SCRATCH_BYTES;

  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory;
  }

  /** Reserves `bytes`, rounded up to whole cache lines, and returns the region's byte offset. */
  region(bytes: number): number {
    const offset = this.#end;
    this.#end += Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    return offset;
  }

  /**
   * Makes the memory large enough for all regions and fills them with zeros.
   *
   * @throws {RangeError} If the regions need more than 4 GiB, the limit of WebAssembly.
   */
  allocate(): void {
    const missing = Math.ceil((this.#end - this.#memory.buffer.byteLength) / PAGE_BYTES);
    if (missing > 0) this.#memory.grow(missing);
    new Uint8Array(this.#memory.buffer, SCRATCH_BYTES, this.#end - SCRATCH_BYTES).fill(0);
  }
}
