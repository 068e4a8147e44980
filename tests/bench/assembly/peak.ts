/*
 * The most that strict multiply-then-add can do without touching memory: seven products, each added
 * to a sum of its own. No chain is longer than a multiplication and an addition, and seven of them
 * keep all units busy.
 */

// @ts-nocheck: AssemblyScript

/** Vector operations of one turn of the loop. */
export const OPERATIONS_PER_TURN: i32 = 14;

/** Runs `turns` turns; the result only keeps the compiler from dropping them. */
export function run(turns: i32): f32 {
  const c = f32x4.splat(1 + <f32>turns * 1e-12);
  let m0 = f32x4.splat(1), a0 = m0;
  let m1 = f32x4.splat(2), a1 = m1;
  let m2 = f32x4.splat(3), a2 = m2;
  let m3 = f32x4.splat(4), a3 = m3;
  let m4 = f32x4.splat(5), a4 = m4;
  let m5 = f32x4.splat(6), a5 = m5;
  let m6 = f32x4.splat(7), a6 = m6;
  for (let turn = 0; turn < turns; turn++) {
    m0 = f32x4.mul(m0, c);
    a0 = f32x4.add(a0, m0);
    m1 = f32x4.mul(m1, c);
    a1 = f32x4.add(a1, m1);
    m2 = f32x4.mul(m2, c);
    a2 = f32x4.add(a2, m2);
    m3 = f32x4.mul(m3, c);
    a3 = f32x4.add(a3, m3);
    m4 = f32x4.mul(m4, c);
    a4 = f32x4.add(a4, m4);
    m5 = f32x4.mul(m5, c);
    a5 = f32x4.add(a5, m5);
    m6 = f32x4.mul(m6, c);
    a6 = f32x4.add(a6, m6);
  }
  const low = f32x4.add(f32x4.add(a0, a1), f32x4.add(a2, a3));
  return f32x4.extract_lane(f32x4.add(low, f32x4.add(f32x4.add(a4, a5), a6)), 0);
}
