import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { blocksOf } from "../_markdown.ts";
import { ROOT, sourceFilesIn } from "../_source_files.ts";
import { Workspace } from "../end_to_end/_workspace.ts";

const MOST_MILLISECONDS = 5 * 60 * 1000;

const SAMPLE = join(ROOT, "reports/sample");

/** Where examples start from: a folder with the project's experiments, tables and sample. */
async function inFolder(work: (workspace: Workspace) => Promise<void>): Promise<void> {
  await Workspace.use(async (workspace) => {
    for (const name of ["experiments", "data"]) {
      await Deno.symlink(join(ROOT, name), workspace.path(name));
    }
    // Reports are drawn again there.
    await Deno.mkdir(workspace.path("reports/sample"), { recursive: true });
    for (const { name } of Deno.readDirSync(SAMPLE)) {
      await Deno.copyFile(join(SAMPLE, name), workspace.path("reports/sample", name));
    }
    await work(workspace);
  });
}

/** Runs a script with the permissions that docs/api.md names; gives what it prints. */
function runScript(cwd: string, script: string, args: readonly string[] = []): Promise<string> {
  const flags = ["--allow-read", "--allow-write", "--allow-sys=cpus"];
  return deno(cwd, ["run", ...flags], script, ...args);
}

/** What a subcommand of Deno prints, which has to succeed. */
async function deno(
  cwd: string,
  [command, ...flags]: readonly string[],
  ...words: readonly string[]
): Promise<string> {
  const config = `--config=${join(ROOT, "deno.json")}`;
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [command, "--quiet", ...flags, config, ...words],
    cwd,
    env: { NO_COLOR: "1" },
    stdin: "null",
    signal: AbortSignal.timeout(MOST_MILLISECONDS),
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  assertEquals([code, text(stderr)], [0, ""], words.join(" "));
  return text(stdout);
}

/** The examples of docs/api.md and of the docstrings of src/api/. */
async function snippets(): Promise<{ place: string; text: string }[]> {
  const paths = sourceFilesIn("src/api");
  const pages = await Promise.all(["docs/api.md", ...paths].map(async (path) => {
    const text = await Deno.readTextFile(join(ROOT, path));
    return { path, text: path.endsWith(".md") ? text : text.replaceAll(/^ *\* ?/gm, "") };
  }));
  return pages.flatMap(blocksOf).filter(({ language }) => language === "ts");
}

Deno.test("the types of all examples are right", () =>
  inFolder(async (workspace) => {
    const scripts = (await snippets()).map(({ text }, index) =>
      workspace.write(`example_${index}.ts`, text)
    );
    const folder = join(ROOT, "docs/examples");
    const whole = Array.from(Deno.readDirSync(folder), ({ name }) => join(folder, name));
    await deno(workspace.folder, ["check"], ...await Promise.all(scripts), ...whole);
  }));

/** They need a compiler or a cluster: tests of their commands run them. */
const ELSEWHERE = /\b(compileNative|clusterStatus|cancelJobs)\(/;

for (const { place, text } of await snippets()) {
  if (ELSEWHERE.test(text)) continue;
  Deno.test(`the example at ${place} does what it says`, () =>
    inFolder(async (workspace) => {
      const script = await workspace.write("example.ts", text);
      await runScript(workspace.folder, script);
    }));
}

Deno.test("the documentation has an example of each function", async () => {
  const texts = (await snippets()).map(({ text }) => text).join("\n");
  const module = await import("../../src/mod.ts");
  const functions = Object.keys(module).filter((name) => /^[a-z]/.test(name));
  for (const name of functions.filter((name) => name !== "formatProblems")) {
    assertStringIncludes(texts, `${name}(`);
  }
});

Deno.test("docs/examples/many_tables.ts answers for each table", () =>
  inFolder(async ({ folder }) => {
    const script = join(ROOT, "docs/examples/many_tables.ts");
    const printed = await runScript(folder, script, ["reports", "2"]);
    assertEquals(printed.match(/^data\/\S+: \w/gm)?.length, 2, printed);
  }));

Deno.test("docs/examples/own_analysis.ts compares how long runs take", () =>
  inFolder(async ({ folder }) => {
    const printed = await runScript(folder, join(ROOT, "docs/examples/own_analysis.ts"));
    assertStringIncludes(printed, "l1_penalty=0: ");
    assertEquals(/^l1_penalty=0.001: \d+ steps, \w+$/m.test(printed), true, printed);
  }));

Deno.test("docs/examples/progress_server.ts tells browsers of the sweep, and stops", () =>
  inFolder(async ({ folder }) => {
    const flags = ["--allow-read", "--allow-write", "--allow-sys=cpus", "--allow-net=127.0.0.1"];
    const script = join(ROOT, "docs/examples/progress_server.ts");
    const server = new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", ...flags, script, "experiments/l1-vs-l2.yaml", "reports", "0"],
      cwd: folder,
      env: { NO_COLOR: "1" },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
      signal: AbortSignal.timeout(MOST_MILLISECONDS),
    }).spawn();
    const address = Promise.withResolvers<string>();
    let printed = "";
    const ended = Promise.all([server.stdout, server.stderr].map(async (stream) => {
      for await (const text of stream.pipeThrough(new TextDecoderStream())) {
        printed += text;
        const found = printed.match(/http:\/\/127\.0\.0\.1:\d+\//)?.[0];
        if (found !== undefined) address.resolve(found);
      }
      address.reject(new Error(printed));
    }));
    const at = await address.promise;
    assertStringIncludes(await (await fetch(at)).text(), "EventSource");
    const events = await fetch(new URL("events", at));
    let told = "";
    for await (
      const text of (events.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())
    ) {
      told += text;
      if (!told.includes(`"kind":"run"`) || told.includes("stopping")) continue;
      told += "stopping";
      await (await fetch(new URL("stop", at))).text();
    }
    assertStringIncludes(told, `data: {"kind":"planned","runs":90}`);
    await ended;
    assertEquals((await server.status).code, 0, printed);
    assertStringIncludes(printed, "interrupted: no answer");
  }));
