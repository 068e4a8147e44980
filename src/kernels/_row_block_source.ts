/**
 * AssemblyScript source of sums and products of listed rows, `assembly/row_blocks.ts`, unrolled for
 * blocks of several vectors of a row, or of several rows: a block's sums stay in registers. The
 * main cost is one bounds check per vector.
 */

/** Vectors of a block, largest first: 12 sums, a coefficient and a product fit the registers. */
const BLOCKS = [12, 8, 4, 3, 2, 1];
/** Listed rows that are multiplied with the same row in one loop and share its vectors. */
const DOTS = [8, 4];
/** Vectors of a row that is short enough to stay in registers. */
const SHORT = [4, 3, 2, 1];
/** Steps in one iteration of a dot product's loop. */
const DOT_STEPS = 4;

const PARAMETERS =
  "coefficients: usize, r: usize, out: usize, pitch: usize, units: usize, counts: usize, rows: i32, listPitch: usize";

export function rowBlockSource(): string {
  return [
    "// @ts-nocheck: AssemblyScript",
    'import { foldFour, foldTwo } from "./lanes";',
    ...BLOCKS.map(combine),
    combineRows(),
    STORE_DOTS,
    ...DOTS.map(dot),
    ...SHORT.map(shortDot),
    dotRow(),
    "",
  ].join("\n");
}

function lines(count: number, line: (n: number) => string): string {
  return Array.from({ length: count }, (_, n) => line(n)).join("\n");
}

/** out[b] = Σ_k coefficients[b,k]·r[units[b,k]], k ascending, for a block of each row. */
function combine(block: number): string {
  const add = (c: string, row: string) =>
    lines(
      block,
      (n) => `      s${n} = v128.add<T>(s${n}, v128.mul<T>(${c}, v128.load(${row}, ${16 * n})));`,
    );
  return `
function combine${block}<T>(${PARAMETERS}): void {
  for (; rows > 0; rows--) {
    const zero = i32x4.splat(0);
${lines(block, (n) => `    let s${n} = zero;`)}
    let unit = units, at = coefficients, k = load<i32>(counts);
    for (; k >= 2; k -= 2) {
      const first = r + load<u32>(unit) * pitch, second = r + load<u32>(unit, 4) * pitch;
      const c0 = v128.load_splat<T>(at);
${add("c0", "first")}
      const c1 = v128.load_splat<T>(at, sizeof<T>());
${add("c1", "second")}
      unit += 8;
      at += 2 * sizeof<T>();
    }
    if (k > 0) {
      const last = r + load<u32>(unit) * pitch;
      const c = v128.load_splat<T>(at);
${add("c", "last")}
    }
${lines(block, (n) => `    v128.store(out, s${n}, ${16 * n});`)}
    out += pitch;
    counts += 4;
    units += listPitch * 4;
    coefficients += listPitch * sizeof<T>();
  }
}`;
}

/** The same for whole rows: blocks of columns one after another. */
function combineRows(): string {
  const names = PARAMETERS.replaceAll(/: \w+/g, "").replace("r, out", "r + at, out + at");
  return `
export function combineRows<T>(${PARAMETERS}, bytes: usize): void {
  let at: usize = 0;
  while (at < bytes) {
    const left = bytes - at;
${
    BLOCKS.map((block) =>
      `    if (left >= ${16 * block}) {
      combine${block}<T>(${names});
      at += ${16 * block};
      continue;
    }`
    ).join("\n")
  }
  }
}`;
}

/** Stores −(bias + sum), the sum over the lanes of each of four vectors. */
const STORE_DOTS = `
// @ts-ignore: decorator
@inline
function storeDots<T>(at: usize, units: usize, bias: usize, a: v128, b: v128, c: v128, d: v128): void {
  const j0 = load<u32>(units), j1 = load<u32>(units, 4), j2 = load<u32>(units, 8), j3 = load<u32>(units, 12);
  if (sizeof<T>() == 4) {
    const sum = foldFour(a, b, c, d);
    let biases = f32x4.splat(load<f32>(bias + j0 * 4));
    biases = f32x4.replace_lane(biases, 1, load<f32>(bias + j1 * 4));
    biases = f32x4.replace_lane(biases, 2, load<f32>(bias + j2 * 4));
    biases = f32x4.replace_lane(biases, 3, load<f32>(bias + j3 * 4));
    v128.store(at, f32x4.neg(f32x4.add(biases, sum)));
  } else {
    const ab = foldTwo(a, b), cd = foldTwo(c, d);
    const b01 = f64x2.replace_lane(f64x2.splat(load<f64>(bias + j0 * 8)), 1, load<f64>(bias + j1 * 8));
    const b23 = f64x2.replace_lane(f64x2.splat(load<f64>(bias + j2 * 8)), 1, load<f64>(bias + j3 * 8));
    v128.store(at, f64x2.neg(f64x2.add(b01, ab)));
    v128.store(at, f64x2.neg(f64x2.add(b23, cd)), 16);
  }
}`;

const DOT_PARAMETERS = "x: usize, r: usize, pitch: usize, bias: usize, units: usize, at: usize";

function storeGroups(rows: number): string {
  return Array.from({ length: rows / 4 }, (_, n) => {
    const sums = [0, 1, 2, 3].map((k) => `s${4 * n + k}`).join(", ");
    return `  storeDots<T>(at + ${4 * n} * sizeof<T>(), units + ${16 * n}, bias, ${sums});`;
  }).join("\n");
}

/** Products of a row with some listed rows. */
function dot(rows: number): string {
  const step = (n: number) =>
    `      v = v128.load(x, ${16 * n});\n` +
    lines(rows, (k) =>
      `      s${k} = v128.add<T>(s${k}, v128.mul<T>(v, v128.load(r${k}, ${16 * n})));`);
  const move = (steps: number) =>
    `      x += ${16 * steps};\n` + lines(rows, (k) => `      r${k} += ${16 * steps};`);
  return `
function dot${rows}<T>(${DOT_PARAMETERS}, vectors: i32): void {
${lines(rows, (k) => `  let r${k} = r + load<u32>(units, ${4 * k}) * pitch;`)}
  let s0 = i32x4.splat(0);
${lines(rows - 1, (k) => `  let s${k + 1} = s0;`)}
  let v: v128;
  for (let n = vectors / ${DOT_STEPS}; n > 0; n--) {
${lines(DOT_STEPS, step)}
${move(DOT_STEPS)}
  }
  for (let n = vectors % ${DOT_STEPS}; n > 0; n--) {
${step(0)}
${move(1)}
  }
${storeGroups(rows)}
}`;
}

/** Products of a short row with all of its listed rows. */
function shortDot(vectors: number): string {
  const sum = (k: number) =>
    `    const r${k} = r + load<u32>(units, ${4 * k}) * pitch;\n    let s${k} = zero;\n` +
    lines(
      vectors,
      (n) => `    s${k} = v128.add<T>(s${k}, v128.mul<T>(x${n}, v128.load(r${k}, ${16 * n})));`,
    );
  return `
function shortDot${vectors}<T>(${DOT_PARAMETERS}, count: i32): void {
  const zero = i32x4.splat(0);
${lines(vectors, (n) => `  const x${n} = v128.load(x, ${16 * n});`)}
  for (; count > 0; count -= 4, units += 16, at += 4 * sizeof<T>()) {
${lines(4, sum)}
${storeGroups(4)}
  }
}`;
}

/** Products of a row with all of its listed rows; lists are filled up to a multiple of 4. */
function dotRow(): string {
  const names = DOT_PARAMETERS.replaceAll(/: \w+/g, "");
  return `
export function dotRow<T>(${DOT_PARAMETERS}, vectors: i32, count: i32): void {
  switch (vectors) {
${SHORT.map((n) => `    case ${n}: shortDot${n}<T>(${names}, count); return;`).join("\n")}
  }
  for (; count > 4; count -= 8, units += 32, at += 8 * sizeof<T>()) {
    dot8<T>(${names}, vectors);
  }
  if (count > 0) dot4<T>(${names}, vectors);
}`;
}
