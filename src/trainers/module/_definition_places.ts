import type { Node, ObjectExpression, ObjectMethod, ObjectProperty } from "@babel/types";
import type { Place } from "../../user_error.ts";
import type { SourceFile, TextRange } from "./_source_file.ts";

type Member = ObjectProperty | ObjectMethod;

/** A member as far as the source shows it. */
interface Found {
  readonly key?: TextRange;
  readonly value?: Node;
  /** False if only something around it was found. */
  readonly isExact: boolean;
}

/** Where the members of a module's definition are written. */
export class DefinitionPlaces {
  readonly #source: SourceFile;
  readonly #exported: Node | undefined;
  /** By name, what constants of the file are set to. */
  readonly #constants = new Map<string, Node>();

  constructor(source: SourceFile) {
    this.#source = source;
    const { body = [] } = source.program ?? {};
    for (const statement of body) {
      const declared = statement.type === "ExportNamedDeclaration"
        ? statement.declaration
        : statement;
      if (declared?.type !== "VariableDeclaration") continue;
      for (const { id, init } of declared.declarations) {
        if (id.type === "Identifier" && init) this.#constants.set(id.name, init);
      }
    }
    for (const statement of body) {
      if (statement.type === "ExportDefaultDeclaration") this.#exported = statement.declaration;
      if (statement.type !== "ExportNamedDeclaration") continue;
      for (const specifier of statement.specifiers) {
        if (specifier.type !== "ExportSpecifier") continue;
        const { exported, local } = specifier;
        const name = exported.type === "Identifier" ? exported.name : exported.value;
        // What comes from another file is not to be looked for in this one.
        if (name === "default") this.#exported = statement.source ? specifier : local;
      }
    }
  }

  /** The place of a member's value; of its key if the value takes several lines. */
  place(path: readonly PropertyKey[]): Place {
    const { key, value, isExact } = this.#find(path);
    const isInline = value && this.#isInline(value);
    return this.#placeOf(isExact && isInline ? value : key ?? value);
  }

  /** The place of a member's key. */
  placeOfKey(path: readonly PropertyKey[]): Place {
    const { key, value } = this.#find(path);
    return this.#placeOf(key ?? value);
  }

  /** Keys that are written twice in the object at a path, each where it is written again. */
  repeated(
    path: readonly PropertyKey[],
  ): readonly { readonly key: string; readonly place: Place }[] {
    const { value, isExact } = this.#find(path);
    const object = value && isExact ? this.#unwrap(value) : undefined;
    if (object?.type !== "ObjectExpression") return [];
    const seen = new Set<string>();
    return membersOf(object).flatMap(({ key, member }) => {
      if (!seen.has(key)) return (seen.add(key), []);
      return [{ key, place: this.#placeOf(member.key) }];
    });
  }

  #placeOf(range: TextRange | undefined): Place {
    return range ? this.#source.placeOf(range) : { file: this.#source.label };
  }

  #isInline({ start, end }: TextRange): boolean {
    return !/[\n\r]/.test(this.#source.text.slice(start ?? 0, end ?? 0));
  }

  #find(path: readonly PropertyKey[]): Found {
    let found: Found = { value: this.#exported, isExact: this.#exported !== undefined };
    for (const step of path) {
      const object = found.value && this.#unwrap(found.value);
      const next = object &&
        (typeof step === "number" ? itemOf(object, step) : this.#member(object, String(step)));
      if (!next) return { ...found, isExact: false };
      found = next;
    }
    return found;
  }

  #member(object: Node, key: string): Found | undefined {
    if (object.type !== "ObjectExpression") return undefined;
    const member = membersOf(object).findLast((member) => member.key === key)?.member;
    if (member?.type === "ObjectMethod") return { key: member.key, value: member, isExact: true };
    if (member) return { key: member.key, value: member.value, isExact: true };
    for (const property of object.properties.toReversed()) {
      if (property.type !== "SpreadElement") continue;
      const found = this.#member(this.#unwrap(property.argument), key);
      if (found) return found;
    }
    return undefined;
  }

  /** What an expression is without types, names of constants and calls such as Object.freeze(). */
  #unwrap(node: Node): Node {
    let current = node;
    const seen = new Set<Node>();
    while (!seen.has(current)) {
      seen.add(current);
      switch (current.type) {
        case "TSAsExpression":
        case "TSSatisfiesExpression":
        case "TSTypeAssertion":
        case "TSNonNullExpression":
        case "ParenthesizedExpression":
          current = current.expression;
          break;
        case "Identifier":
          current = this.#constants.get(current.name) ?? current;
          break;
        case "CallExpression":
          if (current.arguments.length === 1) [current] = current.arguments;
      }
    }
    return current;
  }
}

/** The members of an object whose keys are written out, in order. */
function membersOf({ properties }: ObjectExpression): { key: string; member: Member }[] {
  return properties.flatMap((member) => {
    if (member.type === "SpreadElement") return [];
    const { key, computed } = member;
    if (key.type === "StringLiteral") return [{ key: key.value, member }];
    return key.type === "Identifier" && !computed ? [{ key: key.name, member }] : [];
  });
}

function itemOf(list: Node, index: number): Found | undefined {
  if (list.type !== "ArrayExpression") return undefined;
  // A list that is spread into it moves the others.
  if (list.elements.slice(0, index + 1).some((item) => item?.type === "SpreadElement")) {
    return undefined;
  }
  const item = list.elements[index];
  return item ? { value: item, isExact: true } : undefined;
}
