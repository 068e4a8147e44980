import type { ImportDeclaration, StringLiteral } from "@babel/types";
import type { ExportAllDeclaration, ExportNamedDeclaration } from "@babel/types";
import { basename, dirname, join, normalize } from "node:path";
import packageFile from "../../../deno.json" with { type: "json" };
import { namesInSync } from "../../files/folders.ts";
import { readFile } from "../../files/read_file.ts";
import { SIZE_LIMITS } from "../../files/size_limits.ts";
import { systemReason } from "../../files/system_reason.ts";
import { nearest } from "../../nearest.ts";
import { sha256 } from "../../sha256.ts";
import { type Problem, UserError } from "../../user_error.ts";
import type { ModuleFile, ModuleImport } from "../own_code.ts";
import { SourceFile } from "./_source_file.ts";

/** The files of a module: as they are kept, and with their syntax. */
export interface ReadFiles {
  readonly files: readonly ModuleFile[];
  readonly sources: readonly SourceFile[];
  /** Each with its version, sorted. */
  readonly packages: readonly string[];
  readonly problems: readonly Problem[];
}

/** The most files that a module may have. */
const MOST_FILES = 200;
const EXTENSION = /\.m?[jt]s$/;
const ALLOWED = "a trainer may import files of its own folder and packages of regsweep's deno.json";
const PLAIN_FILES = "a trainer imports .ts, .mts, .js and .mjs files";
const COPY = "copy what you need of it into that folder";
const AS_SOURCE = "write the data as a .ts file that exports it";

type Importing = ImportDeclaration | ExportAllDeclaration | ExportNamedDeclaration;

/**
 * Reads a module's entry and all files that it imports, directly or through others.
 *
 * @throws {UserError} If the entry cannot be read.
 */
export async function readFiles(path: string): Promise<ReadFiles> {
  const reader = new Reader(dirname(path));
  await reader.readEntry(basename(path));
  return reader;
}

class Reader implements ReadFiles {
  readonly files: ModuleFile[] = [];
  readonly sources: SourceFile[] = [];
  readonly problems: Problem[] = [];
  readonly #folder: string;
  readonly #seen = new Set<string>();
  readonly #packages = new Set<string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  get packages(): string[] {
    return [...this.#packages].sort();
  }

  async readEntry(name: string): Promise<void> {
    const label = join(this.#folder, name);
    if (!EXTENSION.test(name)) {
      throw new UserError({
        message: `Cannot use ${label} as a trainer: it is not a .ts, .mts, .js or .mjs file`,
        hint: this.#similar(name) ?? "a program is a mapping with command: see docs/trainers.md",
      });
    }
    const read = await this.#tryRead(name);
    if ("bytes" in read) await this.#add(name, read.bytes, [name]);
    else if (read.reason === undefined) {
      throw new UserError({ message: `Cannot find trainer ${label}`, hint: this.#similar(name) });
    } else throw new UserError(`Cannot read trainer ${label}: ${read.reason}`);
  }

  /** @param chain The files from the entry to this one, each imported by the one before it. */
  async #add(
    path: string,
    bytes: Uint8Array<ArrayBuffer>,
    chain: readonly string[],
  ): Promise<void> {
    this.#seen.add(path);
    let text: string;
    const label = join(this.#folder, path);
    try {
      // A byte-order mark stays, so that the text is all that the file has.
      text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      this.problems.push({ message: `Cannot read ${label}: it is not UTF-8 text` });
      return;
    }
    const source = new SourceFile(path, label, text);
    const imports: ModuleImport[] = [];
    const packages: string[] = [];
    this.sources.push(source);
    this.files.push({ path, checksum: await sha256(bytes), text, imports, packages });
    this.problems.push(...source.syntaxProblems);
    for (const statement of source.program?.body ?? []) {
      if (!isImporting(statement) || isTypeOnly(statement)) continue;
      const found = await this.#resolve(statement, source, chain);
      if (found === undefined) continue;
      const { start, end } = statement.source as StringLiteral & { start: number; end: number };
      if ("path" in found) imports.push({ start, end, path: found.path });
      else packages.push(found.packageName);
    }
  }

  /** The file that a statement imports, read, or the package as it is named; undefined if it is wrong. */
  async #resolve(
    statement: Importing,
    source: SourceFile,
    chain: readonly string[],
  ): Promise<{ path: string } | { packageName: string } | undefined> {
    const literal = statement.source as StringLiteral;
    const specifier = literal.value;
    const refuse = (reason: string, hint?: string) => {
      const message = `Cannot import ${JSON.stringify(specifier)}: ${reason}`;
      const instead = namesTypesOnly(statement) ? "write import type { … }" : hint;
      this.problems.push({ message, place: source.placeOf(literal), hint: instead });
      return undefined;
    };
    if (statement.attributes?.length) {
      return refuse("a trainer cannot import with attributes", AS_SOURCE);
    }
    if ("phase" in statement && statement.phase) return refuse("a trainer imports whole modules");
    if (/^[a-z][a-z0-9+.-]*:/i.test(specifier)) {
      return refuse(ALLOWED, /^node:/i.test(specifier) ? undefined : COPY);
    }
    if (!/^\.{0,2}\//.test(specifier)) {
      const version = packageNamed(specifier);
      if (typeof version !== "string") return refuse(version.reason, version.hint);
      this.#packages.add(version);
      return { packageName: specifier };
    }
    const path = normalize(join(dirname(source.path), specifier));
    if (specifier.startsWith("/") || /^\.\.($|[/\\])/.test(path)) {
      return refuse(`it is outside of the trainer's folder; ${ALLOWED}`);
    }
    if (!EXTENSION.test(path)) {
      const isData = /\.(json|csv|txt)$/i.test(path);
      return refuse(
        PLAIN_FILES,
        this.#similarTo(specifier, path) ?? (isData ? AS_SOURCE : undefined),
      );
    }
    if (chain.includes(path)) {
      const cycle = [...chain.slice(chain.indexOf(path)), path];
      return refuse(`files must not import each other: ${cycle.join(" → ")}`);
    }
    if (this.#seen.has(path)) return { path };
    if (this.#seen.size === MOST_FILES) {
      return refuse(`a trainer must not have more than ${MOST_FILES} files`);
    }
    const read = await this.#tryRead(path);
    if ("bytes" in read) {
      await this.#add(path, read.bytes, [...chain, path]);
      return { path };
    }
    if (read.reason !== undefined) return refuse(read.reason);
    return refuse("there is no such file", this.#similarTo(specifier, path));
  }

  async #tryRead(path: string): Promise<{ bytes: Uint8Array<ArrayBuffer> } | { reason?: string }> {
    try {
      const options = { maxBytes: SIZE_LIMITS.module, within: this.#folder };
      return { bytes: await readFile(join(this.#folder, path), options) };
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return {};
      const reason = systemReason(error);
      if (reason === undefined) throw error;
      return { reason };
    }
  }

  #similarTo(specifier: string, path: string): string | undefined {
    const name = this.#similarName(path);
    if (name === undefined) return undefined;
    return `did you mean "${specifier.slice(0, specifier.lastIndexOf("/") + 1)}${name}"?`;
  }

  #similar(path: string): string | undefined {
    const name = this.#similarName(path);
    return name && `did you mean ${join(this.#folder, dirname(path), name)}?`;
  }

  /** A program in the same folder with nearly the same name. */
  #similarName(path: string): string | undefined {
    try {
      const names = namesInSync(join(this.#folder, dirname(path)));
      const name = basename(path);
      const programs = names.filter((other) => other !== name && EXTENSION.test(other)).sort();
      return programs.find((program) => program.replace(EXTENSION, "") === name) ??
        nearest(name, programs);
    } catch (error) {
      if (systemReason(error) === undefined) throw error;
      return undefined;
    }
  }
}

function isImporting(statement: { readonly type: string }): statement is Importing {
  const { type, source } = statement as { type: string; source?: unknown };
  return /^(Import|ExportAll|ExportNamed)Declaration$/.test(type) && Boolean(source);
}

/** Whether nothing is left of a statement when the types are stripped. */
function isTypeOnly(statement: Importing): boolean {
  return statement.type === "ImportDeclaration"
    ? statement.importKind === "type"
    : statement.exportKind === "type";
}

/** Whether a statement imports types alone, and yet the file: the import stays without them. */
function namesTypesOnly(statement: Importing): boolean {
  return statement.type === "ImportDeclaration" && statement.specifiers.length > 0 &&
    statement.specifiers.every((specifier) => {
      return specifier.type === "ImportSpecifier" && specifier.importKind === "type";
    });
}

/** A package of regsweep's deno.json as `name@version`, or why it cannot be imported. */
function packageNamed(specifier: string): string | { reason: string; hint?: string } {
  const imports: Readonly<Record<string, string>> = packageFile.imports;
  const names = Object.keys(imports);
  const name = names.find((name) => specifier === name || specifier.startsWith(`${name}/`));
  if (name === undefined) {
    const suggestion = nearest(specifier, names);
    const hint = suggestion && `did you mean "${suggestion}"?`;
    return { reason: ALLOWED, hint: hint ?? COPY };
  }
  const [, version] = /^(?:npm|jsr):\/?(@?[^@]+@\d+\.\d+\.\d+[^/]*)/.exec(imports[name]) ?? [];
  return version ?? { reason: "deno.json does not say which version: write one, without ^ or ~" };
}
