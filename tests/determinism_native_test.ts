import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { compileNative } from "../src/kernels/compile_native.ts";
import { NATIVE_OPTIONS, NATIVE_WIDTHS } from "../src/kernels/native_options.ts";
import { ARM64_TARGET, arm64Compiler } from "./_arm64.ts";
import { IS_CI } from "./_ci.ts";
import { findProgram } from "./_find_program.ts";
import { nativeLibraries } from "./_native_library.ts";
import { ROOT } from "./_source_files.ts";

const SOURCE = "src/kernels/native";

/** Calls of what IEEE 754 defines to the last bit; other functions of C's library may differ. */
const EXACT_CALL = /^(?:__builtin_)?(?:copysign|fabs|sqrt)f?\s*\($/;

const FUNCTIONS =
  "acos|asin|atan|atan2|cbrt|ceil|copysign|cos|cosh|erf|erfc|exp|exp10|exp2|expm1|" +
  "fabs|fdim|floor|fma|fmax|fmin|fmod|frexp|hypot|ldexp|lgamma|log|log10|log1p|log2|logb|lrint|" +
  "lround|modf|nearbyint|pow|remainder|rint|round|scalbn|sin|sinh|sqrt|tan|tanh|tgamma|trunc";

/** What a C source must not have: what fuses, reorders, approximates or depends on time or threads. */
const HAZARDS: readonly RegExp[] = [
  // Calls of the C library and their builtins; KERNEL(exp) is a name.
  new RegExp(`\\b(?:__builtin_)?(?:${FUNCTIONS})[fl]?\\s*\\(`, "g"),
  /\b__builtin_(?:ia32_\w+|elementwise_\w+|reduce_\w+|assoc_barrier|nan\w*)/g,
  // Fused multiply-add, and the estimates of reciprocals and roots.
  /\b_mm\w*_(?:mask\w*_)?fn?m(?:add|sub)\w*/g,
  /\bv(?:fm|ml)[as]\w*/g,
  /\b_mm\w*_(?:rcp|rsqrt)\w*/g,
  /\bv(?:recp|rsqrt)\w*/g,
  /\bv?(?:fn?m(?:add|sub)|rcp|rsqrt)\w*/g,
  // How numbers are rounded, and whether denormal ones are 0.
  /\b\w*(?:setcsr|FLUSH_ZERO|DENORMALS_ZERO|fesetround|fpcr)\w*/gi,
  /#\s*pragma\b(?!\s+(?:clang\s+loop\s+unroll|GCC\s+unroll)\b).*/g,
  /\b_Pragma\("(?!(?:clang loop unroll|GCC unroll)\b)[^"]*"\)/g,
  /\b(?:optimize|target|target_clones)\s*\(/g,
  /\blong\s+double\b|\b_Float\d+\w*|\b__fp16\b|\b_Complex\b/g,
  /\b(?:time|clock|rand|getenv|malloc|free|pthread_\w+|omp_\w+)\s*\(/g,
];

/** Headers of types and vectors, and those from which functions are called that are listed above. */
const HEADERS = [
  ...["math.h", "stdbool.h", "stddef.h", "stdint.h", "string.h"],
  ...["arm_neon.h", "emmintrin.h", "immintrin.h", "smmintrin.h"],
];

function hazardsIn(source: string): string[] {
  const code = source.replace(/\/\*[^]*?\*\/|\/\/.*/g, " ");
  const found = HAZARDS.flatMap((hazard) => code.match(hazard) ?? []);
  const headers = [...code.matchAll(/#\s*include\s*<([^>]*)>/g)].map(([, name]) => name);
  return [
    ...new Set(found.filter((hazard) => !EXACT_CALL.test(hazard))),
    ...headers.filter((name) => !HEADERS.includes(name)),
  ];
}

const EXAMPLES: Record<string, string[]> = {
  "y = expf(x) + tanh (x);": ["expf(", "tanh ("],
  "y = __builtin_log(x);": ["__builtin_log("],
  "y = sqrtf(x) + sqrt(fabs(x));": [],
  "void KERNEL(tanh)(uint8_t *memory) {} /* exp(x) */ // log(x)": [],
  "y = fma(a, b, c);": ["fma("],
  "y = _mm256_fmadd_ps(a, b, c);": ["_mm256_fmadd_ps"],
  "y = _mm_rsqrt_ps(x);": ["_mm_rsqrt_ps"],
  "y = vfmaq_f32(a, b, c) + vmlaq_f32(a, b, c);": ["vfmaq_f32", "vmlaq_f32"],
  '__asm__("vfmadd231ps %2, %1, %0" : "+v"(y) : "v"(x), "v"(z));': ["vfmadd231ps"],
  "#pragma STDC FP_CONTRACT ON": ["#pragma STDC FP_CONTRACT ON"],
  '_Pragma("clang fp reassociate(on)")': ['_Pragma("clang fp reassociate(on)")'],
  '_Pragma("GCC unroll 32")': [],
  '__attribute__((optimize("fast-math"))) void f(void);': ["optimize("],
  "_MM_SET_FLUSH_ZERO_MODE(_MM_FLUSH_ZERO_ON);": ["_MM_SET_FLUSH_ZERO_MODE", "_MM_FLUSH_ZERO_ON"],
  "long double sum = 0;": ["long double"],
  "#include <omp.h>": ["omp.h"],
};

Deno.test("hazardsIn() finds what may change a bit in C, and nothing else", () => {
  for (const [source, hazards] of Object.entries(EXAMPLES)) {
    assertEquals(hazardsIn(source), hazards, source);
  }
});

Deno.test("nothing in the native kernels' source may change a bit", async () => {
  const names = [...Deno.readDirSync(join(ROOT, SOURCE))].map(({ name }) => name)
    .filter((name) => /\.[ch]$/.test(name));
  assert(names.includes("other_kernels.c") && names.includes("dense_forward.h"));
  for (const name of names) {
    assertEquals(hazardsIn(await Deno.readTextFile(join(ROOT, SOURCE, name))), [], name);
  }
});

/** Options that change no arithmetic: what the processor has, and how code is made. */
const HARMLESS_OPTIONS =
  /^-(std=c11|O[0-3]|fPIC|fno-math-errno|msse4\.[12]|mavx2|mavx512(f|bw|dq|vl)|mprefer-vector-width=\d+|W\w+)$/;

Deno.test("no option of the compiler may change a bit", () => {
  assert(NATIVE_OPTIONS.includes("-ffp-contract=off"));
  const others = [
    NATIVE_OPTIONS,
    ...Object.values(NATIVE_WIDTHS).flatMap(Object.values<readonly string[]>),
  ]
    .flat().filter((option) => option !== "-ffp-contract=off");
  assertEquals(others.filter((option) => !HARMLESS_OPTIONS.test(option)), []);
});

/** Instructions that fuse, approximate, or change how the processor computes. */
const HAZARDOUS_INSTRUCTIONS: Record<string, RegExp> = {
  x86_64: /^(v?fn?m(add|sub)|vfmadd|v?r(cp|sqrt)|v?ldmxcsr|fld|fst|fadd|fmul|v?dpp[sd])/,
  aarch64: /^(fn?m(add|sub|la|ls)|fr(ecp|sqrt)|fmlal|bf|msr)/,
};

/** One of these is in every library: instructions were found. */
const MULTIPLICATIONS: Record<string, readonly string[]> = {
  x86_64: ["mulps", "vmulps"],
  aarch64: ["fmul"],
};

/** What a library may take from elsewhere: no function that computes numbers. */
const HARMLESS_SYMBOL =
  /^(mem(cpy|move|set)|_ITM_\w+|__gmon_start__|__cxa_finalize|__stack_chk_\w+|__cpu_\w+)$/;

async function lines(program: string, ...args: string[]): Promise<string[]> {
  const { success, stdout } = await new Deno.Command(program, { args, stderr: "inherit" }).output();
  assert(success, program);
  return new TextDecoder().decode(stdout).split("\n");
}

async function assertExact(objdump: string, architecture: string, library: string): Promise<void> {
  // Address, tab, instruction.
  const code = await lines(objdump, "--disassemble", "--no-show-raw-insn", library);
  const instructions = new Set(code.map((line) => line.split("\t")[1]?.trim().split(/\s/)[0]));
  assert(MULTIPLICATIONS[architecture].some((name) => instructions.has(name)));
  const hazards = [...instructions].filter((instruction) =>
    instruction !== undefined && HAZARDOUS_INSTRUCTIONS[architecture].test(instruction)
  );
  assertEquals(hazards, []);
  const symbols = (await lines(objdump, "--dynamic-syms", library))
    .filter((line) => line.includes("*UND*")).map((line) => line.trim().split(/\s+/).at(-1) ?? "");
  assertEquals(symbols.filter((symbol) => !HARMLESS_SYMBOL.test(symbol)), []);
}

const objdump = findProgram("objdump");
const libraries = await nativeLibraries();
const isThere = objdump !== undefined && libraries.length > 0;

Deno.test({
  name:
    "no instruction of the native kernels fuses, approximates or calls the C library's functions" +
    (isThere || IS_CI ? "" : "; skipped: it takes a C compiler and objdump"),
  ignore: !isThere && !IS_CI,
  async fn() {
    assert(objdump);
    for (const { path } of libraries) await assertExact(objdump, Deno.build.arch, path);
  },
});

const crossCompiler = arm64Compiler();

Deno.test({
  name: "the same on arm64" +
    (crossCompiler || IS_CI ? "" : "; skipped: tests/set_up.ts says what is missing"),
  ignore: !crossCompiler && !IS_CI,
  async fn() {
    const [{ path }] = await compileNative(ARM64_TARGET);
    await assertExact("aarch64-linux-gnu-objdump", "aarch64", path);
  },
});
