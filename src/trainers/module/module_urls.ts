import { join } from "node:path";
import type { ModuleFile } from "../own_code.ts";
import { type RunningFile, type Shift, withOwnPlaces } from "./realm/own_places.ts";

/** What ends a line in editors and in stacks. */
export const LINE_END = /\r?\n/g;
/** A call in a stack: what is before the path of its file, the path, and what follows. */
const CALL = /^( {4}at (?:.*\()?)(.+?)(:\d+:\d+\)?)$/gm;

/** The files of a module as URLs that `import()` takes, in a thread without permissions too. */
export interface ModuleUrls {
  /** The URL of the module. */
  readonly entry: string;
  /** The URL of a module that imports its packages and nothing else; absent if it has none. */
  readonly packages?: string;
  /** What runs, with the files' paths in the module's folder. */
  readonly running: readonly RunningFile[];
  /** A stack, or another text, with the user's files in place of URLs and paths in the module's folder. */
  withFiles(text: string): string;
  /** Frees the texts; nothing can be imported any more. */
  revoke(): void;
}

/**
 * Makes a URL of each file of a module. What runs is the text that was read, not what is in the file
 * by now.
 *
 * @param folder The files' folder, as messages name it.
 */
export function moduleUrls(files: readonly ModuleFile[], folder: string): ModuleUrls {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const urls = new Map<string, string>();
  const running: RunningFile[] = [];
  const urlOf = (path: string): string => {
    const known = urls.get(path);
    if (known !== undefined) return known;
    const file = byPath.get(path);
    if (!file) throw new RangeError(`The module has no file ${path}`);
    const { text, shifts } = withImports(file, urlOf);
    const type = isTypeScript(path) ? "application/typescript" : "text/javascript";
    const url = urlOfText(text, type);
    urls.set(path, url);
    running.push({ url, path, shifts });
    return url;
  };
  const entry = urlOf(files[0].path);
  const packages = new Set(files.flatMap(({ packages }) => packages));
  const imports = Array.from(packages, (name) => `import ${JSON.stringify(name)};\n`).join("");
  const ofPackages = imports === "" ? undefined : urlOfText(imports, "text/javascript");
  return {
    entry,
    ...ofPackages !== undefined && { packages: ofPackages },
    running,
    withFiles(text) {
      const shown = running.map((file) => ({ ...file, path: join(folder, file.path) }));
      return withOwnPlaces(text, shown).replace(CALL, (whole, start, path, place) => {
        return byPath.has(path) ? `${start}${join(folder, path)}${place}` : whole;
      });
    },
    revoke() {
      for (const { url } of running) URL.revokeObjectURL(url);
      if (ofPackages !== undefined) URL.revokeObjectURL(ofPackages);
    },
  };
}

function urlOfText(text: string, type: string): string {
  return URL.createObjectURL(new Blob([text], { type }));
}

/** Whether a file has types to be stripped. */
export function isTypeScript(path: string): boolean {
  return /\.m?ts$/.test(path);
}

/** A file's text with URLs in place of the paths that it imports. */
function withImports(
  { text, imports }: ModuleFile,
  urlOf: (path: string) => string,
): { text: string; shifts: Shift[] } {
  const shifts: Shift[] = [];
  let changed = "";
  let done = 0;
  let line = 1;
  let lineStart = 0;
  for (const { start, end, path } of imports) {
    const between = text.slice(done, start);
    for (const lineEnd of between.matchAll(LINE_END)) {
      line++;
      lineStart = changed.length + lineEnd.index + lineEnd[0].length;
    }
    const url = JSON.stringify(urlOf(path));
    changed += between + url;
    done = end;
    shifts.push({ line, end: changed.length - lineStart + 1, by: url.length - (end - start) });
  }
  return { text: changed + text.slice(done), shifts };
}
