import { createRequire, isBuiltin } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import packageFile from "./deno.json" with { type: "json" };

/** The project's folder, without a slash at its end. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");

/** One `import`, `export … from`, `import()` or `require()`. */
export interface Import {
  readonly specifier: string;
  /** True if it is gone when the program runs. */
  readonly isTypeOnly: boolean;
  /** True of `import()`: it is loaded when the program gets there. */
  readonly isDynamic?: boolean;
}

/** Parses TypeScript, JavaScript or AssemblyScript. */
export function parseSource(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

/** Parses a file, named relative to the project's folder. */
export async function readSource(file: string): Promise<ts.SourceFile> {
  return parseSource(file, await Deno.readTextFile(join(ROOT, file)));
}

/** Calls a function with every node of a file, types included. */
export function visitNodes(source: ts.SourceFile, visit: (node: ts.Node) => void): void {
  const descend = (node: ts.Node) => {
    visit(node);
    ts.forEachChild(node, descend);
  };
  descend(source);
}

/** The files that import what users give them, or a package by the address of its build. */
const IMPORTS_BY_ADDRESS = [
  "src/trainers/module/realm/read_definition.ts",
  "src/trainers/module/realm/realm.ts",
  "src/yaml.ts",
];

/**
 * What a file imports.
 *
 * @throws {Error} If it imports what only running it would tell.
 */
export function importsOf(source: ts.SourceFile): Import[] {
  const imports: Import[] = [];
  visitNodes(source, (node) => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      if (!node.moduleSpecifier) return;
      const isTypeOnly = ts.isExportDeclaration(node)
        ? node.isTypeOnly
        : isTypeOnlyImport(node.importClause);
      imports.push({ specifier: literalText(source, node.moduleSpecifier), isTypeOnly });
    } else if (ts.isImportTypeNode(node)) {
      if (!ts.isLiteralTypeNode(node.argument)) return;
      imports.push({ specifier: literalText(source, node.argument.literal), isTypeOnly: true });
    } else if (ts.isCallExpression(node) && isImportCall(node)) {
      if (IMPORTS_BY_ADDRESS.includes(source.fileName)) return;
      const isDynamic = node.expression.kind === ts.SyntaxKind.ImportKeyword;
      const specifier = literalText(source, node.arguments[0]);
      imports.push({ specifier, isTypeOnly: false, isDynamic });
    }
  });
  return imports;
}

function isTypeOnlyImport(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  const { isTypeOnly, name, namedBindings } = clause;
  return isTypeOnly || name === undefined && namedBindings !== undefined &&
      ts.isNamedImports(namedBindings) &&
      namedBindings.elements.every((element) => element.isTypeOnly);
}

function isImportCall({ expression, arguments: { length } }: ts.CallExpression): boolean {
  return expression.kind === ts.SyntaxKind.ImportKeyword ||
    ts.isIdentifier(expression) && expression.text === "require" && length === 1;
}

function literalText(source: ts.SourceFile, node: ts.Node): string {
  if (ts.isStringLiteralLike(node)) return node.text;
  throw new Error(`${source.fileName} imports ${node.getText(source)}, which is no literal`);
}

/** The file of src/ that a file there imports; nothing for a package. */
export function projectFileOf(file: string, specifier: string): string | undefined {
  return specifier.startsWith(".") ? join(dirname(file), specifier) : undefined;
}

const IMPORTS: Readonly<Record<string, string>> = packageFile.imports;

/** The package's name, such as `zod` or `node:fs`, of what is no relative path. */
export function packageNameOf(specifier: string): string {
  const [, name] = (IMPORTS[specifier] ?? specifier).match(/^(?:npm:)?(@[^/]+\/[^@/]+|[^@/]+)/) ??
    [];
  return isBuiltin(name) && !name.startsWith("node:") ? `node:${name}` : name;
}

/** The file that a package, or a file of a package, imports by a name. */
export function packageFileOf(file: string, specifier: string): string {
  const path = IMPORTS[specifier]?.replace(/^npm:(@?[^@]+)@[^/]+/, "$1") ?? specifier;
  const resolved = createRequire(join(ROOT, file)).resolve(path);
  return relative(ROOT, Deno.realPathSync(resolved));
}

/** TypeScript files in a folder of the project, and in its folders, in a fixed order; no packages. */
export function sourceFilesIn(folder: string): string[] {
  return [...Deno.readDirSync(join(ROOT, folder))]
    .flatMap(({ name, isDirectory }) => {
      const path = `${folder}/${name}`;
      // Where native kernels are compiled, files come and go.
      if (name === "node_modules" || path === "src/kernels/native/build") return [];
      if (isDirectory) return sourceFilesIn(path);
      return name.endsWith(".ts") && !name.endsWith(".d.ts") ? [path] : [];
    }).sort();
}
