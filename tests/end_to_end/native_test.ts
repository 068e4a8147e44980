import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { basename, join } from "node:path";
import { assertSameFiles } from "./_assert_same_files.ts";
import {
  bitsOf,
  compileIn,
  compileNarrow,
  compileWrongly,
  librariesOf,
  takingChoices,
  useNativeCopy,
} from "./_native_copy.ts";
import { moduleExperiment } from "./_own_module.ts";
import type { ProjectCopy } from "./_project_copy.ts";
import { finish, startTask } from "./_task.ts";
import { readCsvFiles, readManifestIn, Workspace } from "./_workspace.ts";

const EXPERIMENT = `
fixed: { hidden: [8, 5], steps: 20, evaluate_every: 5 }
grid: { l2_penalty: [0, 0.01], dropout: [0, 0.3] }
seeds: 2
`;

/** Does work with an experiment and with a copy of the program that has no native kernels yet. */
async function use(
  work: (copy: ProjectCopy, workspace: Workspace, file: string) => Promise<void>,
): Promise<void> {
  await useNativeCopy((copy) =>
    Workspace.use(async (workspace) => {
      await work(copy, workspace, await workspace.experiment(EXPERIMENT));
    })
  );
}

/** The native kernels that a sweep used. */
async function usedIn(folder: string) {
  return (await readManifestIn(folder)).kernels.native;
}

/** What the copy says when it sweeps, and the folder of results. */
async function sweepWith(
  copy: ProjectCopy,
  workspace: Workspace,
  file: string,
  kernels: string,
) {
  const reports = workspace.path(kernels);
  const options = ["--reports", reports, "--kernels", kernels, "--quiet"];
  const { code, stderr } = await copy.runTask("sweep", file, ...options);
  assertEquals(code, 0, stderr);
  return { stderr, folder: `${reports}/points` };
}

Deno.test("native kernels: a sweep gives the same bytes, and verify passes with either", async () => {
  await use(async (copy, workspace, file) => {
    const library = await compileIn(copy);
    const bits = bitsOf(library);
    const wasm = await sweepWith(copy, workspace, file, "wasm");
    assertEquals(await usedIn(wasm.folder), undefined);
    const expected = await readCsvFiles(wasm.folder);
    for (const kernels of takingChoices(library)) {
      const { folder, stderr } = await sweepWith(copy, workspace, file, kernels);
      assertEquals(stderr, "");
      assertSameFiles(await readCsvFiles(folder), expected);
      assertEquals(await usedIn(folder), { library: basename(library), bits });
      assertStringIncludes(
        await Deno.readTextFile(join(folder, "report.html")),
        `<dt>Kernels</dt><dd>native, ${bits} bits`,
      );
    }
    for (const kernels of [[], ["--kernels", "native"]]) {
      const folder = workspace.path("native", "points");
      const verified = await copy.runTask("verify", folder, "--quiet", ...kernels);
      assertEquals([verified.code, verified.stderr], [0, ""]);
    }
    const digest = async (kernels: string) => {
      const { stdout } = await copy.runTask("train", file, "--kernels", kernels);
      return stdout.match(/digest \w+/)?.[0] ?? "";
    };
    assertEquals(await digest("native"), await digest("wasm"));
  });
});

Deno.test("native kernels: a library that gives other numbers is refused, once", async () => {
  await use(async (copy, workspace, file) => {
    const library = await compileWrongly(copy);
    const wasm = await sweepWith(copy, workspace, file, "wasm");
    assertEquals(wasm.stderr, "");
    for (const kernels of takingChoices(library)) {
      const { stderr, folder } = await sweepWith(copy, workspace, file, kernels);
      assertMatch(
        stderr,
        /^Native kernels are not used.*gives other numbers \(reluBackward, f32\)\n$/,
      );
      assertSameFiles(await readCsvFiles(folder), await readCsvFiles(wasm.folder));
    }
    // What a plan measures its time with.
    for (const task of ["train", "plan"]) {
      const { code, stderr } = await copy.runTask(task, file, "--kernels", "native");
      assertStringIncludes(stderr, "gives other numbers (reluBackward, f32)");
      assertEquals(code, 0);
    }
    const planned = await copy.runTask("plan", file, "--kernels", "wasm");
    assertEquals([planned.code, planned.stderr], [0, ""]);
  });
});

Deno.test("native kernels: a library that cannot be loaded is refused", async () => {
  await use(async (copy, workspace, file) => {
    const path = await compileIn(copy);
    await Deno.writeTextFile(path, "no library");
    const { stderr } = await sweepWith(copy, workspace, file, takingChoices(path)[0]);
    assertMatch(stderr, /^Native kernels are not used, but WebAssembly: .* cannot be loaded: /);
    assertEquals(stderr.match(/Native kernels/g)?.length, 1);
  });
});

Deno.test("native kernels: help says whether they would be used", async () => {
  await use(async (copy) => {
    const help = async () => {
      const { stdout } = await copy.runTask("sweep", "--help");
      return stdout.replaceAll(/\s+/g, " ");
    };
    const none =
      "--kernels auto now means WebAssembly's kernels, not native ones: there are none yet";
    assertStringIncludes(await help(), none);
    const isTaken = takingChoices(await compileIn(copy)).includes("auto");
    const now = isTaken ? "native kernels" : "WebAssembly's kernels, not native ones: with vectors";
    assertStringIncludes(await help(), `--kernels auto now means ${now}`);
  });
});

Deno.test("native kernels: without a library, auto is WebAssembly and native an error", async () => {
  await use(async (copy, workspace, file) => {
    const { stderr } = await sweepWith(copy, workspace, file, "auto");
    assertEquals(stderr, "");
    for (const task of ["sweep", "plan", "train"]) {
      const required = await copy.runTask(task, file, "--kernels", "native");
      assertEquals([required.code, required.stdout], [2, ""]);
      assertStringIncludes(required.stderr, "deno task native");
    }
  });
});

Deno.test("native kernels: code of one's own trains in workers that cannot load a library", async () => {
  await use(async (copy, workspace) => {
    await compileIn(copy);
    const file = await moduleExperiment(workspace);
    const { stderr } = await sweepWith(copy, workspace, file, "native");
    assertMatch(stderr, /^Native kernels are not used: .*code of your own.*\n$/);
  });
});

Deno.test("native: compiles once, removes what older sources gave, and says what it needs", async () => {
  await use(async (copy) => {
    const first = await compileIn(copy);
    const again = await copy.runTask("native");
    assertStringIncludes(again.stdout, "There already are");
    await copy.edit("src/kernels/native/numbers.h", (text) => `${text}\n/* Changed. */\n`);
    const second = await compileIn(copy);
    assert(first !== second);

    const task = startTask("native", [], { project: copy.folder, env: { PATH: "/nowhere" } });
    const { code, stderr } = await finish(task);
    assertEquals(code, 1);
    assertMatch(stderr, /^Cannot compile the kernels without a C compiler .*apt install gcc/);
  });
});

Deno.test({
  name: "native kernels: with vectors of 128 bits, auto is WebAssembly on x86, and says so",
  ignore: Deno.build.arch !== "x86_64",
  fn: () =>
    use(async (copy, workspace, file) => {
      const library = await compileNarrow(copy);
      const again = await copy.runTask("native");
      assertStringIncludes(again.stdout, "only --kernels native takes them");
      const auto = await sweepWith(copy, workspace, file, "auto");
      assertMatch(auto.stderr, /^Native kernels are not used .* 128 bits, WebAssembly's are .*\n$/);
      assertEquals(await usedIn(auto.folder), undefined);
      const native = await sweepWith(copy, workspace, file, "native");
      assertEquals(native.stderr, "");
      assertEquals(await usedIn(native.folder), { library: basename(library), bits: 128 });
    }),
});

Deno.test({
  name: "native kernels: a library for wider vectors than the processor's is not loaded",
  ignore: Deno.build.arch !== "x86_64",
  fn: () =>
    use(async (copy, workspace, file) => {
      const library = await compileNarrow(copy);
      await Deno.rename(library, library.replace("-128-", "-256-"));
      const { stderr, folder } = await sweepWith(copy, workspace, file, "auto");
      assertMatch(
        stderr,
        /^Native kernels are not used .* wider than this processor's of 128 .*\n$/,
      );
      assertEquals(await usedIn(folder), undefined);
      const required = await copy.runTask("train", file, "--kernels", "native");
      assertEquals([required.code, required.stdout], [2, ""]);
      assertStringIncludes(required.stderr, "deno task native adds those");
    }),
});

Deno.test("native: compiles for the widest vectors or all, and keeps the other widths", async () => {
  await use(async (copy) => {
    const widest = basename(await compileIn(copy));
    const compiled = await copy.runTask("native", "--widths", "all");
    assertEquals([compiled.code, compiled.stderr], [0, ""]);
    const all = librariesOf(copy);
    const bits = all.map(bitsOf).sort((a, b) => a - b);
    assertEquals(bits, [128, 256, 512].slice(0, bits.length));
    assertEquals(bits.at(-1), bitsOf(widest));
    assertStringIncludes(compiled.stdout, `${bitsOf(widest)}`);

    // As if another compiler had made it.
    const path = (name: string) => join(copy.path("src/kernels/native/build"), name);
    await Deno.rename(path(widest), path(widest.replace(/\w+(?=\.\w+$)/, "0123456789abcdef")));
    assertStringIncludes((await copy.runTask("native")).stdout, `Compiled native kernels for`);
    assertEquals(librariesOf(copy), all);
  });
});
