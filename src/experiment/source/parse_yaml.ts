import type { Document, Node, Range } from "yaml";
import type { Problem } from "../../user_error.ts";
import { isScalar, LineCounter, parseDocument, visit } from "../../yaml.ts";
import { expandAliases } from "./_expand_aliases.ts";
import { NO_LEADING_ZERO, withoutLeadingZeros } from "./leading_zeros.ts";
import { shorten, SourceText, YamlSource } from "./yaml_source.ts";

const LONGEST_MESSAGE = 120;

/** Names the schema for editors, relative to the file; the text may be kept elsewhere. */
const EDITORS_SCHEMA = /^# yaml-language-server:[^\n]*/;

/** The deepest nesting; pairs count too. */
const MAXIMUM_ANCESTORS = 100;
/** The most lists and mappings: a limit for malicious files. */
const MAXIMUM_COLLECTIONS = 2000;
/** An unquoted comparison, which YAML reads as the start of a block of text or as a tag. */
const UNQUOTED_COMPARISON = /[:[,]\s*(>=?|!=)\s*[\w.+-]/;

/** Replacements for messages that make sense only to authors of parsers. */
const MESSAGES: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: "Only one document is allowed",
  NON_STRING_KEY: "Keys must be text",
  RESOURCE_EXHAUSTION: "It is nested too deeply",
};

/**
 * Parses YAML 1.2 without losing where everything stands.
 *
 * Aliases and merge keys are expanded, and the line that names the editors' schema is left out. Syntax
 * errors are reported; `source` is present if the rest can still be checked.
 */
export function parseYaml(
  text: string,
  file: string,
): { source?: YamlSource; problems: readonly Problem[] } {
  const lineCounter = new LineCounter();
  // Spaces in its place leave everything else where it stands.
  const content = text.replace(EDITORS_SCHEMA, ({ length }) => " ".repeat(length));
  const document = parseDocument(content, {
    lineCounter,
    prettyErrors: false,
    resolveKnownTags: false,
    schema: "core",
    stringKeys: true,
    // Checked below: the package's own check takes time quadratic in the number of keys.
    uniqueKeys: false,
  });
  const sourceText = new SourceText(text, file, lineCounter);
  const source = new YamlSource(document, sourceText);
  const syntax = [...document.errors, ...document.warnings].map(({ code, message, pos }) => {
    const what = MESSAGES[code] ?? shorten(message, LONGEST_MESSAGE);
    const place = sourceText.placeAt(...pos);
    const hint = UNQUOTED_COMPARISON.test(place.text ?? "")
      ? 'put comparisons in quotes: "> 0.1"'
      : undefined;
    return { message: `Cannot read YAML: ${what}`, place, hint };
  });
  if (syntax.length > 0) {
    // One mistake often makes several errors on its line.
    const lines = Map.groupBy(syntax, ({ place }) => place.line);
    return { problems: [...lines.values()].map(([first]) => first) };
  }

  const problems = [...duplicateKeys(source), ...leadingZeros(source)];
  const unresolved = expandAliases(document).map(({ message, range }) => {
    return { message, place: sourceText.placeAt(range[0], range[1]) };
  });
  if (unresolved.length > 0) return { problems: [...problems, ...unresolved] };
  const excess = excessOf(document);
  if (!excess?.node.range) return { source, problems };
  const [start, end] = excess.node.range;
  return {
    problems: [...problems, { message: excess.message, place: sourceText.placeAt(start, end) }],
  };
}

/** The first list or mapping that is nested too deeply or exceeds the limit. */
function excessOf(document: Document): { node: Node; message: string } | undefined {
  let excess: { node: Node; message: string } | undefined;
  let count = 0;
  visit(document, {
    Collection(_, node, ancestors) {
      count++;
      // Schemas check by recursion.
      if (ancestors.length > MAXIMUM_ANCESTORS) {
        excess = { node, message: "It is nested too deeply" };
      } else if (count > MAXIMUM_COLLECTIONS) {
        excess = { node, message: `It has more than ${MAXIMUM_COLLECTIONS} lists and mappings` };
      }
      return excess ? visit.BREAK : undefined;
    },
  });
  return excess;
}

/** Finds numbers with a leading zero, whose readers disagree on what they are. */
function leadingZeros(source: YamlSource): Problem[] {
  const problems: Problem[] = [];
  visit(source.document, {
    Scalar(_, { value, source: typed = "", range }) {
      const plain = typeof value === "number" ? withoutLeadingZeros(typed) : undefined;
      if (plain === undefined || !range) return;
      problems.push({
        message: `Cannot use ${shorten(typed, LONGEST_MESSAGE)}: ${NO_LEADING_ZERO}`,
        place: source.text.placeAt(range[0], range[1]),
        hint: `write ${plain}`,
      });
    },
  });
  return problems;
}

function duplicateKeys(source: YamlSource): Problem[] {
  const problems: Problem[] = [];
  visit(source.document, {
    Map(_, map) {
      const firsts = new Map<unknown, Range>();
      for (const { key } of map.items) {
        if (!isScalar(key) || !key.range) continue;
        const first = firsts.get(key.value);
        firsts.set(key.value, first ?? key.range);
        if (!first) continue;
        problems.push({
          message: `Duplicate key ${JSON.stringify(key.value)}`,
          place: source.text.placeAt(key.range[0], key.range[1]),
          hint: `already on line ${source.text.placeAt(first[0], first[1]).line}`,
        });
      }
    },
  });
  return problems;
}
