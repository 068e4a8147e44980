import { assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { compileNative } from "../../src/kernels/compile_native.ts";
import { instantiateKernels, loadKernelsModule } from "../../src/kernels/load_kernels.ts";
import { ARM64_TARGET, arm64Compiler, arm64Deno } from "../_arm64.ts";
import { IS_CI } from "../_ci.ts";
import { caseHashes } from "../kernels/_case_hashes.ts";
import { KERNEL_RUNS } from "../trainers/_kernel_runs.ts";
import { runOnArm64 } from "./_run_on_arm64.ts";

const SCRIPT = fileURLToPath(new URL("./fixtures/print_native_results.ts", import.meta.url));

/** Cases of each kernel in each precision: each kind of numbers twice. */
const CASES = 14;

/** A few whole runs of each trainer: all would take an emulated machine long. */
const RUNS = KERNEL_RUNS.filter((_, index) => index % 12 === 0);

const isSetUp = arm64Deno() !== undefined && arm64Compiler() !== undefined;

Deno.test({
  name: isSetUp || IS_CI
    ? "native kernels give the same bits on arm64"
    : "native kernels give the same bits on arm64; skipped: tests/set_up.ts says what is missing",
  ignore: !isSetUp && !IS_CI,
  async fn() {
    const [{ path }] = await compileNative(ARM64_TARGET);
    const module = await loadKernelsModule();
    const expected = await caseHashes((precision) => instantiateKernels(module, precision), CASES);
    const args = [path, `${CASES}`, ...RUNS.map(({ name }) => name)];
    const printed = await runOnArm64(SCRIPT, args, [`--allow-ffi=${path}`]);
    const { architecture, bits, hashes, digests } = JSON.parse(printed);
    assertEquals([architecture, bits], ["aarch64", 128]);
    assertEquals(hashes, expected);
    for (const { name, precision, digest } of RUNS) {
      assertEquals(digests[name], await digest(instantiateKernels(module, precision)), name);
    }
  },
});
