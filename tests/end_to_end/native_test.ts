import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { basename, join } from "node:path";
import { assertSameFiles } from "./_assert_same_files.ts";
import { compileIn, compileWrongly, useNativeCopy } from "./_native_copy.ts";
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
    const [wasm, native, auto] = [
      await sweepWith(copy, workspace, file, "wasm"),
      await sweepWith(copy, workspace, file, "native"),
      await sweepWith(copy, workspace, file, "auto"),
    ];
    const expected = await readCsvFiles(wasm.folder);
    for (const { folder, stderr } of [native, auto]) {
      assertEquals(stderr, "");
      assertSameFiles(await readCsvFiles(folder), expected);
    }
    const used = async (folder: string) => (await readManifestIn(folder)).kernels.native;
    assertEquals(await used(wasm.folder), undefined);
    assertEquals(await used(native.folder), { library: basename(library), bits: 128 });
    assertStringIncludes(
      await Deno.readTextFile(join(native.folder, "report.html")),
      "<dt>Kernels</dt><dd>native, 128 bits",
    );
    for (const kernels of [[], ["--kernels", "native"]]) {
      const verified = await copy.runTask("verify", native.folder, "--quiet", ...kernels);
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
    await compileWrongly(copy);
    const wasm = await sweepWith(copy, workspace, file, "wasm");
    assertEquals(wasm.stderr, "");
    for (const kernels of ["auto", "native"]) {
      const { stderr, folder } = await sweepWith(copy, workspace, file, kernels);
      assertMatch(
        stderr,
        /^Native kernels are not used.*gives other numbers \(reluBackward, f32\)\n$/,
      );
      assertSameFiles(await readCsvFiles(folder), await readCsvFiles(wasm.folder));
    }
    const trained = await copy.runTask("train", file);
    assertStringIncludes(trained.stderr, "gives other numbers (reluBackward, f32)");
    assertEquals(trained.code, 0);
  });
});

Deno.test("native kernels: a library that cannot be loaded is refused", async () => {
  await use(async (copy, workspace, file) => {
    const path = await compileIn(copy);
    await Deno.writeTextFile(path, "no library");
    const { stderr } = await sweepWith(copy, workspace, file, "auto");
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
      "--kernels auto now means WebAssembly's kernels: of native ones, there are none yet";
    assertStringIncludes(await help(), none);
    await compileIn(copy);
    assertStringIncludes(await help(), "--kernels auto now means native kernels");
  });
});

Deno.test("native kernels: without a library, auto is WebAssembly and native an error", async () => {
  await use(async (copy, workspace, file) => {
    const { stderr } = await sweepWith(copy, workspace, file, "auto");
    assertEquals(stderr, "");
    for (const task of ["sweep", "train"]) {
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
