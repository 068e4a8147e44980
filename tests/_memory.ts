import { assert } from "@std/assert";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("fixtures/memory/print_peak.ts", import.meta.url));
const CONFIG = fileURLToPath(new URL("deno.json", import.meta.url));
/**
 * What a process may grow by beside its objects, if the work does not say: typed arrays, compiled code,
 * and the newest objects.
 */
const BESIDE_OBJECTS = 60;

/**
 * What this thread's heap and buffers take, with what nobody has collected yet: for bounds that are far
 * above both. The process's own size would count what tests in its other threads take.
 */
export function mebibytesTaken(): number {
  const { heapTotal, external } = Deno.memoryUsage();
  return (heapTotal + external) / 2 ** 20;
}

/** Work that is measured: a function of a module's exports, and the bytes that it is called with. */
export interface Work {
  readonly module: URL;
  readonly name: string;
  readonly input?: Uint8Array;
  /** What it may grow by beside its objects: less, if it has few typed arrays and many objects. */
  readonly besideObjects?: number;
}

/**
 * Asserts that a process that does nothing but some work grows by less than `most` MiB at any time.
 *
 * Other tests add nothing to a process of its own. Its limited heap and its single thread make it collect
 * what nobody needs at the same moments on every machine, so that the result is the same within 1 MiB.
 */
export async function assertTakesLessThan(most: number, work: Work): Promise<void> {
  const { module, name, input = new Uint8Array(), besideObjects = BESIDE_OBJECTS } = work;
  const file = await Deno.makeTempFile();
  try {
    await Deno.writeFile(file, input);
    const heap = [`--max-old-space-size=${most - besideObjects}`, "--max-semi-space-size=4"];
    const flags = `--v8-flags=--single-threaded,${heap}`;
    const options = [`--config=${CONFIG}`, "--allow-all", "--no-check", "--quiet", flags];
    const command = new Deno.Command(Deno.execPath(), {
      args: ["run", ...options, PROGRAM, module.href, name, file],
    });
    const { success, stdout, stderr } = await command.output();
    assert(success, `${name}() fails:\n${new TextDecoder().decode(stderr)}`);
    const mebibytes = Number(new TextDecoder().decode(stdout));
    assert(mebibytes < most, `${name}() takes ${mebibytes} MiB`);
  } finally {
    await Deno.remove(file);
  }
}
