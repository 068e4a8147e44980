import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import ts from "typescript";
import { parseSource, projectFileOf, readSource, sourceFilesIn } from "./_source_files.ts";

/** Imports of whole modules: their names are looked up by whoever has the module. */
const ALL = "*";

/** The names that a file exports. */
function exportsOf(source: ts.SourceFile): string[] {
  return source.statements.flatMap((statement): string[] => {
    if (ts.isExportDeclaration(statement)) {
      const clause = statement.exportClause;
      return clause && ts.isNamedExports(clause)
        ? clause.elements.map(({ name }) => name.text)
        : [];
    }
    const isExported = ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (!isExported) return [];
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.flatMap(({ name }) => namesIn(name));
    }
    const { name } = statement as ts.DeclarationStatement;
    return name ? [name.text] : [];
  });
}

/** The names that a declaration binds: one, or those of a pattern such as `{ a, b: c }`. */
function namesIn(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => {
    return ts.isBindingElement(element) ? namesIn(element.name) : [];
  });
}

/** What a file imports of others in the project, or exports again, by name; `ALL` for modules. */
function importedNames(source: ts.SourceFile): { file: string; name: string }[] {
  const found: { file: string; name: string }[] = [];
  const add = (specifier: ts.Node | undefined, names: readonly string[]) => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return;
    const file = projectFileOf(source.fileName, specifier.text);
    if (file !== undefined) found.push(...names.map((name) => ({ file, name })));
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const bindings = node.importClause?.namedBindings;
      const isNamed = bindings && ts.isNamedImports(bindings);
      const names = isNamed
        ? bindings.elements.map(({ name, propertyName }) => (propertyName ?? name).text)
        : bindings
        ? [ALL]
        : [];
      add(node.moduleSpecifier, names);
    } else if (ts.isExportDeclaration(node)) {
      const clause = node.exportClause;
      const names = clause && ts.isNamedExports(clause)
        ? clause.elements.map(({ name, propertyName }) => (propertyName ?? name).text)
        : [ALL];
      add(node.moduleSpecifier, names);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal, [ALL]);
    } else if (
      ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
    ) {
      add(node.arguments[0], namesOfDynamic(node));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The names taken of `await import(…)`: `(await import("./a.ts")).b` or `const { b } = await …`. */
function namesOfDynamic(call: ts.CallExpression): string[] {
  let node: ts.Node = call;
  while (ts.isAwaitExpression(node.parent) || ts.isParenthesizedExpression(node.parent)) {
    node = node.parent;
  }
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return [parent.name.text];
  if (ts.isVariableDeclaration(parent) && ts.isObjectBindingPattern(parent.name)) {
    return parent.name.elements.map(({ name, propertyName }) => {
      return (propertyName ?? name).getText();
    });
  }
  return [ALL];
}

Deno.test("exportsOf() and importedNames() know each way to export and import", () => {
  const source = parseSource(
    "src/a.ts",
    `
    import { b, type C as D } from "./b.ts";
    import * as c from "./c.ts";
    import type { E } from "./d.ts";
    export { f as g } from "./e.ts";
    const { h, i: j } = await import("./f.ts");
    const k = async () => (await import("./g.ts")).l;
    const m = await Promise.all([import("./h.ts")]);
    type N = import("./i.ts").O;
    export const p = 1, [q, { r: s }] = [1, { r: 2 }];
    export function t() {}
    export async function* u() {}
    export class V {}
    export interface W {}
    export type X = 1;
    const y = 1, z = 2;
    export { y };
    `,
  );
  assertEquals(exportsOf(source), ["g", "p", "q", "s", "t", "u", "V", "W", "X", "y"]);
  assertEquals(importedNames(source).map(({ file, name }) => `${file} ${name}`), [
    "src/b.ts b",
    "src/b.ts C",
    "src/c.ts *",
    "src/d.ts E",
    "src/e.ts f",
    "src/f.ts h",
    "src/f.ts i",
    "src/g.ts l",
    "src/h.ts *",
    "src/i.ts *",
  ]);
});

/** The types that a file's own exports may mention: whoever uses those may have to name them. */
function typesMentioned(source: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  for (const statement of source.statements) {
    const isType = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
    const visit = (node: ts.Node): void => {
      const isOwnName = isType && node === statement.name;
      if (ts.isIdentifier(node) && !isOwnName) names.add(node.text);
      ts.forEachChild(node, visit);
    };
    visit(statement);
  }
  const types = source.statements.filter((statement) => {
    return ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
  });
  return names.intersection(new Set(types.map(({ name }) => name.text)));
}

Deno.test("every export of src/ is imported by some file of src/ or tests/", async () => {
  // AssemblyScript's exports are the compiled module's; mod.ts is for users.
  const isChecked = (file: string) => !file.includes("/assembly/") && file !== "src/mod.ts";
  const files = [...sourceFilesIn("src"), ...sourceFilesIn("tests")];
  const sources = await Promise.all(files.map(readSource));
  const imported = new Set(
    sources.flatMap(importedNames).map(({ file, name }) => join(file, name)),
  );
  const exported = sources.filter(({ fileName }) => {
    return fileName.startsWith("src/") && isChecked(fileName);
  }).flatMap((source) => {
    const mentioned = typesMentioned(source);
    return exportsOf(source).filter((name) => !mentioned.has(name))
      .map((name) => ({ file: source.fileName, name }));
  });
  assert(exported.length > 500);
  const needless = exported.filter(({ file, name }) => {
    return !imported.has(join(file, name)) && !imported.has(join(file, ALL));
  });
  assertEquals(needless.map(({ file, name }) => `${file}: ${name}`), []);
});
