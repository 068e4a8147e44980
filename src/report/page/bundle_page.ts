import * as zopfli from "@gfx/zopfli";
import * as esbuild from "esbuild";
import { fileURLToPath, pathToFileURL } from "node:url";
import { readOwnFile } from "../../files/read_file.ts";
import { writeFileAtomically } from "../../files/write_file.ts";
import { hashSource } from "./content_policy.ts";

const PACKAGES = fileURLToPath(new URL("../../../tests/node_modules", import.meta.url));
/** Parts of Vega that no chart uses, and what they need. */
const UNUSED =
  /^(vega-(crossfilter|force|geo|hierarchy|label|projection|regression|wordcloud)|d3-(dsv|ease|geo)|topojson-client)$/;
/** Colours that Vega gives names to; charts have their own. */
const COLORS = "d3-scale-chromatic";
const COLOR_SCHEMES = "Accent Category10 Dark2 Observable10 Paired Pastel1 Pastel2 Set1 Set2 Set3"
  .split(" ");
/** More of them make the libraries smaller by less than a thousandth. */
const ZOPFLI_ITERATIONS = 15;

/**
 * Bundles the scripts of the report and of the index, and the libraries that draw charts, each with
 * the packages that it uses and their licences. What is large is compressed, after the hash that
 * allows it.
 *
 * @returns Texts by file name, the same on every machine.
 * @throws {Error} If a script cannot be bundled; the message is the bundler's.
 */
export async function bundlePage(): Promise<Record<string, string>> {
  try {
    const [indexScript, firstScript, startScript, script, libraries] = await Promise.all([
      bundle("index_main.ts"),
      bundle("first_main.ts"),
      bundle("start_main.ts"),
      bundle("main.ts"),
      bundle("chart_libraries.ts", { globalName: "chartLibraries", plugins: [WITHOUT_UNUSED] }),
    ]);
    return {
      "index_script.js": indexScript,
      "first_script.js": firstScript,
      "start_script.js": startScript,
      "page_script.txt": await compressedScript(script),
      "chart_libraries.txt": await compressedScript(libraries),
    };
  } finally {
    await esbuild.stop();
  }
}

async function bundle(entry: string, options: esbuild.BuildOptions = {}): Promise<string> {
  const { outputFiles: [file], metafile } = await esbuild.build({
    ...options,
    entryPoints: [fileURLToPath(new URL(`./scripts/${entry}`, import.meta.url))],
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
}

/**
 * A script's hash, and what `compressText()` gives in a twelfth less. It takes seconds, once for all
 * pages.
 */
async function compressedScript(script: string): Promise<string> {
  const bytes = new TextEncoder().encode(script);
  const compressed = await zopfli.deflateAsync(bytes, { numiterations: ZOPFLI_ITERATIONS });
  return `${await hashSource(script)}\n${compressed.toBase64()}\n`;
}

/** Puts empty modules in the place of unused ones, of which others may import any name. */
const WITHOUT_UNUSED: esbuild.Plugin = {
  name: "without unused",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: UNUSED }, ({ path }) => ({ path, namespace: "unused" }));
    onLoad({ filter: UNUSED, namespace: "unused" }, () => ({ contents: "module.exports = {};" }));
    onResolve({ filter: new RegExp(`^${COLORS}$`) }, () => ({ path: COLORS, namespace: "colors" }));
    onLoad({ filter: /^/, namespace: "colors" }, () => ({
      contents: COLOR_SCHEMES.map((name) => `export const scheme${name} = [];`).join("\n"),
    }));
  },
};

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
  for (const [name, text] of Object.entries(await bundlePage())) {
    await writeFileAtomically(fileURLToPath(new URL(name, import.meta.url)), text);
  }
}
