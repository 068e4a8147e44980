import { z } from "zod";
import { listWords } from "../../list_words.ts";
import { nearest } from "../../nearest.ts";
import { BUILT_IN } from "../../trainers/trainers.ts";
import { type Problem, UserError } from "../../user_error.ts";
import { isMap, isScalar, isSeq } from "../../yaml.ts";
import { nameProblem } from "../schema/name_schema.ts";
import { schemaProblems } from "../schema/schema_problems.ts";
import { tablesShape } from "../schema/tables_schema.ts";
import type { YamlSource } from "../source/yaml_source.ts";

const SECTION = "datasets";

/** What says on which of its tables an experiment is read, and what the collection is called. */
export interface TableChoice {
  readonly table?: string;
  readonly name?: string;
}

/**
 * The names of an experiment's tables, in its order; undefined if it has no `datasets:`.
 *
 * @throws {UserError} If the list or a name is wrong.
 */
export function tablesIn(source: YamlSource): readonly string[] | undefined {
  const { document, value } = source;
  if (!document.has(SECTION)) return undefined;
  const schema = z.object({ [SECTION]: tablesShape() });
  const { datasets, dataset } = value as Readonly<Record<string, unknown>>;
  const parsed = schema.safeParse({ datasets });
  const problems = schemaProblems(parsed.error?.issues ?? [], schema, source, BUILT_IN);
  const names = (parsed.data?.datasets ?? []).map(({ name }) => name);
  problems.push(...repeatedNames(names, source));
  if (dataset !== undefined) {
    const message = "Cannot use both dataset and datasets";
    problems.push({ message, place: source.placeOfKey(["dataset"]) });
  }
  if (problems.length > 0) throw new UserError(problems);
  return names;
}

function repeatedNames(names: readonly string[], source: YamlSource): Problem[] {
  return names.flatMap((name, index) => {
    const first = names.findIndex((other) => other.toLowerCase() === name.toLowerCase());
    if (first === index) return [];
    const line = source.place([SECTION, first, "name"]).line;
    return [{
      message: `Cannot use name ${name}: another dataset has it, in upper or lower case`,
      place: source.place([SECTION, index, "name"]),
      hint: `on line ${line}`,
    }];
  });
}

/**
 * Turns an experiment with `datasets:` into the one on a single of them, which has its name: what is
 * read from the source then is an ordinary experiment. Places stay.
 *
 * @returns The collection's name; undefined if the experiment has a single dataset or none.
 * @throws {UserError} If the list is wrong, or no table of it is chosen.
 */
export function chooseTable(source: YamlSource, choice: TableChoice): string | undefined {
  const { table } = choice;
  const names = tablesIn(source);
  if (!names) {
    if (table === undefined) return undefined;
    throw new UserError(`Cannot use --table ${table}: the experiment has no datasets`);
  }
  const index = names.findIndex((name) => name === table);
  if (index < 0) throw new UserError(unchosen(table, names, source));
  const collection = nameOf(source, choice);
  const { contents } = source.document;
  const pair = isMap(contents)
    ? contents.items.find(({ key }) => isScalar(key) && key.value === SECTION)
    : undefined;
  const block = pair && isSeq(pair.value) ? pair.value.items[index] : undefined;
  if (!pair || !isMap(block)) throw new TypeError("A list of mappings has been checked");
  const name = block.get("name", true);
  block.delete("name");
  source.document.set("name", isScalar(name) ? source.standIn(name, names[index]) : table);
  pair.key = source.standIn(block, "dataset");
  pair.value = block;
  return collection;
}

function unchosen(
  table: string | undefined,
  names: readonly string[],
  source: YamlSource,
): Problem {
  const place = source.placeOfKey([SECTION]);
  if (table === undefined) {
    const message = "Cannot read it as an experiment on one dataset: it has several";
    return { message, place, hint: `--table chooses ${listWords(names)}` };
  }
  const near = nearest(table, names);
  const hint = near === undefined
    ? `there are ${listWords(names, "and")}`
    : `did you mean "${near}"?`;
  return { message: `Cannot use --table ${table}: no dataset has this name`, place, hint };
}

/** @throws {UserError} If the collection cannot have its name. */
function nameOf(source: YamlSource, { name: given }: TableChoice): string {
  const written = source.document.get("name");
  const name = given ?? written;
  if (name === undefined) {
    throw new UserError({ message: 'Missing key "name"', place: source.place([]) });
  }
  const problem = typeof name === "string" ? nameProblem(name) : "name must be text";
  if (problem === undefined) return String(name);
  const place = given === undefined ? source.place(["name"]) : { file: `--name ${given}` };
  throw new UserError({ message: `Cannot use ${String(name)}: ${problem}`, place });
}
