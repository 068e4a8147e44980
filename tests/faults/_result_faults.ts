import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { lookAt } from "../../src/files/facts.ts";
import { removeIfThere } from "../../src/files/write_file.ts";
import { RESULT_FILES, RESULTS_CLAIM } from "../../src/results/result_files.ts";
import { makePipe } from "../files/_special_files.ts";
import type { Fault } from "./_fault.ts";

const NAMES = [...RESULT_FILES.map(({ name }) => name), RESULTS_CLAIM];
const PRECIOUS = "not regsweep's\n";

/** What is no file at all, in the place of one that a sweep writes; `elsewhere` is a file. */
const INTRUDERS: Record<string, (path: string, elsewhere: string) => Promise<void>> = {
  "links to a file elsewhere": (path, elsewhere) => Deno.symlink(elsewhere, path),
  "links that lead nowhere": (path, elsewhere) => Deno.symlink(`${elsewhere}.missing`, path),
  "hard links to a file elsewhere": (path, elsewhere) => Deno.link(elsewhere, path),
  "links to a device": (path) => Deno.symlink("/dev/zero", path),
  pipes: makePipe,
};

/** Folders of results in which every name that a sweep writes is something else's already. */
export const RESULT_FAULTS: readonly Fault[] = Object.entries(INTRUDERS).map((
  [name, intrude],
) => ({
  name: `${name} in the places of results`,
  disturb: async (bench) => {
    await bench.copyUndisturbed();
    const elsewhere = await bench.workspace.write("elsewhere", PRECIOUS);
    for (const name of NAMES) {
      const path = join(bench.results, name);
      removeIfThere(path);
      await intrude(path, elsewhere);
    }
    const { code, stderr } = await bench.run({}, "--quiet");
    assertEquals([code, stderr], [0, ""]);
    assertEquals(await Deno.readTextFile(elsewhere), PRECIOUS);
    assertEquals(lookAt(`${elsewhere}.missing`), undefined);
    // Nobody removes what is no claim; the bench would take it for one that is left.
    await Deno.remove(join(bench.results, RESULTS_CLAIM));
  },
}));
