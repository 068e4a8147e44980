import { assertEquals } from "@std/assert";
import fc from "fast-check";
import seedrandom from "seedrandom";
import { randomStream, shuffle } from "../src/random_stream.ts";

Deno.test("randomStream() draws the numbers that seedrandom's documentation promises", () => {
  const random = randomStream("hello.");
  assertEquals([random(), random()], [0.9282578795792454, 0.3752569768646784]);
});

Deno.test("randomStream() draws the numbers that seedrandom draws", () => {
  const names = fc.oneof(
    fc.string(),
    fc.string({ unit: "binary", minLength: 200, maxLength: 600 }),
  );
  fc.assert(
    fc.property(names, (name) => {
      const draws = (random: () => number) => Array.from({ length: 50 }, () => random());
      assertEquals(draws(randomStream(name)), draws(seedrandom(name)));
    }),
    { numRuns: 40, examples: [[""], ["\0"], ["3/split"], ["x".repeat(256)], ["x".repeat(257)]] },
  );
});

Deno.test("randomStream() does not depend on other streams", () => {
  const alone = Array.from({ length: 5 }, randomStream("1/init"));
  const stream = randomStream("1/init");
  const other = randomStream("1/split");
  const between = Array.from({ length: 5 }, () => (other(), stream()));
  assertEquals(between, alone);
});

Deno.test("shuffle() reorders and loses nothing", () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: -9, max: 9 })), fc.string(), (values, name) => {
    const shuffled = Int32Array.from(values);
    shuffle(shuffled, randomStream(name));
    assertEquals(shuffled.toSorted(), Int32Array.from(values).sort());
  }));
});

Deno.test("shuffle() gives every order about as often", () => {
  const counts = new Map<string, number>();
  const random = randomStream("orders");
  for (let draw = 0; draw < 6000; draw++) {
    const values = Int32Array.of(1, 2, 3);
    shuffle(values, random);
    counts.set(values.join(), (counts.get(values.join()) ?? 0) + 1);
  }
  // χ² with 5 degrees of freedom exceeds 20.5 in one of 1000 fair cases; the stream is fixed.
  const squares = [...counts.values()].map((count) => (count - 1000) ** 2 / 1000);
  assertEquals(counts.size, 6);
  assertEquals(squares.reduce((sum, square) => sum + square) < 20.5, true);
});
