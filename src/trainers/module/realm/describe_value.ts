import type { SeenValue } from "./definition_messages.ts";

/** Deeper values, and longer lists, are no part of a definition. */
const DEEPEST = 4;
const LONGEST = 1000;
/** Longer texts are cut: no member may be so long. */
const LONGEST_TEXT = 1000;

/** Describes a value that a module exports, without keeping anything of the module. */
export function describeValue(value: unknown, depth = 0): SeenValue {
  if (typeof value === "string") return { kind: "plain", value: value.slice(0, LONGEST_TEXT) };
  if (typeof value === "function") return { kind: "other", what: kindOf(value) };
  if (typeof value === "bigint") return { kind: "other", what: `${value}n`.slice(0, LONGEST_TEXT) };
  if (typeof value === "symbol") return { kind: "other", what: "a symbol" };
  if (typeof value !== "object" || value === null) {
    return { kind: "plain", value: value as number | boolean | null | undefined };
  }
  if (depth === DEEPEST) return { kind: "other", what: "something nested" };
  if (Array.isArray(value)) {
    const items = Array.from(
      { length: Math.min(value.length, LONGEST) },
      (_, n) => member(value, n, depth),
    );
    return { kind: "list", items };
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    const isPromise = Object.prototype.toString.call(value) === "[object Promise]";
    return { kind: "other", what: isPromise ? "a promise" : "an object of a class" };
  }
  const keys = Reflect.ownKeys(value).slice(0, LONGEST);
  const members = keys.map((key) => [String(key), member(value, key, depth)] as const);
  return { kind: "object", members };
}

/** What sort of function it is: neither an async one nor a class can train. */
function kindOf(value: object): string {
  if (Object.prototype.toString.call(value) === "[object AsyncFunction]") {
    return "an async function";
  }
  // Only a class has a prototype that cannot be replaced.
  const prototype = Object.getOwnPropertyDescriptor(value, "prototype");
  return prototype?.writable === false ? "a class" : "a function";
}

/** A member; a getter is called, as whoever uses the definition would. */
function member(value: object, key: PropertyKey, depth: number): SeenValue {
  try {
    return describeValue(Reflect.get(value, key), depth + 1);
  } catch {
    return { kind: "other", what: "a getter that throws" };
  }
}
