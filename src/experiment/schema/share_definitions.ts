/** A JSON schema, or any part of one. */
export type Schema = { readonly [key: string]: unknown };

/** Shorter subschemas stay where they are: a reference would be no shorter. */
const SHORTEST_SHARED = 80;

/**
 * The same JSON schema with each long subschema that it repeats written once, in `definitions`.
 *
 * A definition is named by the place at which its subschema comes first: `block_dropout_anyOf_1`.
 */
export function shareDefinitions({ definitions = {}, ...root }: Schema): Schema {
  const sharing = new Sharing({ ...root, definitions });
  const shared = sharing.share({ ...root, definitions }, []) as Schema;
  return { ...shared, definitions: { ...shared.definitions as Schema, ...sharing.definitions } };
}

class Sharing {
  readonly definitions: Record<string, unknown> = {};
  /** How often each long subschema is written, those inside of a repeated one counting once. */
  readonly #counts = new Map<string, number>();
  readonly #names = new Map<string, string>();

  constructor(root: Schema) {
    this.#count(root);
  }

  share(part: unknown, path: readonly string[]): unknown {
    if (typeof part !== "object" || part === null) return part;
    if (Array.isArray(part)) {
      return part.map((item, index) => this.share(item, [...path, `${index}`]));
    }
    const text = JSON.stringify(part);
    if ((this.#counts.get(text) ?? 1) === 1) return this.#inside(part as Schema, path);
    const name = this.#names.get(text) ?? path.join("_");
    if (!this.#names.has(text)) {
      this.#names.set(text, name);
      this.definitions[name] = this.#inside(part as Schema, path);
    }
    return { $ref: `#/definitions/${name}` };
  }

  #inside(part: Schema, path: readonly string[]): Schema {
    return Object.fromEntries(
      Object.entries(part).map(([key, value]) => {
        const isNamed = key !== "properties" && key !== "definitions";
        return [key, this.share(value, isNamed ? [...path, key] : path)];
      }),
    );
  }

  #count(part: unknown): void {
    if (typeof part !== "object" || part === null) return;
    const text = JSON.stringify(part);
    if (isSubschema(part) && text.length >= SHORTEST_SHARED) {
      const count = (this.#counts.get(text) ?? 0) + 1;
      this.#counts.set(text, count);
      if (count > 1) return;
    }
    Object.values(part).forEach((value) => this.#count(value));
  }
}

/** Whether a part says what a value has to be, rather than which keys there are. */
function isSubschema(part: object): boolean {
  return ["type", "anyOf", "allOf"].some((key) => {
    return typeof (part as Schema)[key] === "string" || Array.isArray((part as Schema)[key]);
  });
}
