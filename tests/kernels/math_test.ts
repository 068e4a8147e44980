import { assert, assertEquals } from "@std/assert";
import { loadMathModule } from "../../src/kernels/load_math.ts";
import { sha256 } from "../../src/sha256.ts";
import CASES from "../fixtures/math/math.json" with { type: "json" };

type Functions = Readonly<Record<string, (...numbers: number[]) => number>>;

async function exactMath(): Promise<Functions> {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = new WebAssembly.Instance(await loadMathModule(), { env: { memory } });
  return exports as Functions;
}

/** How many numbers of float64 lie between two of the same sign. */
function unitsBetween(a: number, b: number): number {
  const [x, y] = new BigInt64Array(Float64Array.of(a, b).buffer);
  return Math.abs(Number(x - y));
}

for (
  const [name, cases] of Object.entries(CASES as unknown as Record<string, [number[], number][]>)
) {
  Deno.test(`math.${name}() is a neighbor of the true value`, async () => {
    const { [name]: compute } = await exactMath();
    const errors = cases.map(([numbers, expected]) => unitsBetween(compute(...numbers), expected));
    assert(Math.max(...errors) <= 1, `${errors}`);
  });
}

/** Numbers of every size and sign, zeros, infinities and NaN among them. */
function inputs(count: number): Float64Array {
  const words = new Uint32Array(2 * count);
  let state = 1;
  for (let n = 0; n < words.length; n++) {
    state = Math.imul(state, 1664525) + 1013904223 | 0;
    words[n] = state ^ (state >>> 15);
  }
  const numbers = new Float64Array(words.buffer).map((number, n) => {
    return n % 2 === 0 ? number : (number - Math.trunc(number)) * 10;
  });
  numbers.set([0, -0, 1, -1, Infinity, -Infinity, NaN, 5e-324, Number.MAX_VALUE]);
  return numbers;
}

const DIGESTS: Readonly<Record<string, string>> = {
  acos: "5fe2f28a7ae3",
  acosh: "675637a5cd58",
  asin: "c791850298b1",
  asinh: "cc1a125d9189",
  atan2: "bc51d267e9e9",
  atan: "81fed55c79b9",
  atanh: "9e647b0a425c",
  cbrt: "b8e4aafaeb72",
  cos: "3a5f852ffcb3",
  cosh: "293c6b24f012",
  exp: "d7806be22eb8",
  expm1: "1cff317646c5",
  hypot: "74a7fce67dd4",
  log10: "602845bd0b94",
  log1p: "a2014c1fd83a",
  log2: "0d9c6f900739",
  log: "cc6f6be678ce",
  pow: "6d209a2e8ad7",
  sin: "b207575ca4fd",
  sinh: "885c9f40bd4d",
  tan: "0cc2dced30b5",
  tanh: "bd76a1a8bd06",
};

Deno.test("math gives the same bits on every machine", async () => {
  const functions = await exactMath();
  const numbers = inputs(20_000);
  const digests: Record<string, string> = {};
  for (const name of Object.keys(CASES)) {
    const values = numbers.map((x, n) => functions[name](x, numbers[(7 * n + 3) % numbers.length]));
    // The bits of NaN are a machine's own.
    const bits = new BigUint64Array(values.buffer)
      .map((bits, n) => Number.isNaN(values[n]) ? 0x7ff8000000000000n : bits);
    digests[name] = (await sha256(new Uint8Array(bits.buffer))).slice(0, 12);
  }
  assertEquals(digests, DIGESTS);
});

Deno.test("math has the limits of Math at zeros, infinities and NaN", async () => {
  const functions = await exactMath();
  const special = [0, -0, 1, -1, Infinity, -Infinity, NaN, 0.5, -0.5, 2, -2, 3];
  const theirs = Math as unknown as Functions;
  for (const name of Object.keys(CASES)) {
    for (const x of special) {
      for (const y of theirs[name].length > 1 ? special : [0]) {
        const [value, expected] = [functions[name](x, y), theirs[name](x, y)];
        const isSame = Object.is(value, expected) || unitsBetween(value, expected) <= 2;
        assert(isSame, `${name}(${x}, ${y}) is ${value} in place of ${expected}`);
      }
    }
  }
});

Deno.test("math imports its memory, and nothing that could compute", async () => {
  const imports = WebAssembly.Module.imports(await loadMathModule());
  assertEquals(imports, [{ module: "env", name: "memory", kind: "memory" }]);
});
