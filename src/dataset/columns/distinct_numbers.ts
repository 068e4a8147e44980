const FIRST_SLOTS = 16;

const number = new Float64Array(1);
const halves = new Uint32Array(number.buffer);

/**
 * Counts different numbers, in up to 32 bytes each: open addressing with linear steps.
 *
 * A Set of a million numbers takes several times the memory and the time. −0 counts as 0; NaN must not
 * be added.
 */
export class DistinctNumbers {
  size = 0;
  #slots = new Float64Array(FIRST_SLOTS).fill(NaN);

  /** Adds a number; returns whether it is new. */
  add(value: number): boolean {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hashOf(value) & mask;
    for (let there = slots[slot]; !Number.isNaN(there); there = slots[slot]) {
      if (there === value) return false;
      slot = (slot + 1) & mask;
    }
    slots[slot] = value;
    if (2 * ++this.size > slots.length) this.#grow();
    return true;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Float64Array(2 * old.length).fill(NaN);
    this.size = 0;
    for (const value of old) if (!Number.isNaN(value)) this.add(value);
  }
}

/** Mixes all bits of a number into the lower ones. */
function hashOf(value: number): number {
  number[0] = value + 0;
  let hash = halves[0] ^ Math.imul(halves[1], 0x9e3779b1);
  hash = Math.imul(hash ^ hash >>> 15, 0x85ebca6b);
  hash = Math.imul(hash ^ hash >>> 13, 0xc2b2ae35);
  return (hash ^ hash >>> 16) >>> 0;
}
