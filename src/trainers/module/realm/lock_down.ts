/*
 * Runs in the thread of a module, before the module: it takes away what makes results depend on where
 * and when they are computed. Nothing else runs in that thread, so nothing has to be left whole.
 *
 * Its text is what is imported: see `startThread()`. So it imports nothing. `findHazards()` looks for the
 * same things in the source, as far as it shows them.
 */

/** The globals that a module keeps: those whose results ECMAScript defines. */
const KEPT = new Set([
  ...["AggregateError", "Array", "ArrayBuffer", "AsyncDisposableStack", "BigInt", "BigInt64Array"],
  ...["BigUint64Array", "Boolean", "DataView", "DisposableStack", "Error", "EvalError"],
  ...["Float16Array", "Float32Array", "Float64Array", "Function", "Infinity", "Int16Array"],
  ...["Int32Array", "Int8Array", "Iterator", "JSON", "Map", "Math", "NaN", "Number", "Object"],
  ...["Promise", "Proxy", "RangeError", "ReadableStream", "ReferenceError", "Reflect", "RegExp"],
  ...["Set", "String", "SuppressedError", "Symbol", "SyntaxError", "TextDecoder", "TextEncoder"],
  ...["TransformStream", "TypeError", "URIError", "Uint16Array", "Uint32Array", "Uint8Array"],
  ...["Uint8ClampedArray", "WeakMap", "WeakSet", "WebAssembly", "WritableStream", "atob", "btoa"],
  ...["decodeURI", "decodeURIComponent", "encodeURI", "encodeURIComponent", "escape"],
  ...["globalThis", "isFinite", "isNaN", "parseFloat", "parseInt", "queueMicrotask"],
  ...["structuredClone", "undefined", "unescape"],
]);

/** Why something is refused, and what to use instead. */
export const REASONS = {
  time: "results must not depend on time",
  chance: 'random("NAME"), which train() gets, gives the same numbers on every machine',
  language: "results must not depend on a language or a time zone",
  collection: "results must not depend on when memory is freed",
  code: "what runs must be in the source",
  math: "its last bits differ between engines",
  host: "a trainer gets all that it needs from train()",
} as const;

/** Why other globals are refused; those that are not listed are simply not there. */
const REFUSED: Readonly<Record<string, string>> = {
  Date: REASONS.time,
  Temporal: REASONS.time,
  performance: REASONS.time,
  setInterval: REASONS.time,
  setTimeout: REASONS.time,
  Intl: REASONS.language,
  crypto: REASONS.chance,
  FinalizationRegistry: REASONS.collection,
  WeakRef: REASONS.collection,
  eval: REASONS.code,
  fetch: REASONS.host,
};

/** The functions of `Math` that ECMAScript defines to the last bit. */
export const EXACT_MATH: ReadonlySet<string> = new Set([
  ...["abs", "ceil", "clz32", "f16round", "floor", "fround", "imul", "max", "min", "round", "sign"],
  ...["sqrt", "sumPrecise", "trunc"],
]);

/**
 * Takes away clocks, chance, and what differs from engine to engine; each says what to use instead.
 *
 * @param options.allowsMath Whether the engine's own `Math.exp` and its kind may be used.
 * @param options.console What takes the place of the console.
 */
export function lockDown(
  { allowsMath, console }: { readonly allowsMath: boolean; readonly console: Console },
): void {
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    if (name in REFUSED) define(globalThis, name, refused(name, REFUSED[name]));
    else if (!KEPT.has(name)) remove(globalThis, name);
  }
  define(globalThis, "console", console);
  define(Math, "random", refused("Math.random", REASONS.chance));
  for (const name of Object.getOwnPropertyNames(Math)) {
    const isFunction = typeof Reflect.get(Math, name) === "function";
    if (!isFunction || allowsMath || EXACT_MATH.has(name) || name === "random") continue;
    const reason = `${REASONS.math}: use math.${name}, which train() gets, or ` +
      'say allow: ["math"]';
    define(Math, name, refused(`Math.${name}`, reason));
  }
  // Typed arrays ask their elements, which are refused. They stay as they are: V8 looks the length of
  // every typed array up in full once anything of their prototype is redefined, which takes 30 times as
  // long in a loop.
  for (const { prototype: methods } of [Array, BigInt, Number, String]) {
    for (const name of Object.getOwnPropertyNames(methods)) {
      if (/^toLocale|^localeCompare$/.test(name)) {
        define(methods, name, refused(name, REASONS.language));
      }
    }
  }
  // Functions of every kind can be made from a text by their constructor.
  const kinds = [function () {}, function* () {}, async function () {}, async function* () {}];
  for (const kind of kinds) {
    const prototype = Object.getPrototypeOf(kind);
    define(prototype, "constructor", withoutCalls(prototype.constructor));
  }
  define(globalThis, "Function", Object.getPrototypeOf(kinds[0]).constructor);
}

/** Adds a global that a module cannot change. */
export function addGlobal(name: string, value: unknown): void {
  define(globalThis, name, value);
}

function define(object: object, name: string, value: unknown): void {
  Object.defineProperty(object, name, {
    value,
    configurable: false,
    enumerable: false,
    writable: false,
  });
}

function remove(object: object, name: string): void {
  if (!Reflect.deleteProperty(object, name)) Reflect.set(object, name, undefined);
}

/** A function that stands for what is refused: whatever is done with it says so. */
function refused(name: string, reason: string): object {
  const refuse = () => {
    throw new TypeError(`Cannot use ${name} in a trainer: ${reason}`);
  };
  return new Proxy(function () {}, {
    apply: refuse,
    construct: refuse,
    // `class A extends Date` and `typeof Date.prototype` are no use of it.
    get: (target, key) =>
      typeof key === "symbol" || key === "prototype" ? Reflect.get(target, key) : refuse(),
  });
}

/** A constructor that can be compared with, and not called. */
function withoutCalls(constructor: object): object {
  const refuse = () => {
    throw new TypeError(`Cannot make a function of a text in a trainer: ${REASONS.code}`);
  };
  return new Proxy(constructor, { apply: refuse, construct: refuse });
}
