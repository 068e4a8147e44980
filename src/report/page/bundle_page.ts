import * as esbuild from "esbuild";
import { fileURLToPath, pathToFileURL } from "node:url";
import { readOwnFile } from "../../files/read_file.ts";
import { writeFileAtomically } from "../../files/write_file.ts";

/** The scripts of the report and of the index: what is bundled, and the file that it becomes. */
export const BUNDLES = [
  { entry: "main.ts", bundle: "page_script.js" },
  { entry: "index_main.ts", bundle: "index_script.js" },
] as const;

const SCRIPTS = new URL("./scripts/", import.meta.url);
const PACKAGES = fileURLToPath(new URL("../../../tests/node_modules", import.meta.url));

/**
 * Bundles a page's own scripts, with the packages that they use and their licences, to one script.
 *
 * @param entry A file of scripts/.
 * @returns Its text, the same on every machine.
 * @throws {Error} If a script cannot be bundled; the message is the bundler's.
 */
export async function bundlePage(entry: string): Promise<string> {
  try {
    const { outputFiles: [file], metafile } = await esbuild.build({
      entryPoints: [fileURLToPath(new URL(entry, SCRIPTS))],
      bundle: true,
      write: false,
      format: "iife",
      charset: "utf8",
      target: "es2022",
      minify: true,
      legalComments: "none",
      metafile: true,
      // Packages of builds and tests are not where users' are.
      nodePaths: [PACKAGES],
      logLevel: "silent",
    });
    return await licensesOf(Object.keys(metafile.inputs)) + file.text;
  } finally {
    await esbuild.stop();
  }
}

/** The licences of the packages that files are of, each text once, as comments. */
async function licensesOf(files: readonly string[]): Promise<string> {
  const folders = new Map(files.flatMap((file) => {
    const [folder, name] = file.match(/^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/) ?? [];
    return name === undefined ? [] : [[name, folder] as const];
  }));
  const names = new Map<string, string[]>();
  for (const [name, folder] of [...folders].sort()) {
    const text = new TextDecoder().decode(await readOwnFile(pathToFileURL(`${folder}/LICENSE`)));
    names.set(text, [...names.get(text) ?? [], name]);
  }
  return [...names].map(([text, names]) => `/*! ${names.join(", ")}\n${text.trim()}\n*/\n`).join(
    "",
  );
}

if (import.meta.main) {
  for (const { entry, bundle } of BUNDLES) {
    const path = fileURLToPath(new URL(bundle, import.meta.url));
    await writeFileAtomically(path, await bundlePage(entry));
  }
}
