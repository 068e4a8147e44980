import { z } from "zod";
import { durationHint } from "../../duration.ts";
import { listWords } from "../../list_words.ts";
import { nearest } from "../../nearest.ts";
import type { Trainers } from "../../trainers/trainers.ts";
import type { Problem } from "../../user_error.ts";
import type { NodePath, YamlSource } from "../source/yaml_source.ts";
import { writtenName } from "./_named_values.ts";
import { notationHint } from "./_notation_hint.ts";
import { unknownHyperparameter } from "./unknown_hyperparameter.ts";

type Issue = z.core.$ZodIssue;

/** Turns a schema's issues into problems with their places in a document. */
export function schemaProblems(
  issues: readonly Issue[],
  schema: z.ZodType,
  source: YamlSource,
  trainers: Trainers,
): Problem[] {
  const meant = issues.flatMap((issue) => insideUnions(issue, source))
    .map((issue) => ({ ...issue, path: issue.path.map(writtenName) }));
  return meant.filter((issue) => !isOfUnknownKeys(issue, meant)).flatMap((issue) => {
    if (issue.code === "unrecognized_keys") {
      const known = keysAt(schema, issue.path);
      return issue.keys.map((key) => {
        return unknownKey(key, { known, trainers }, source, [...issue.path, key]);
      });
    }
    return [source.has(issue.path) ? wrongValue(issue, source) : missingKey(issue.path, source)];
  });
}

/** Whether another issue, a mapping's unknown keys, explains this one. */
function isOfUnknownKeys({ code, path }: Issue, issues: readonly Issue[]): boolean {
  return code === "custom" &&
    issues.some((other) => other.code === "unrecognized_keys" && other.path.join() === path.join());
}

/** Replaces a union's issue by those of the alternative that was meant, if that is clear. */
function insideUnions(issue: Issue, source: YamlSource): Issue[] {
  if (issue.code !== "invalid_union") return [issue];
  const alternatives = issue.errors.filter((issues) =>
    !issues.some(isWrongType) && !isOtherMapping(issues, source.keys(issue.path))
  );
  if (alternatives.length !== 1) return [issue];
  return alternatives[0].flatMap((inner) => {
    return insideUnions({ ...inner, path: [...issue.path, ...inner.path] }, source);
  });
}

/** Whether a mapping has only unknown keys for an alternative, and lacks a required one. */
function isOtherMapping(issues: readonly Issue[], keys: readonly unknown[]): boolean {
  const isUnknown = issues.some((issue) =>
    issue.code === "unrecognized_keys" && issue.path.length === 0 &&
    issue.keys.length === keys.length
  );
  return isUnknown && issues.some(({ code, path }) => code === "invalid_type" && path.length === 1);
}

function isWrongType({ code, path }: Issue): boolean {
  const codes: Issue["code"][] = [
    "invalid_type",
    "invalid_value",
    "invalid_union",
    "invalid_format",
  ];
  return path.length === 0 && codes.includes(code);
}

function unknownKey(
  key: string,
  { known, trainers }: { readonly known: readonly string[]; readonly trainers: Trainers },
  source: YamlSource,
  path: NodePath,
): Problem {
  const place = source.placeOfKey(path);
  if (!trainers.rows.some((row) => known.includes(row.key))) {
    const suggestion = nearest(key, known);
    // Here alone, one does not know what there could be.
    const keys = path[0] === "dataset" ? `there are ${listWords(known, "and")}` : undefined;
    const hint = suggestion === undefined ? keys : `did you mean "${suggestion}"?`;
    return { message: `Unknown key ${JSON.stringify(key)}`, place, hint };
  }
  return { ...unknownHyperparameter(key, known, trainers), place };
}

function missingKey(path: NodePath, source: YamlSource): Problem {
  return {
    message: `Missing key "${String(path[path.length - 1])}"`,
    place: source.place(path.slice(0, -1)),
  };
}

function wrongValue(issue: Issue, source: YamlSource): Problem {
  const place = source.place(issue.path);
  if (!issue.path.some((step) => typeof step === "string")) {
    return { message: issue.message.replace(/^a/, "A"), place };
  }
  return {
    message: `Cannot use ${source.named(issue.path)}: ${issue.message}`,
    place,
    hint: hintFor(issue, source.typed(issue.path)),
  };
}

/** How to write a value that a schema refuses, as it was typed; undefined if that is not clear. */
export function hintFor(issue: Issue, typed: string): string | undefined {
  const unquoted = typed.replace(/^(["'])(.*)\1$/, "$2");
  if (/\ba duration\b/.test(issue.message)) return durationHint(unquoted);
  const alternatives = alternativesOf(issue);
  const words = alternatives.flatMap((issue) => issue.code === "invalid_value" ? issue.values : []);
  const expected: string[] = alternatives.flatMap((issue) =>
    issue.code === "invalid_type" ? [issue.expected] : []
  );
  const notation = notationHint(unquoted, {
    words: words.map(String),
    isNumber: expected.some((type) => type === "number" || type === "int"),
    isInteger: /\ban integer\b/.test(issue.message),
    isBoolean: expected.includes("boolean"),
  });
  if (notation) return notation;
  const suggestion = nearest(unquoted, words.map(String)) ?? wordEndingWith(unquoted, words);
  if (suggestion) return `did you mean "${suggestion}"?`;
  const isList = issue.code === "invalid_type" && issue.expected === "array";
  if (isList && /^[\d.]+$/.test(typed)) return `write [${typed}]`;
  const isText = issue.code === "invalid_type" && issue.expected === "string";
  if (isText && /^[\w.+-]+$/.test(typed)) return `write "${typed}"`;
  const isQuotedNumber = unquoted !== typed && /\d/.test(unquoted) && Number.isFinite(+unquoted);
  if (expected.includes("number") && isQuotedNumber) return `write ${unquoted} without quotes`;
  return undefined;
}

/** The first word that ends with a typed one: `validation_accuracy` for `accuracy`. */
function wordEndingWith(typed: string, words: readonly unknown[]): string | undefined {
  return words.map(String).find((word) => word.endsWith(`_${typed}`));
}

/** The issues that each alternative of a union has with the value itself. */
function alternativesOf(issue: Issue): Issue[] {
  if (issue.code !== "invalid_union") return [issue];
  return issue.errors.flat().filter(({ path }) => path.length === 0).flatMap(alternativesOf);
}

/** The keys that a schema allows in the mapping at a path. */
function keysAt(schema: unknown, path: NodePath): string[] {
  if (schema instanceof z.ZodUnion) {
    return schema.options.flatMap((option) => keysAt(option, path));
  }
  if (schema instanceof z.ZodPipe) return keysAt(schema.in, path);
  if (
    schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional ||
    schema instanceof z.ZodLazy || schema instanceof z.ZodDefault
  ) return keysAt(schema.unwrap(), path);
  const [step, ...rest] = path;
  if (schema instanceof z.ZodArray) {
    return typeof step === "number" ? keysAt(schema.element, rest) : [];
  }
  if (!(schema instanceof z.ZodObject)) return [];
  return step === undefined ? Object.keys(schema.shape) : keysAt(schema.shape[String(step)], rest);
}
