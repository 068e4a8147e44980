import { assert, assertEquals } from "@std/assert";
import ts from "typescript";
import { BUILT_IN } from "../../src/trainers/trainers.ts";
import { parseSource, readSource, sourceFilesIn, visitNodes } from "../_source_files.ts";

const KEYS: ReadonlySet<string> = new Set(BUILT_IN.rows.map(({ key }) => key));

/**
 * Numbers of a result and commands that are called like a hyperparameter, by the folder that may name
 * them.
 */
const NAMESAKES: Readonly<Record<string, readonly string[]>> = {
  "src/cli": ["init"],
  "src/experiment": ["init", "loss"],
  "src/measures": ["loss", "steps"],
  "src/report/page/scripts/curve_settings.ts": ["steps"],
  "src/results": ["steps"],
  "src/store": ["steps"],
};

/** Where a file names a trainer, or a hyperparameter of one. */
function namesIn(source: ts.SourceFile): string[] {
  const names: string[] = [];
  visitNodes(source, (node) => {
    // Names of trainers are looked for in all text; keys may be words of it.
    if (ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node)) {
      const named = BUILT_IN.names.some((name) => new RegExp(`\\b${name}\\b`, "i").test(node.text));
      if (named || KEYS.has(node.text)) names.push(node.text);
    } else if (ts.isPropertyAccessExpression(node) && isConfig(node.expression)) {
      if (KEYS.has(node.name.text)) names.push(node.getText(source));
    } else if (ts.isVariableDeclaration(node) && node.initializer && isConfig(node.initializer)) {
      if (ts.isObjectBindingPattern(node.name)) names.push(...keysOf(node.name));
    } else if (ts.isBindingElement(node) && node.propertyName?.getText(source) === "config") {
      if (ts.isObjectBindingPattern(node.name)) names.push(...keysOf(node.name));
    }
  });
  return names;

  function isConfig(expression: ts.Expression): boolean {
    return /config$/i.test(expression.getText(source));
  }

  function keysOf({ elements }: ts.ObjectBindingPattern): string[] {
    return elements.map(({ propertyName, name }) => (propertyName ?? name).getText(source))
      .filter((key) => KEYS.has(key));
  }
}

Deno.test("namesIn() finds names of trainers and their keys", () => {
  const text = `
    const a = trainer === "mlp" ? "Of the notebook’s" : \`trainer notebook \${b}\`;
    const c = config.steps + cell.config.hidden + config["evaluate_every"] + result.steps;
    const { steps: d, other } = task.config;
    const e = ({ config: { hidden } }) => hidden;
    const f = ["steps", "the steps of a run"];
  `;
  assertEquals(namesIn(parseSource("a.ts", text)), [
    "mlp",
    "Of the notebook’s",
    "trainer notebook ",
    "config.steps",
    "cell.config.hidden",
    "evaluate_every",
    "steps",
    "hidden",
    "steps",
  ]);
});

Deno.test("no file outside src/trainers/ names a trainer or one of its keys", async () => {
  const files = sourceFilesIn("src").filter((file) => {
    return !file.startsWith("src/trainers/") && !file.includes("/assembly/");
  });
  assert(files.length > 200);
  for (const file of files) {
    const [folder] = Object.keys(NAMESAKES).filter((path) => `${file}/`.startsWith(`${path}/`));
    const names = namesIn(await readSource(file));
    assertEquals(names.filter((name) => !NAMESAKES[folder]?.includes(name)), [], file);
  }
});
