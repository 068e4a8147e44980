import { aptGet } from "./_apt_get.ts";
import { arm64Compiler } from "./_arm64.ts";
import { IS_CI } from "./_ci.ts";
import { findProgram, isFile } from "./_find_program.ts";
import { pythonWith } from "./_python_with.ts";
import { setUpArm64 } from "./set_up_arm64.ts";

/** What tests need beside Deno. */
interface Need {
  /** Whether it is there. */
  readonly isMet: () => boolean | Promise<boolean>;
  readonly debianPackage: string;
  /** What does without it. */
  readonly tests: string;
}

const NEEDS: readonly Need[] = [
  {
    isMet: () => findProgram("chromium", "chromium-browser", "google-chrome") !== undefined,
    debianPackage: "chromium",
    tests: "tests/report/browser_test.ts",
  },
  {
    // Letters of the fonts that Debian has without it are wider than those that most readers see.
    isMet: () =>
      Deno.build.os !== "linux" ||
      isFile("/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf"),
    debianPackage: "fonts-liberation",
    tests: "what tests/report/browser_test.ts measures",
  },
  {
    isMet: () => findProgram("sbatch") !== undefined,
    debianPackage: "slurm-wlm",
    tests: "tests/end_to_end/slurm_test.ts",
  },
  {
    isMet: () => findProgram("munge") !== undefined,
    debianPackage: "munge",
    tests: "tests/end_to_end/slurm_test.ts",
  },
  {
    isMet: () => findProgram("faketime") !== undefined,
    debianPackage: "faketime",
    tests: "a part of tests/faults/faults_test.ts",
  },
  {
    isMet: () => findProgram("gcc", "cc") !== undefined,
    debianPackage: "gcc",
    tests: "all of native kernels, and a part of tests/faults/faults_test.ts",
  },
  {
    isMet: () => isFile("/usr/include/stdint.h"),
    debianPackage: "libc6-dev",
    tests: "all of native kernels, and a part of tests/faults/faults_test.ts",
  },
  ...["gcc-aarch64-linux-gnu", "libc6-dev-arm64-cross"].map((debianPackage) => ({
    isMet: () => arm64Compiler() !== undefined,
    debianPackage,
    tests: "tests/end_to_end/arm64_kernels_test.ts",
  })),
  ...["zsh", "fish"].map((shell) => ({
    isMet: () => findProgram(shell) !== undefined,
    debianPackage: shell,
    tests: "a part of tests/cli/completion_test.ts",
  })),
  {
    isMet: async () => await pythonWith("sklearn") !== undefined,
    debianPackage: "python3-sklearn",
    tests: "tests/peers, tests/experiments/programs_test.ts and a part of " +
      "tests/end_to_end/example_programs_test.ts",
  },
];

/** Installs what is missing, where it can; says what it cannot, which is an error in CI alone. */
async function setUp(): Promise<number> {
  const missing = await missingOf(NEEDS);
  if (missing.length === 0) return 0;
  const obstacle = await install(missing.map(({ debianPackage }) => debianPackage));
  const left = await missingOf(missing);
  for (const { debianPackage, tests } of left) {
    say(`set_up: ${tests} will be skipped: Debian's package ${debianPackage} is not installed`);
  }
  if (left.length > 0 && obstacle) say(`set_up: and was not, because ${obstacle}`);
  return left.length > 0 && IS_CI ? 1 : 0;
}

async function missingOf(needs: readonly Need[]): Promise<Need[]> {
  const areMet = await Promise.all(needs.map(({ isMet }) => isMet()));
  return needs.filter((_, index) => !areMet[index]);
}

/** Installs Debian packages; returns what stood in the way, if anything did. */
async function install(packages: readonly string[]): Promise<string | undefined> {
  if (!findProgram("apt-get")) return "there is no apt-get";
  if (Deno.uid() !== 0) return "that takes root";
  say(`set_up: installing ${packages.join(", ")}`);
  const commands = [["update"], ["install", "--yes", "--no-install-recommends", ...packages]];
  for (const args of commands) {
    const obstacle = await aptGet(args, { say });
    if (obstacle !== undefined) return obstacle;
  }
  return undefined;
}

function say(line: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`${line}\n`));
}

/** As `setUp()`, for what takes more than a package. */
async function setUpEmulation(): Promise<number> {
  const obstacle = await setUpArm64(say);
  if (obstacle === undefined) return 0;
  say(`set_up: tests of arm64 in tests/end_to_end/ will be skipped: ${obstacle}`);
  return IS_CI ? 1 : 0;
}

Deno.exitCode = Math.max(await setUp(), await setUpEmulation());
