// What regsweep uses of packages that ship no types. deno.json's `compilerOptions.types` loads this
// file wherever code is checked.

declare module "seedrandom" {
  /** A generator in [0, 1) that the seed alone determines. */
  export default function seedrandom(seed: string): () => number;
}

declare module "@stdlib/dist-stats-base-dists-flat" {
  const stdlib: {
    readonly base: {
      readonly dists: {
        /** Student's t-distribution with `df` degrees of freedom; NaN outside the domain. */
        readonly t: {
          readonly cdf: (t: number, df: number) => number;
          readonly quantile: (probability: number, df: number) => number;
        };
        readonly exponential: {
          readonly quantile: (probability: number, rate: number) => number;
        };
        readonly chisquare: { readonly cdf: (x: number, df: number) => number };
        /** The F distribution. */
        readonly f: { readonly cdf: (x: number, df1: number, df2: number) => number };
        readonly normal: {
          readonly cdf: (x: number, mean: number, deviation: number) => number;
          readonly pdf: (x: number, mean: number, deviation: number) => number;
        };
      };
    };
  };
  export default stdlib;
}

declare module "@std/csv" {
  export interface ParseOptions {
    separator?: string;
    trimLeadingSpace?: boolean;
    comment?: string;
    lazyQuotes?: boolean;
    /** 0: as many as the first record has; then a `SyntaxError` for records that differ. */
    fieldsPerRecord?: number;
  }
  /** Records in order, blank lines left out; the header is a record like the others. */
  export function parse(text: string, options?: ParseOptions): string[][];

  export interface StringifyOptions {
    /** False leaves out the header line that `columns` make. */
    headers?: boolean;
    separator?: string;
    columns?: readonly (string | number)[];
    bom?: boolean;
  }
  /** Lines end with CR LF. */
  export function stringify(
    records: readonly (readonly unknown[] | Readonly<Record<string, unknown>>)[],
    options?: StringifyOptions,
  ): string;
}

declare module "@std/cli/parse-args" {
  export interface ParseArgsOptions {
    /** Names of flags without a value. */
    boolean?: boolean | string | readonly string[];
    /** Names of options whose values stay strings. */
    string?: string | readonly string[];
    /** Names of options that may be repeated: their values are a list. */
    collect?: string | readonly string[];
    /** Names of flags that may be given as `--no-name`. */
    negatable?: string | readonly string[];
    alias?: Readonly<Record<string, string | readonly string[]>>;
    default?: Readonly<Record<string, unknown>>;
    /** True: what follows `--` goes into `"--"` in place of `_`. */
    "--"?: boolean;
    stopEarly?: boolean;
    /** Called for each argument that no name covers; false leaves it out of the result. */
    unknown?: (argument: string, key?: string, value?: unknown) => unknown;
  }
  export interface ParsedArgs {
    _: (string | number)[];
    "--"?: string[];
    [name: string]: unknown;
  }
  export function parseArgs(args: readonly string[], options?: ParseArgsOptions): ParsedArgs;
}

declare module "@std/assert" {
  // deno-lint-ignore no-explicit-any
  type ErrorClass<E extends Error> = abstract new (...args: any[]) => E;

  export class AssertionError extends Error {}

  export function assert(expression: unknown, message?: string): asserts expression;
  export function assertFalse(expression: unknown, message?: string): asserts expression is false;
  export function assertEquals<T>(actual: T, expected: T, message?: string): void;
  export function assertNotEquals<T>(actual: T, expected: T, message?: string): void;
  export function assertStrictEquals<T>(
    actual: unknown,
    expected: T,
    message?: string,
  ): asserts actual is T;
  export function assertNotStrictEquals<T>(actual: T, expected: T, message?: string): void;
  export function assertAlmostEquals(
    actual: number,
    expected: number,
    /** Absolute; 1e-7 times the expected value if not given. */
    tolerance?: number,
    message?: string,
  ): void;
  export function assertExists<T>(
    actual: T,
    message?: string,
  ): asserts actual is NonNullable<T>;
  export function assertGreater<T>(actual: T, expected: T, message?: string): void;
  export function assertGreaterOrEqual<T>(actual: T, expected: T, message?: string): void;
  export function assertLess<T>(actual: T, expected: T, message?: string): void;
  export function assertLessOrEqual<T>(actual: T, expected: T, message?: string): void;
  export function assertStringIncludes(actual: string, expected: string, message?: string): void;
  export function assertMatch(actual: string, expected: RegExp, message?: string): void;
  export function assertNotMatch(actual: string, expected: RegExp, message?: string): void;
  export function assertArrayIncludes<T>(
    actual: ArrayLike<T>,
    expected: ArrayLike<T>,
    message?: string,
  ): void;
  export function assertObjectMatch(actual: object, expected: object, message?: string): void;
  export function assertInstanceOf<T>(
    actual: unknown,
    // deno-lint-ignore no-explicit-any
    expected: abstract new (...args: any[]) => T,
    message?: string,
  ): asserts actual is T;
  export function assertIsError<E extends Error = Error>(
    error: unknown,
    errorClass?: ErrorClass<E>,
    messageIncludes?: string | RegExp,
    message?: string,
  ): asserts error is E;
  export function assertThrows<E extends Error = Error>(
    run: () => unknown,
    errorClass: ErrorClass<E>,
    messageIncludes?: string,
    message?: string,
  ): E;
  export function assertThrows(run: () => unknown, message?: string): unknown;
  export function assertRejects<E extends Error = Error>(
    run: () => PromiseLike<unknown>,
    errorClass: ErrorClass<E>,
    messageIncludes?: string,
    message?: string,
  ): Promise<E>;
  export function assertRejects(
    run: () => PromiseLike<unknown>,
    message?: string,
  ): Promise<unknown>;
  export function equal(actual: unknown, expected: unknown): boolean;
  export function fail(message?: string): never;
  export function unreachable(message?: string): never;
}
