/**
 * AssemblyScript source of the matrix products' innermost loops, `assembly/tiles.ts`, which is
 * generated here because AssemblyScript does not unroll loops.
 *
 * A tile is a sum of outer products, 1 to 5 vectors of the left matrix by 2 of the right one, lane
 * by lane: at most 10 sums, 2 vectors of the right, 1 of the left and 1 product fit into the 15
 * registers that V8 allocates. A sum that does not fit would cost more than the arithmetic: in
 * every step it would wait for its own round trip through memory.
 *
 * V8 checks the bounds of every load except those at constant addresses within the memory's initial
 * size. So the left matrix, which many tiles share, is packed there, and enough steps are unrolled
 * to outweigh the loads and stores of sums between them. Where packing does not pay off, direct
 * tiles read the matrix in place.
 *
 * The right matrix has its own step, and holds numbers to be splatted (weights, in the forward
 * pass) or whole vectors (gradients of activations, in the weights' gradient).
 */

/** Vectors of the left matrix in a full tile. */
const TILE_ROWS = 5;
/** Steps of a packed tile. More steps are faster if a remainder rarely follows them. */
const PACKED_STEPS = { Splat: 32, Vector: 16 };
/** Steps in one iteration of a direct tile's loop: a power of two. */
const DIRECT_SHIFT = 2;
const DIRECT_STEPS = 1 << DIRECT_SHIFT;

type Right = keyof typeof PACKED_STEPS;

const LOAD_RIGHT: Record<Right, string> = {
  Splat: "r0 = v128.load_splat<T>(at), r1 = v128.load_splat<T>(at, sizeof<T>());",
  Vector: "r0 = v128.load(at), r1 = v128.load(at, 16);",
};

export function tileSource(): string {
  const rows = range(TILE_ROWS).map((n) => n + 1);
  return [
    "// @ts-nocheck: AssemblyScript",
    packedTile("Splat"),
    packedTile("Vector"),
    packRest(),
    sumsKernels(),
    ...rows.flatMap((count) => [directForward(count), directWeights(count)]),
    dispatch("forward", rows, DIRECT_FORWARD),
    dispatch("weights", rows, DIRECT_WEIGHTS),
    "",
  ].join("\n");
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, n) => n);
}

function lines<Item>(items: readonly Item[], line: (item: Item, n: number) => string): string {
  return items.map(line).join("\n");
}

/** Names of a tile's sums, in the order of memory: row after row, two per row. */
function sumsOf(rows: number): string[] {
  return range(rows).flatMap((row) => [`s${row}0`, `s${row}1`]);
}

function loadSums(rows: number): string {
  return lines(sumsOf(rows), (sum, n) => `    let ${sum} = v128.load(sums, ${16 * n});`);
}

function storeSums(rows: number): string {
  return lines(sumsOf(rows), (sum, n) => `    v128.store(sums, ${sum}, ${16 * n});`);
}

/** Loads a row's vector and adds its products to the row's sums. */
function addProducts(row: number, vector: string): string {
  return `    left = ${vector};
    s${row}0 = v128.add<T>(s${row}0, v128.mul<T>(left, r0));
    s${row}1 = v128.add<T>(s${row}1, v128.mul<T>(left, r1));`;
}

const PACKED_PARAMETERS =
  "b: usize, step: usize, next: usize, toggle: usize, sums: usize, pairs: i32";

/**
 * `packX` copies steps of the left matrix to address 0; `packedX` adds their products with `pairs`
 * pairs of the right one to sums in memory, `restX` those of fewer steps. The distance from one
 * pair to the next alternates between `next` and `next ^ toggle` bytes.
 */
function packedTile(right: Right): string {
  const steps = range(PACKED_STEPS[right]);
  const rows = range(TILE_ROWS);
  const bytes = 16 * TILE_ROWS;
  const turn = `    b += next;
    next ^= toggle;
    sums += ${2 * bytes};`;
  return `
export const ${right.toUpperCase()}_STEPS: i32 = ${steps.length};

export function pack${right}(from: usize, step: usize, across: usize): void {
${lines(rows.slice(1), (row) => `  let a${row} = ${row > 1 ? `a${row - 1}` : "from"} + across;`)}
  let a0 = from;
${
    lines(
      steps,
      (n) =>
        lines(
          rows,
          (row) => `  v128.store(${bytes * n + 16 * row}, v128.load(a${row}));\n  a${row} += step;`,
        ),
    )
  }
}

export function packed${right}<T>(${PACKED_PARAMETERS}): void {
  let r0: v128, r1: v128, left: v128;
  for (; pairs > 0; pairs--) {
${loadSums(TILE_ROWS)}
    let at = b;
${
    lines(
      steps,
      (n) =>
        `    ${LOAD_RIGHT[right]}\n    at += step;\n` +
        lines(rows, (row) => addProducts(row, `v128.load(${bytes * n + 16 * row})`)),
    )
  }
${storeSums(TILE_ROWS)}
${turn}
  }
}

export function rest${right}<T>(${PACKED_PARAMETERS}, steps: i32): void {
  let r0: v128, r1: v128, left: v128;
  for (; pairs > 0; pairs--) {
${loadSums(TILE_ROWS)}
    let at = b, a: usize = 0;
    for (let n = steps; n > 0; n--) {
    ${LOAD_RIGHT[right]}
    at += step;
${lines(rows, (row) => addProducts(row, `v128.load(a, ${16 * row})`))}
    a += ${bytes};
    }
${storeSums(TILE_ROWS)}
${turn}
  }
}`;
}

function packRest(): string {
  return `
export function packRest(from: usize, step: usize, across: usize, steps: i32): void {
  for (let to: usize = 0; steps > 0; steps--, to += ${16 * TILE_ROWS}, from += step) {
    let a = from;
${lines(range(TILE_ROWS), (row) => `    v128.store(to, v128.load(a), ${16 * row}); a += across;`)}
  }
}`;
}

/** Sets a full tile's sums to biases or zeros, and stores them as activations. */
function sumsKernels(): string {
  const rows = range(TILE_ROWS);
  const bytes = 32 * TILE_ROWS;
  return `
export function startSums<T>(bias: usize, sums: usize, pairs: i32): void {
  for (; pairs > 0; pairs--, bias += 2 * sizeof<T>(), sums += ${bytes}) {
    const b0 = v128.load_splat<T>(bias), b1 = v128.load_splat<T>(bias, sizeof<T>());
${
    lines(
      rows,
      (row) => `    v128.store(sums, b0, ${32 * row}); v128.store(sums, b1, ${32 * row + 16});`,
    )
  }
  }
}

export function clearSums(sums: usize, pairs: i32): void {
  const zero = i32x4.splat(0);
  for (; pairs > 0; pairs--, sums += ${bytes}) {
${lines(range(2 * TILE_ROWS), (n) => `    v128.store(sums, zero, ${16 * n});`)}
  }
}

export function takeSums(sums: usize, y: usize, yStride: usize, pairs: i32): void {
  for (; pairs > 0; pairs--, y += 32, sums += ${bytes}) {
    let to = y;
${
    lines(
      rows,
      (row) =>
        `    v128.store(to, v128.load(sums, ${32 * row}));
    v128.store(to, v128.load(sums, ${32 * row + 16}), 16);
    to += yStride;`,
    )
  }
  }
}`;
}

const DIRECT_FORWARD =
  "x: usize, xStride: usize, w: usize, inputs: i32, bias: usize, y: usize, yStride: usize, pairs: i32";

/** y = bias + x·w for some lane panels of x and y. */
function directForward(count: number): string {
  const rows = range(count);
  const step = (n: number) =>
    `    ${LOAD_RIGHT.Splat}\n    at += step;\n` +
    lines(rows, (row) => addProducts(row, `v128.load(a${row}, ${16 * n})`));
  const move = (steps: number) => lines(rows, (row) => `    a${row} += ${16 * steps};`);
  return `
function forward${count}<T>(${DIRECT_FORWARD}): void {
  const x0 = x;
${lines(rows.slice(1), (row) => `  const x${row} = x${row - 1} + xStride;`)}
  const step = 4 * sizeof<T>();
  let next: usize = 2 * sizeof<T>();
  const toggle = next ^ (<usize>inputs * step - next);
  let r0: v128, r1: v128, left: v128;
  for (; pairs > 0; pairs--) {
    const b0 = v128.load_splat<T>(bias), b1 = v128.load_splat<T>(bias, sizeof<T>());
${lines(rows, (row) => `    let s${row}0 = b0, s${row}1 = b1, a${row} = x${row};`)}
    let at = w;
    for (let n = inputs >> ${DIRECT_SHIFT}; n > 0; n--) {
${lines(range(DIRECT_STEPS), step)}
${move(DIRECT_STEPS)}
    }
    for (let n = inputs & ${DIRECT_STEPS - 1}; n > 0; n--) {
${step(0)}
${move(1)}
    }
    let to = y;
${
    lines(
      rows,
      (row) => `    v128.store(to, s${row}0); v128.store(to, s${row}1, 16); to += yStride;`,
    )
  }
    w += next;
    next ^= toggle;
    bias += 2 * sizeof<T>();
    y += 32;
  }
}`;
}

const DIRECT_WEIGHTS =
  "x: usize, xStride: usize, dy: usize, yStride: usize, panels: i32, sums: usize, pairs: i32";

/** sums = Σ x·dy over lane panels, lane by lane, for some features of x. */
function directWeights(count: number): string {
  const rows = range(count);
  const step = `    ${LOAD_RIGHT.Vector}\n    at += yStride;\n` +
    lines(rows, (row) => addProducts(row, `v128.load(a, ${16 * row})`)) +
    "\n    a += xStride;";
  return `
function weights${count}<T>(${DIRECT_WEIGHTS}): void {
  const zero = i32x4.splat(0);
  let r0: v128, r1: v128, left: v128;
  for (; pairs > 0; pairs--) {
    let ${sumsOf(count).map((sum) => `${sum} = zero`).join(", ")};
    let a = x, at = dy;
    for (let n = panels >> ${DIRECT_SHIFT}; n > 0; n--) {
${lines(range(DIRECT_STEPS), () => step)}
    }
    for (let n = panels & ${DIRECT_STEPS - 1}; n > 0; n--) {
${step}
    }
${storeSums(count)}
    dy += 32;
    sums += ${32 * count};
  }
}`;
}

/** Calls the tile for the given number of rows. */
function dispatch(name: string, rows: readonly number[], parameters: string): string {
  const names = parameters.replaceAll(/: \w+/g, "");
  return `
export function ${name}Directly<T>(rows: i32, ${parameters}): void {
  switch (rows) {
${lines(rows, (count) => `    case ${count}: ${name}${count}<T>(${names}); break;`)}
  }
}`;
}
