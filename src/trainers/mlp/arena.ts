import { growMemory } from "../../kernels/grow_memory.ts";
import { SCRATCH_BYTES } from "../../kernels/kernels.ts";

/** Regions start at cache lines. */
const ALIGNMENT = 64;

/**
 * Named regions of a kernel memory, laid out one after another.
 *
 * The memory only grows: a new arena starts again from its beginning.
 */
export class Arena {
  #end = SCRATCH_BYTES;

  /** The memory that all regions need, from its beginning. */
  get bytes(): number {
    return this.#end;
  }

  /** Reserves `bytes`, rounded up to whole cache lines, and returns the region's byte offset. */
  region(bytes: number): number {
    const offset = this.#end;
    this.#end += Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    return offset;
  }

  /**
   * Makes a memory large enough for all regions and fills them with zeros.
   *
   * @param kept Bytes at the beginning that stay what they are.
   * @throws {UserError} If the regions need more than WebAssembly or this machine allows.
   */
  allocate(memory: WebAssembly.Memory, kept = SCRATCH_BYTES): void {
    growMemory(memory, this.#end);
    new Uint8Array(memory.buffer, kept, this.#end - kept).fill(0);
  }
}
