import type { Identifier, Node } from "@babel/types";
import type { Problem } from "../../user_error.ts";
import { type SourceFile, visitNodes } from "./_source_file.ts";
import type { ExactMath } from "./definition.ts";
import { EXACT_MATH, REASONS } from "./realm/lock_down.ts";

/** Something in a file that could make its results depend on where and when it runs. */
export interface Hazard {
  readonly problem: Problem;
  /** True if `allow: ["math"]` allows it. */
  readonly isMath: boolean;
}

/** What else of `Math` is exact. */
const CONSTANTS = ["E", "LN10", "LN2", "LOG10E", "LOG2E", "PI", "SQRT1_2", "SQRT2"];
/** What a run's `math` has in place of the functions of `Math`. */
const IN_RUN: ReadonlySet<string> = new Set<keyof ExactMath>([
  ...["exp", "expm1", "log", "log1p", "log2", "log10", "pow", "cbrt", "hypot"] as const,
  ...["sin", "cos", "tan", "asin", "acos", "atan", "atan2"] as const,
  ...["sinh", "cosh", "tanh", "asinh", "acosh", "atanh"] as const,
]);

/** Names of the global scope that a trainer cannot use, and why. */
const GLOBALS: ReadonlyMap<string, string> = new Map([
  ...[
    ...["Date", "Temporal", "performance", "setTimeout", "setInterval", "setImmediate"],
    ...["clearTimeout", "clearInterval", "clearImmediate"],
  ].map((name) => [name, REASONS.time] as const),
  ...["crypto", "Crypto", "CryptoKey"].map((name) => [name, REASONS.chance] as const),
  ...["eval", "Function"].map((name) => [name, REASONS.code] as const),
  ["Intl", REASONS.language],
  ...["WeakRef", "FinalizationRegistry"].map((name) => [name, REASONS.collection] as const),
  ...[
    ...["Deno", "process", "require", "global", "globalThis", "self", "window"],
    ...["navigator", "location", "fetch", "XMLHttpRequest", "WebSocket", "WebSocketStream"],
    ...["EventSource", "Worker", "BroadcastChannel", "MessageChannel", "MessagePort", "caches"],
    ...["localStorage", "sessionStorage", "indexedDB", "postMessage", "close", "onmessage"],
    ...["addEventListener", "removeEventListener", "dispatchEvent", "importScripts", "alert"],
    ...["confirm", "prompt", "SharedArrayBuffer", "Atomics", "Buffer", "document", "URL"],
    ...["URLSearchParams", "Blob", "File", "FileReader", "Request", "Response", "Headers"],
    ...["FormData", "Event", "EventTarget", "AbortController", "AbortSignal", "reportError"],
  ].map((name) => [name, REASONS.host] as const),
]);
/** Methods whose results depend on the machine's language or time zone. */
const LOCAL_METHOD = /^(toLocale\w*|localeCompare|getTimezoneOffset)$/;

/** Finds what a trainer's file must not use, as far as its source shows it. */
export function findHazards(source: SourceFile): Hazard[] {
  const hazards: Hazard[] = [];
  if (!source.program) return hazards;
  const report = (
    node: Node,
    reason: string,
    { isMath = false, shown = source.written(node) } = {},
  ) => {
    const problem = { message: `Cannot use ${shown}: ${reason}`, place: source.placeOf(node) };
    hazards.push({ problem, isMath });
  };
  const declared = namesDeclaredIn(source.program);
  visitNodes(source.program, (node, parent) => {
    if (isType(node) || isExportedAgain(node)) return false;
    switch (node.type) {
      case "Identifier":
        if (declared.has(node.name) || !isReference(node, parent) || isTested(node, parent)) break;
        if (node.name === "Math") reportMath(node, parent, report);
        else if (GLOBALS.has(node.name)) report(node, GLOBALS.get(node.name) ?? "");
        break;
      case "MemberExpression":
      case "OptionalMemberExpression": {
        const name = memberName(node);
        if (name !== undefined && LOCAL_METHOD.test(name)) {
          report(node.property, REASONS.language, { shown: name });
        }
        break;
      }
      case "CallExpression":
      case "OptionalCallExpression":
      case "NewExpression":
        if (memberName(node.callee) === "constructor") report(node.callee, REASONS.code);
        break;
      case "ImportExpression":
        report(node, "a trainer imports with import declarations only", { shown: "import()" });
        break;
      case "MetaProperty":
        if (node.meta.name === "import") report(node, REASONS.host);
        break;
      case "TSImportEqualsDeclaration":
        if (node.moduleReference.type === "TSExternalModuleReference") {
          report(node, "write import … from …", { shown: "require()" });
        }
        break;
      case "BinaryExpression":
      case "AssignmentExpression":
        if (node.operator !== "**" && node.operator !== "**=" || isInteger(node.right)) break;
        report(
          node,
          `its last bits differ between engines unless the exponent is an integer such as 2: ${
            inRun("pow")
          }`,
          { isMath: true },
        );
    }
    return true;
  });
  return hazards;
}

type Report = (node: Node, reason: string, options?: { isMath?: boolean; shown?: string }) => void;

/** Reports a use of `Math` that can give numbers with other last bits. */
function reportMath(node: Identifier, parent: Node | undefined, report: Report): void {
  const hidden = "only what is written as Math.sqrt(x) shows which function it is";
  const name = parent && memberName(parent);
  if (name !== undefined) return reportMember(name, parent as Node, report);
  const isTaken = parent?.type === "VariableDeclarator" && parent.init === node;
  if (!isTaken || parent.id.type !== "ObjectPattern") return report(node, hidden, { isMath: true });
  for (const property of parent.id.properties) {
    if (
      property.type === "ObjectProperty" && !property.computed && property.key.type === "Identifier"
    ) {
      reportMember(property.key.name, property.key, report);
    } else report(property, hidden, { isMath: true });
  }
}

function reportMember(name: string, node: Node, report: Report): void {
  const shown = `Math.${name}`;
  if (name === "random") report(node, REASONS.chance, { shown });
  else if (IN_RUN.has(name)) {
    report(node, `its last bits differ between engines: ${inRun(name)}`, { isMath: true, shown });
  } else if (!EXACT_MATH.has(name) && !CONSTANTS.includes(name)) {
    report(node, "Math has no such member", { shown });
  }
}

function inRun(name: string): string {
  return `use math.${name}, which train() gets, or say allow: ["math"]`;
}

/** The name of a member, if it is written out. */
function memberName(node: Node): string | undefined {
  if (node.type !== "MemberExpression" && node.type !== "OptionalMemberExpression") {
    return undefined;
  }
  const { property, computed } = node;
  if (!computed) return property.type === "Identifier" ? property.name : undefined;
  if (property.type === "StringLiteral") return property.value;
  if (property.type !== "TemplateLiteral" || property.expressions.length > 0) return undefined;
  return property.quasis[0].value.cooked ?? undefined;
}

function isInteger(node: Node): boolean {
  return node.type === "BigIntLiteral" ||
    node.type === "NumericLiteral" && Number.isInteger(node.value);
}

/** Whether nothing is left of a node when the types are stripped. */
function isType(node: Node): boolean {
  const isDeclared = "declare" in node && node.declare === true;
  return isDeclared || node.type.startsWith("TS") && !WITH_VALUES.has(node.type);
}

/** Whether a node only hands on what another file exports. */
function isExportedAgain(node: Node): boolean {
  return node.type === "ExportNamedDeclaration" && Boolean(node.source);
}

/** Nodes of TypeScript that have values in them. */
const WITH_VALUES = new Set([
  ...["TSAsExpression", "TSSatisfiesExpression", "TSTypeAssertion", "TSNonNullExpression"],
  ...["TSInstantiationExpression", "TSEnumDeclaration", "TSEnumBody", "TSEnumMember"],
  ...["TSModuleDeclaration", "TSModuleBlock", "TSParameterProperty", "TSExportAssignment"],
  ...["TSImportEqualsDeclaration", "TSExternalModuleReference"],
]);

/** Whether an identifier means a variable, rather than a member, a label or a name of an export. */
function isReference(node: Identifier, parent: Node | undefined): boolean {
  switch (parent?.type) {
    case "MemberExpression":
    case "OptionalMemberExpression":
      return parent.object === node || parent.computed;
    case "ObjectProperty":
    case "ObjectMethod":
    case "ClassProperty":
    case "ClassAccessorProperty":
    case "ClassMethod":
      return parent.key !== node || parent.computed;
    case "TSEnumMember":
      return parent.id !== node;
    case "ExportSpecifier":
      return parent.local === node;
    case "PrivateName":
    case "ImportSpecifier":
    case "ImportDefaultSpecifier":
    case "ImportNamespaceSpecifier":
    case "ExportNamespaceSpecifier":
    case "LabeledStatement":
    case "BreakStatement":
    case "ContinueStatement":
    case "MetaProperty":
    case "ImportAttribute":
      return false;
    default:
      return true;
  }
}

/** Whether an identifier is only asked for, as in `typeof process`, which tells nothing of the machine. */
function isTested(node: Identifier, parent: Node | undefined): boolean {
  return parent?.type === "UnaryExpression" && parent.operator === "typeof" ||
    parent?.type === "BinaryExpression" && parent.operator === "instanceof" &&
      parent.right === node;
}

/** All names that are declared somewhere in a file: those mean what the file says. */
function namesDeclaredIn(program: Node): Set<string> {
  const names = new Set<string>();
  const add = (pattern: Node | null | undefined): void => {
    switch (pattern?.type) {
      case "Identifier":
        names.add(pattern.name);
        break;
      case "ObjectPattern":
        for (const property of pattern.properties) {
          add(property.type === "RestElement" ? property.argument : property.value);
        }
        break;
      case "ArrayPattern":
        pattern.elements.forEach(add);
        break;
      case "AssignmentPattern":
        add(pattern.left);
        break;
      case "RestElement":
        add(pattern.argument);
        break;
      case "TSParameterProperty":
        add(pattern.parameter);
    }
  };
  visitNodes(program, (node) => {
    if (isType(node)) return false;
    if ("params" in node && Array.isArray(node.params)) node.params.forEach(add);
    switch (node.type) {
      case "VariableDeclarator":
      case "FunctionDeclaration":
      case "FunctionExpression":
      case "ClassDeclaration":
      case "ClassExpression":
      case "TSEnumDeclaration":
      case "TSModuleDeclaration":
        add(node.id);
        break;
      case "CatchClause":
        add(node.param);
        break;
      case "ImportSpecifier":
      case "ImportDefaultSpecifier":
      case "ImportNamespaceSpecifier":
        add(node.local);
    }
    return true;
  });
  return names;
}
