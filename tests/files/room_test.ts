import { assert, assertEquals } from "@std/assert";
import ts from "typescript";
import { importsOf, parseSource, readSource, sourceFilesIn, visitNodes } from "../_source_files.ts";

/** What of `Deno` files outside of src/files/ may use: nothing that takes a path. */
const ALLOWED = new Set([
  ...["args", "build", "env", "execPath", "exit", "permissions", "uid", "version"],
  ...["addSignalListener", "Command", "consoleSize", "noColor", "stderr", "stdin", "stdout"],
  ...["errors", "inspect", "kill", "memoryUsage", "unrefTimer"],
]);
/** Types, which do nothing. */
const TYPES = new Set([
  ...["ChildProcess", "CommandOptions", "CommandStatus", "FileInfo", "FsFile", "Signal"],
]);
/** Node's modules that do not reach files. */
const MODULES = new Set([
  ...["node:buffer", "node:crypto", "node:os", "node:path", "node:timers", "node:url"],
  ...["node:v8", "node:vm", "node:worker_threads", "node:zlib"],
]);
/** Loads the native kernels, which are files, by the one function that can. */
const NATIVE = "src/kernels/native_kernels.ts";
/** Takes away all ways to anything. */
const LOCK_DOWN = "src/trainers/module/realm/lock_down.ts";

/** How a source file reaches files by other ways than src/files/. */
function waysToFiles(source: ts.SourceFile): string[] {
  const ways: string[] = [];
  const declared = new Set<string>();
  visitNodes(source, (node) => {
    const name = (node as ts.NamedDeclaration).name;
    if (name && ts.isIdentifier(name) && !ts.isPropertyAccessExpression(node)) {
      declared.add(name.text);
    }
  });
  visitNodes(source, (node) => {
    if (!ts.isIdentifier(node)) return;
    const { parent } = node;
    const isMember = ts.isPropertyAccessExpression(parent) && parent.name === node;
    if (node.text === "Deno" && !isMember) {
      if (ts.isQualifiedName(parent) && TYPES.has(parent.right.text)) return;
      const isKnown = ts.isPropertyAccessExpression(parent) && ALLOWED.has(parent.name.text);
      if (!isKnown) ways.push(parent.getText(source));
    } else if (["fetch", "process", "require"].includes(node.text) && !declared.has(node.text)) {
      if (!isMember) ways.push(node.text);
    } else if (node.text === "globalThis" || isMember && node.text === "getBuiltinModule") {
      ways.push(parent.getText(source));
    }
  });
  const modules = importsOf(source).map(({ specifier }) => specifier);
  return [...ways, ...modules.filter((name) => name.startsWith("node:") && !MODULES.has(name))];
}

Deno.test("waysToFiles() knows each way", () => {
  const source = parseSource(
    "a.ts",
    `
    import { readFileSync } from "node:fs";
    import { join } from "node:path";
    const a = Deno.readTextFileSync(join("a", "b"));
    const { open } = Deno;
    const b = Deno["remove"];
    const c: Deno.FsFile | undefined = undefined;
    if (Deno.build.os === "linux" && error instanceof Deno.errors.NotFound) Deno.exit(1);
    const d = await fetch(new URL("./a.css", import.meta.url));
    const e = globalThis.Deno.open;
    const f = await import("node:fs/promises");
    const g = process.binding("fs");
    `,
  );
  assertEquals(waysToFiles(source), [
    "Deno.readTextFileSync",
    "{ open } = Deno",
    'Deno["remove"]',
    "fetch",
    "globalThis.Deno",
    "process",
    "node:fs",
    "node:fs/promises",
  ]);
});

Deno.test("src/ opens, lists, writes and removes files through src/files/ alone", async () => {
  // The page's script runs in browsers, and AssemblyScript has no files.
  const files = sourceFilesIn("src").filter((file) => {
    return file.endsWith(".ts") && !file.includes("/assembly/") && !file.startsWith("src/files/") &&
      ![LOCK_DOWN, NATIVE].includes(file);
  });
  assert(files.length > 200);
  const ways = await Promise.all(files.map(async (file) => {
    return waysToFiles(await readSource(file)).map((way) => `${file}: ${way}`);
  }));
  assertEquals(ways.flat(), []);
});
