import type { Document } from "yaml";
import { isCollection } from "yaml";
import { UserError } from "../user_error.ts";
import { fixHyperparameter } from "./source/fix_hyperparameter.ts";
import { isMapping } from "./source/mapping.ts";
import { parseYaml } from "./source/parse_yaml.ts";
import { resolveSections } from "./_check_sections.ts";
import type { NodePath } from "./source/yaml_source.ts";
import { experimentSchema } from "./schema/experiment_schema.ts";
import { type Overrides, parseOverrides } from "./overrides.ts";
import { trainersIn } from "./schema/trainers_in.ts";

/**
 * The text of an experiment with what the command line changes written into it, comments kept.
 *
 * A hyperparameter that is set has one value in every cell: it joins `fixed`, leaves the grid, and
 * the baseline has it too; exclusions and conditional blocks that match nothing any more are left out.
 * If only some cells are run and the baseline is not among them, the first one is the baseline. With
 * `datasetPath`, which has to be right from where the text will be kept, sweeping the text there gives
 * the same runs. The text has to be a right experiment that extends nothing.
 *
 * @throws {UserError} If the overrides do not suit the experiment's trainers.
 */
export function experimentText(
  text: string,
  overrides: Overrides = {},
  datasetPath?: string,
): string {
  // The editors' schema is not where the text will be.
  const { source, problems } = parseYaml(text.replace(/^# yaml-language-server:.*\n/, ""), "");
  if (!source) throw new UserError(problems);
  const { document, value } = source;
  const { fixed, seeds } = parseOverrides(overrides, trainersIn(isMapping(value) ? value : {}));
  for (const [key, value] of Object.entries(fixed)) {
    fixHyperparameter(document, key, document.createNode(value, { flow: true }));
  }
  const { only = [] } = overrides;
  if (only.length > 0) document.set("only", document.createNode(only));
  if (seeds !== undefined) document.set("seeds", document.createNode(seeds, { flow: true }));
  if (datasetPath !== undefined) document.setIn(["dataset", "path"], datasetPath);
  const written = document.toString({ lineWidth: 0 });
  const isSame = only.length === 0 && Object.keys(fixed).length === 0;
  return isSame ? written : withoutIdle(written, only.length > 0);
}

/** Leaves out what matches nothing; the baseline, too, if it need not be among the cells. */
function withoutIdle(text: string, isBaselineFree: boolean): string {
  const { source } = parseYaml(text, "");
  if (!source || !isMapping(source.value)) return text;
  const schema = experimentSchema(trainersIn(source.value));
  const { idle } = resolveSections(source.value, schema, source);
  const left = idle.filter(([section]) => section !== "baseline" || isBaselineFree);
  if (left.length === 0) return text;
  // From the last to the first, so that the places in lists stay right.
  for (const path of left.toReversed()) deleteAt(source.document, path);
  return withoutIdle(source.document.toString({ lineWidth: 0 }), isBaselineFree);
}

/** Deletes a node, and the list that it leaves empty. */
function deleteAt(document: Document, path: NodePath): void {
  document.deleteIn(path);
  const list = path.slice(0, -1);
  const rest = document.getIn(list);
  if (list.length > 0 && isCollection(rest) && rest.items.length === 0) document.deleteIn(list);
}
