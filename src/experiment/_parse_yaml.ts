import type { Range } from "yaml";
import { isScalar, LineCounter, parseDocument, visit } from "yaml";
import type { Problem } from "../user_error.ts";
import { expandAliases } from "./_expand_aliases.ts";
import { shorten, YamlSource } from "./_yaml_source.ts";

const LONGEST_MESSAGE = 120;

/** What to say in place of messages that are about the parser. */
const MESSAGES: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: "There must be one document only",
  NON_STRING_KEY: "Keys must be text",
  RESOURCE_EXHAUSTION: "It is nested too deeply",
};

/**
 * Parses YAML 1.2 without losing where everything stands.
 *
 * Aliases and merge keys are replaced by what they stand for. Mistakes of syntax are reported;
 * there is a `source` wherever the rest can be checked all the same.
 */
export function parseYaml(
  text: string,
  file: string,
): { source?: YamlSource; problems: readonly Problem[] } {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter,
    prettyErrors: false,
    resolveKnownTags: false,
    schema: "core",
    stringKeys: true,
    // Checked below: the package's own check takes time quadratic in the number of keys.
    uniqueKeys: false,
  });
  const source = new YamlSource(document, text, file, lineCounter);
  const syntax = [...document.errors, ...document.warnings].map(({ code, message, pos }) => {
    const what = MESSAGES[code] ?? shorten(message, LONGEST_MESSAGE);
    return { message: `Cannot read YAML: ${what}`, place: source.placeAt(...pos) };
  });
  if (syntax.length > 0) {
    // One mistake often makes several errors on its line.
    const lines = Map.groupBy(syntax, ({ place }) => place.line);
    return { problems: [...lines.values()].map(([first]) => first) };
  }

  const problems = duplicateKeys(source);
  const unresolved = expandAliases(document).map(({ message, range }) => {
    return { message, place: source.placeAt(range[0], range[1]) };
  });
  if (unresolved.length > 0) return { problems: [...problems, ...unresolved] };
  return { source, problems };
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
          place: source.placeAt(key.range[0], key.range[1]),
          hint: `already on line ${source.placeAt(first[0], first[1]).line}`,
        });
      }
    },
  });
  return problems;
}
