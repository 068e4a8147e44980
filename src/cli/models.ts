import { dirname, join, resolve } from "node:path";
import { EXPORTED, exportModels } from "../api/models.ts";
import { programsOf } from "../api/programs.ts";
import { callText } from "../called_as.ts";
import { replicateOf, runName } from "../experiment/replicates.ts";
import { countOf } from "../format_number.ts";
import { joinLines } from "../one_line.ts";
import { OTHER_FILES } from "../results/result_files.ts";
import { modelFileName, otherModelsText, type RunToSave } from "../sweep/save_models.ts";
import type { ExportedModels } from "../verify/export_models.ts";
import { uncapitalized } from "../wording/capitalized.ts";
import { taskWords } from "./allow_programs.ts";
import { documentText } from "./json/document_text.ts";
import type { Invocation } from "./invocation.ts";
import { print, printAside } from "./output.ts";

/** Exports the models of a sweep's cells, with everything needed to predict with them. */
export async function models(
  { operands: [folder], options: given }: Invocation,
): Promise<number> {
  const { cell: cells, out, dataset, test, json, quiet, reports } = given;
  const options = { cells, out, dataset, test, onMessage: printAside };
  const exported = EXPORTED.of(await exportModels(folder, options));
  const { saved, missing, others } = exported;
  if (json) print(modelsJson(exported));
  else if (!quiet && saved.length > 0) {
    print(joinLines(saved.map(({ path }) => path)));
    const about = aboutCells(exported, folder);
    if (about.length > 0) printAside(joinLines(about));
  }
  if (others.length > 0) printAside(otherModelsText(dirname(saved[0].path), others));
  if (missing.length > 0) {
    printAside(missingText(exported, { folder, reports }));
  }
  return missing.length > 0 ? 1 : 0;
}

/** What the sweep advises, whether these are models of that cell, and which cell has the best mean. */
function aboutCells(
  { saved, answer: { advice, use }, best }: ExportedModels,
  folder: string,
): string[] {
  const cells = new Set(saved.map(({ run }) => run.cell.name));
  const lines = use === undefined
    ? []
    : cells.has(use.cell)
    ? [`${advice}. That is the cell ${use.cell}`]
    : [`The sweep advises another cell, ${use.cell}: ${uncapitalized(advice)}`];
  if (best === undefined || best === use?.cell || cells.has(best)) return lines;
  const command = callText(["models", folder, "--cell", best]);
  return [...lines, `${best} has the best mean: ${command} exports its models`];
}

function modelsJson({ saved, missing, answer: { use }, best }: ExportedModels): string {
  const facts = ({ run, result }: RunToSave) => ({
    cell: run.cell.name,
    ...replicateOf(run.task),
    run: run.key,
    digest: result.digest,
  });
  const models = saved.map(({ path, ...run }) => ({ path, ...facts(run) }));
  return documentText("models", {
    ...{ models, missing: missing.map(facts) },
    ...{ use: use?.cell ?? null, best: best ?? null },
  });
}

/** Says which models are missing, and how to get them. */
function missingText(
  { answer: { use }, saved, missing, trainers }: ExportedModels,
  { folder, reports }: { readonly folder: string; readonly reports: string },
): string {
  const [{ run: first }] = missing;
  const name = runName(first.cell.name, first.task);
  const count = countOf(saved.length + missing.length, "run");
  const file = join(folder, OTHER_FILES.experiment.name);
  const isAdvised = missing.every(({ run }) => run.cell.name === use?.cell);
  const words = isAdvised
    ? ["sweep", file, ...reportsWords(folder, reports), "--save-models"]
    : trainWords(file, first);
  const what = isAdvised ? "trains them again and saves their models" : "trains the first of them";
  return joinLines([
    `There is no model of ${missing.length} of ${count}; the first of them is ${name}`,
    `${callText(taskWords(words, programsOf(trainers).length > 0))} ${what}`,
  ]);
}

/** The words that a sweep needs to write to the same folder again. */
function reportsWords(folder: string, reports: string): string[] {
  const parent = dirname(folder);
  return resolve(parent) === resolve(reports) ? [] : ["--reports", parent];
}

function trainWords(file: string, { cell, task, key }: RunToSave["run"]): string[] {
  const { seed, fold } = task;
  const folds = fold === undefined ? [] : ["--fold", String(fold)];
  const which = ["--only", cell.name, "--seed", String(seed), ...folds];
  return ["train", file, ...which, "--save-weights", modelFileName({ cell, task, key })];
}
