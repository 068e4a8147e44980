import { assert, assertEquals, assertThrows } from "@std/assert";
import { hashOf, openSpace, sampleModel, sampleState } from "./_sample_models.ts";

Deno.test("ModelSpace gives models back to the bit, by key and digest", async () => {
  using opened = openSpace();
  const { space, again } = opened;
  // Two NaNs with bits of their own, of each precision.
  const singles = new Float32Array(Uint32Array.of(0x7fc00001, 0xffc12345, 0x80000000, 1).buffer);
  const doubles = new Float64Array(
    BigUint64Array.of(0x7ff8000000000001n, 0xfff8dead0000beefn, 1n << 63n).buffer,
  );
  const model = {
    ...sampleModel("a"),
    version: "abc",
    parameters: [
      { name: "10", shape: [2, 2], values: singles, hasHistogram: true, hasPictures: false },
      { name: "9", shape: [3, 1], values: doubles },
      { name: "__proto__", shape: [], values: Float32Array.of(0.1) },
      { name: "größe \u{1f600} \ud800", shape: [0, 3], values: new Float64Array() },
    ],
  };
  await space.models.put(model);
  const found = await again().models.get(model.key, model.digest);
  assertEquals(found, model);
  assertEquals(bitsOf(found?.parameters[0].values), bitsOf(singles));
  assertEquals(bitsOf(found?.parameters[1].values), bitsOf(doubles));
  assertEquals(await space.models.get(model.key, hashOf("another digest")), undefined);
  assertEquals(await space.models.get(hashOf("another run"), model.digest), undefined);
  assertEquals([space.models.has(model.key), again().models.has(model.key)], [true, true]);
  assertEquals(again().models.has(hashOf("another run")), false);
  assertEquals(opened.messages, []);
});

function bitsOf(values: Float32Array | Float64Array = new Float32Array()): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

Deno.test("ModelSpace gives checkpoints back to the bit, and lists their steps", async () => {
  using opened = openSpace();
  const { space, again } = opened;
  const [hash, other] = [hashOf("a"), hashOf("b")];
  for (const step of [600, 0, 40]) await space.checkpoints.put(hash, sampleState(step));
  for (const { checkpoints } of [space, again()]) {
    assertEquals(checkpoints.steps(hash), [0, 40, 600]);
    assertEquals(checkpoints.steps(other), []);
    const state = await checkpoints.get(hash, 40);
    assertEquals(state, sampleState(40));
    assert(Object.is(state?.evaluations[0].measures.penalty, -0));
    assertEquals([...state?.best.keys() ?? []], [40, 0]);
    assertEquals(await checkpoints.get(hash, 41), undefined);
    assertEquals(await checkpoints.get(other, 40), undefined);
  }
  space.checkpoints.remove(hash, 40);
  space.checkpoints.remove(hash, 41);
  assertEquals(space.checkpoints.steps(hash), [0, 600]);
  assertEquals(await again().checkpoints.get(hash, 40), undefined);
  assertThrows(() => space.checkpoints.steps("../../etc"), RangeError);
  assertEquals(opened.messages, []);
});
