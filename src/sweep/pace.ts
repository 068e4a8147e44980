/** The time that runs took for their work; less, if some end before they have done all of it. */
class Pace {
  #flops = 0;
  #seconds = 0;

  add(flops: number, seconds: number): void {
    this.#flops += flops;
    this.#seconds += seconds;
  }

  get secondsPerFlop(): number {
    return this.#seconds / this.#flops;
  }
}

/** The paces of cells, or of trainers, by their names. */
export class Paces<Name extends string = string> {
  readonly #paces = new Map<Name, Pace>();

  /** Counts a run; one without any work says nothing. */
  add(name: Name, flops: number, seconds: number): void {
    if (!(flops > 0)) return;
    const pace = this.#paces.get(name) ?? new Pace();
    pace.add(flops, seconds);
    this.#paces.set(name, pace);
  }

  /** Undefined before a run of that name has been counted. */
  secondsPerFlop(name: Name): number | undefined {
    return this.#paces.get(name)?.secondsPerFlop;
  }
}
