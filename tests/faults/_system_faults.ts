import { assert } from "@std/assert";
import { findProgram } from "../_find_program.ts";
import { assertSameFiles } from "../end_to_end/_assert_same_files.ts";
import { finish } from "../end_to_end/_task.ts";
import { readCsvFiles } from "../end_to_end/_workspace.ts";
import type { Fault } from "./_fault.ts";
import { countsOf, FaultBench } from "./_fault_bench.ts";
import { startSweep } from "./_processes.ts";

/** Half of what some systems grant by default, and a fifth of the runs. */
const OPEN_FILES = 128;
const MANY_RUNS = `
fixed: { hidden: [4], steps: 2, evaluate_every: 1 }
grid: { l1_penalty: [0, 0.001, 0.01] }
seeds: 200
`;

/** Many short runs, where a process may have few open files. */
export const OPEN_FILES_FAULT: Fault = {
  name: `600 runs with at most ${OPEN_FILES} open files`,
  disturb: async (bench) => {
    const file = await bench.workspace.experiment(MANY_RUNS, "many");
    const { keys, texts } = await FaultBench.sweepUndisturbed(bench.workspace, file);
    const launcher = ["sh", "-c", `ulimit -n ${OPEN_FILES} && exec "$0" "$@"`];
    const args = [file, "--reports", bench.reports, "--workers", "2"];
    const { trained } = countsOf(await finish(startSweep(args, { launcher })));
    bench.computedTwice += trained - keys.size;
    assertSameFiles(await readCsvFiles(bench.resultsOf("many")), texts);
  },
};

/** The errors of link() on file systems without hard links, and their numbers on Linux. */
const LINK_ERRORS = { EPERM: 1, ENOSYS: 38, EOPNOTSUPP: 95 };

/** File systems without hard links, by a library that is loaded before the C library. */
export function hardLinkFaults(compiler: string): Fault[] {
  return Object.entries(LINK_ERRORS).map(([name, number]) => ({
    name: `a file system where link() fails with ${name}`,
    disturb: async (bench) => {
      // Without headers, so that the compiler alone is needed.
      const source = await bench.workspace.write(
        "no_links.c",
        `int *__errno_location(void);
static int fail(void) { *__errno_location() = ${number}; return -1; }
int link(const char *from, const char *to) { return fail(); }
int linkat(int a, const char *from, int b, const char *to, int flags) { return fail(); }
`,
      );
      const library = bench.workspace.path("no_links.so");
      const args = ["-shared", "-fPIC", "-nostdlib", "-w", "-o", library, source];
      const { success, stderr } = await new Deno.Command(compiler, { args }).output();
      assert(success, new TextDecoder().decode(stderr));
      const { trained } = countsOf(await bench.run({ env: { LD_PRELOAD: library } }));
      bench.computedTwice += trained - bench.undisturbed.keys.size;
      assertSameFiles(await readCsvFiles(bench.results), bench.undisturbed.texts);
    },
  }));
}

export function findCompiler(): string | undefined {
  return Deno.build.os === "linux" ? findProgram("gcc", "cc") : undefined;
}
