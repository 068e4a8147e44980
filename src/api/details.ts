/** What this program knows of objects that it gives to scripts, beyond what these say. */
export class Details<Given extends object, Detail> {
  readonly #details = new WeakMap<Given, Detail>();
  readonly #source: string;

  /** @param source Where objects come from that have details, in words. */
  constructor(source: string) {
    this.#source = source;
  }

  /** Keeps the details of an object, and returns it. */
  keep(given: Given, detail: Detail): Given {
    this.#details.set(given, detail);
    return given;
  }

  /** @throws {TypeError} If the object was made elsewhere. */
  of(given: Given): Detail {
    const detail = this.#details.get(given);
    if (detail === undefined) throw new TypeError(`Use what ${this.#source} gives`);
    return detail;
  }
}
