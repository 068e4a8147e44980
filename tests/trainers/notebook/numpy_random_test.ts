import { assert, assertEquals, assertThrows } from "@std/assert";
import { Mt19937 } from "../../../src/trainers/notebook/_mt19937.ts";
import { NumpyRandom } from "../../../src/trainers/notebook/numpy_random.ts";
import { UserError } from "../../../src/user_error.ts";
import { distance } from "../_distance.ts";

interface Fixtures {
  readonly generators: readonly {
    readonly seed: number;
    readonly words: readonly number[];
    readonly wordsDigest: string;
    readonly doubles: readonly number[];
    readonly doublesDigest: string;
    readonly normals: readonly number[];
    readonly normalsDigest: string;
    readonly shuffled: readonly number[];
    readonly shuffledDigest: string;
    readonly doubleAfterShuffle: number;
  }[];
  readonly interleaved: {
    readonly seed: number;
    readonly rows: readonly number[];
    readonly draws: readonly number[];
  };
}

const fixtures: Fixtures = JSON.parse(
  await Deno.readTextFile(new URL("../../fixtures/numpy/random.json", import.meta.url)),
);

for (const expected of fixtures.generators) {
  const { seed } = expected;

  Deno.test(`NumpyRandom draws NumPy's words and doubles from seed ${seed}`, async () => {
    const forWords = new Mt19937(seed);
    const words = Uint32Array.from({ length: 10_000 }, () => forWords.uint32());
    assertEquals([...words.subarray(0, 5)], expected.words);
    assertEquals(await digest(words), expected.wordsDigest);

    const forDoubles = new NumpyRandom(seed);
    const doubles = Float64Array.from({ length: 100_000 }, () => forDoubles.random());
    assertEquals([...doubles.subarray(0, 5)], expected.doubles);
    assertEquals(await digest(doubles), expected.doublesDigest);
  });

  Deno.test(`NumpyRandom.randn() draws NumPy's normals from seed ${seed}`, async () => {
    const random = new NumpyRandom(seed);
    const normals = Float64Array.from({ length: 100_000 }, () => random.randn());
    // All as float32; the first 500 to the last bit, but for the few whose logarithm NumPy's C
    // library rounded the wrong way (1 in 3,000, and by 2 units at most).
    assertEquals(await digest(Float32Array.from(normals)), expected.normalsDigest);
    const distances = expected.normals.map((value, i) => distance(normals[i], value));
    assert(Math.max(...distances) <= 2);
    assert(distances.filter((units) => units > 0).length <= 2);
  });

  Deno.test(`NumpyRandom.shuffledRows() is NumPy's shuffle from seed ${seed}`, async () => {
    const random = new NumpyRandom(seed);
    const rows = random.shuffledRows(1797);
    assertEquals([...rows.subarray(0, 10)], expected.shuffled);
    assertEquals(await digest(rows), expected.shuffledDigest);
    assertEquals(random.random(), expected.doubleAfterShuffle);
  });
}

Deno.test("NumpyRandom keeps the second normal of a pair while other things are drawn", () => {
  const { seed, rows, draws } = fixtures.interleaved;
  const random = new NumpyRandom(seed);
  const before = [random.randn(), random.random()];
  assertEquals([...random.shuffledRows(10)], rows);
  const after = [random.randn(), random.randn(), random.random(), random.randn()];
  assertEquals([...before, ...after], draws);
});

Deno.test("NumpyRandom.placesUpTo() lists the draws of random() that are at most the rate", () => {
  // The next draws go on where the last ones ended: also within a block of the generator's words.
  for (const before of [0, 1, 311]) {
    const [random, byPlace] = [new NumpyRandom(3), new NumpyRandom(3)];
    random.interval(1);
    byPlace.interval(1);
    for (let n = 0; n < before; n++) assertEquals(random.random(), byPlace.random());
    for (
      const [draws, rate] of [[0, 0.5], [1, 0.5], [3000, 0.025], [1025, 0.5], [700, 1], [9, 0]]
    ) {
      const drawn = Array.from({ length: draws }, () => random.random());
      const expected = drawn.flatMap((draw, place) => draw > rate ? [] : [place]);
      assertEquals([...byPlace.placesUpTo(rate, draws)], expected);
    }
    assertEquals(random.random(), byPlace.random());
  }
});

Deno.test("NumpyRandom.placesUpTo() lists a draw that equals the rate, and none just above it", () => {
  const draw = new NumpyRandom(5).random();
  assertEquals([...new NumpyRandom(5).placesUpTo(draw, 1)], [0]);
  assertEquals([...new NumpyRandom(5).placesUpTo(draw - 2 ** -53, 1)], []);
});

Deno.test("NumpyRandom.interval() stays in its range and reaches both ends", () => {
  const random = new NumpyRandom(1);
  for (const maximum of [0, 1, 2, 7, 8]) {
    const drawn = Array.from({ length: 500 }, () => random.interval(maximum));
    assertEquals(Math.min(...drawn), 0);
    assertEquals(Math.max(...drawn), maximum);
  }
  // Words from 2^31 up are not negative.
  const wide = Array.from({ length: 50 }, () => random.interval(0xffffffff));
  assert(Math.min(...wide) >= 0 && Math.max(...wide) >= 2 ** 31);
});

Deno.test("NumpyRandom rejects a seed that NumPy would not take", () => {
  for (const seed of [-1, 0.5, 2 ** 32, NaN]) {
    assertThrows(() => new NumpyRandom(seed), UserError, `Cannot use seed ${seed}`);
  }
});

/** SHA-256 of an array's bytes, in hex. */
async function digest(values: Uint32Array | Int32Array | Float32Array | Float64Array) {
  const bytes = new Uint8Array(values.buffer as ArrayBuffer);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
