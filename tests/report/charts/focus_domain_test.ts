import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { baselineSentence, focusDomain } from "../../../src/report/charts/_focus_domain.ts";

Deno.test("focusDomain() covers everything where nothing is far off", () => {
  assertEquals(focusDomain([[97, 98], [96, 97], [95, 96]]), [94.88, 98.12]);
});

Deno.test("focusDomain() leaves out what would squeeze the better half", () => {
  assertEquals(focusDomain([[97, 98], [96, 97], [95, 96], [30, 31]]), [95.192, 98.108]);
});

Deno.test("focusDomain() cuts the upper side where smaller is better", () => {
  assertEquals(focusDomain([[0.1, 0.2], [0.2, 0.3], [0.3, 0.4], [9, 10]]), [0.0892, 0.3808]);
});

Deno.test("focusDomain() cuts a bad cell's wide interval on both sides", () => {
  assertEquals(focusDomain([[97, 98], [96, 97], [20, 120], [10, 130]]), [95.164, 98.836]);
});

Deno.test("focusDomain() stays within bounds that intervals pass", () => {
  assertEquals(focusDomain([[98, 103], [96, 99]], [0, 100]), [95.72, 100]);
});

Deno.test("focusDomain() has a width whatever the values", () => {
  const value = fc.oneof(
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    fc.integer({ min: -9, max: 9 }).map((step) => 97 + step * 1e-7),
  );
  const cells = fc.array(fc.array(value));
  fc.assert(fc.property(cells, (values) => {
    const [low, high] = focusDomain(values);
    assert(low < high, `${low} to ${high}`);
  }));
});

Deno.test("focusDomain() keeps the baseline in sight", () => {
  const values = [[97, 98], [96, 97], [95, 96], [70, 71], [69, 70], [10, 11]];
  assertEquals(focusDomain(values), [93.788, 98.162]);
  assertEquals(focusDomain(values, undefined, [70.5]), [59.39, 99.485]);
});

Deno.test("focusDomain() gives up a baseline beside which the others would look the same", () => {
  const values = [[97, 98], [96, 97], [95, 96], [-1e6]];
  assertEquals(focusDomain(values, undefined, [-1e6]), focusDomain(values));
  assertEquals(baselineSentence(-1e6, [95, 98]), "The baseline’s mean is beyond the axis.");
  assertEquals(baselineSentence(96, [95, 98]), "The dashed line is the baseline’s mean.");
});

Deno.test("focusDomain() shows more than the best where they are all the same", () => {
  const same = Array.from({ length: 5 }, () => [-0.5, 0, 0.5]);
  const others = [[-2, -0.1, 2], [-3, -0.2, 3], [-4, -0.3, 4]];
  assertEquals(focusDomain([...same, ...others]), focusDomain([same[0], ...others]));
  assertEquals(focusDomain([...same, ...others]), [-4.32, 4.32]);
});

Deno.test("focusDomain() shows no less where bad cells are the same", () => {
  const good = [[99, 100], [98, 99], [95, 99]];
  assertEquals(
    focusDomain([...good, [10, 11], [10, 11]]),
    focusDomain([...good, [10, 11], [9, 11]]),
  );
});
