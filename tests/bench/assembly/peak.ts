/*
 * The most that strict multiply-then-add can do in 16 registers, without touching memory: twelve
 * sums, each adding a multiple of its neighbour, so that no product is known in advance and the
 * longest chain of operations is one multiplication and one addition per turn.
 */

// @ts-nocheck: AssemblyScript

/** Vector operations of one turn of the loop. */
export const OPERATIONS_PER_TURN: i32 = 48;

/** Runs `turns` turns; the result only keeps the compiler from dropping them. */
export function run(turns: i32): f32 {
  const c = f32x4.splat(<f32>turns * 1e-12);
  let a0 = f32x4.splat(1);
  let a1 = f32x4.splat(2);
  let a2 = f32x4.splat(3);
  let a3 = f32x4.splat(4);
  let a4 = f32x4.splat(5);
  let a5 = f32x4.splat(6);
  let a6 = f32x4.splat(7);
  let a7 = f32x4.splat(8);
  let a8 = f32x4.splat(9);
  let a9 = f32x4.splat(10);
  let a10 = f32x4.splat(11);
  let a11 = f32x4.splat(12);
  for (let turn = 0; turn < turns; turn++) {
    a0 = f32x4.add(a0, f32x4.mul(a1, c));
    a1 = f32x4.add(a1, f32x4.mul(a2, c));
    a2 = f32x4.add(a2, f32x4.mul(a3, c));
    a3 = f32x4.add(a3, f32x4.mul(a4, c));
    a4 = f32x4.add(a4, f32x4.mul(a5, c));
    a5 = f32x4.add(a5, f32x4.mul(a6, c));
    a6 = f32x4.add(a6, f32x4.mul(a7, c));
    a7 = f32x4.add(a7, f32x4.mul(a8, c));
    a8 = f32x4.add(a8, f32x4.mul(a9, c));
    a9 = f32x4.add(a9, f32x4.mul(a10, c));
    a10 = f32x4.add(a10, f32x4.mul(a11, c));
    a11 = f32x4.add(a11, f32x4.mul(a0, c));
    a0 = f32x4.add(a0, f32x4.mul(a1, c));
    a1 = f32x4.add(a1, f32x4.mul(a2, c));
    a2 = f32x4.add(a2, f32x4.mul(a3, c));
    a3 = f32x4.add(a3, f32x4.mul(a4, c));
    a4 = f32x4.add(a4, f32x4.mul(a5, c));
    a5 = f32x4.add(a5, f32x4.mul(a6, c));
    a6 = f32x4.add(a6, f32x4.mul(a7, c));
    a7 = f32x4.add(a7, f32x4.mul(a8, c));
    a8 = f32x4.add(a8, f32x4.mul(a9, c));
    a9 = f32x4.add(a9, f32x4.mul(a10, c));
    a10 = f32x4.add(a10, f32x4.mul(a11, c));
    a11 = f32x4.add(a11, f32x4.mul(a0, c));
  }
  const low = f32x4.add(f32x4.add(a0, f32x4.add(a1, a2)), f32x4.add(a3, f32x4.add(a4, a5)));
  const high = f32x4.add(f32x4.add(a6, f32x4.add(a7, a8)), f32x4.add(a9, f32x4.add(a10, a11)));
  return f32x4.extract_lane(f32x4.add(low, high), 0);
}
