import { join, sep as SEPARATOR } from "node:path";
import { lookAt } from "../../files/facts.ts";
import { namesIn } from "../../files/folders.ts";
import type { Answer } from "../../results/answer.ts";
import { readCollectionManifest } from "../../results/collection_manifest.ts";
import { checkRows } from "../../results/check_rows.ts";
import type { Manifest } from "../../results/manifest.ts";
import { readManifest } from "../../results/read_manifest.ts";
import { readResultFile } from "../../results/read_result_file.ts";
import { OTHER_FILES, readTableTexts, rowsIn } from "../../results/result_files.ts";
import { ascending } from "../../statistics/tie_order.ts";
import { UserError } from "../../user_error.ts";
import { answerOf } from "../answer_of.ts";
import { livePage } from "../live_note.ts";
import type { IndexContent, IndexEntry, UnreadableFolder } from "./index_entry.ts";

/** Folders of a reports folder that are no sweep's. */
const OTHER_FOLDERS = ["store"];
/** The tables that an answer is made from. */
const ANSWERING = ["runs", "cells", "comparisons", "looks", "test", "confusion"] as const;

/**
 * Reads what the index lists: every sweep's folder in a reports folder, latest first, and the folders
 * that cannot be read, by name. Links are not followed.
 *
 * @throws {Error} If the system refuses to list the reports folder.
 */
export async function readIndex(reports: string): Promise<IndexContent> {
  const names = (await namesIn(reports)).filter((name) =>
    !name.startsWith(".") && !OTHER_FOLDERS.includes(name) &&
    lookAt(join(reports, name))?.isDirectory
  ).sort();
  const entries: IndexEntry[] = [];
  const unreadable: UnreadableFolder[] = [];
  // One after the other: a process may be allowed few open files.
  for (const folder of names) {
    try {
      entries.push(await readCollectionEntry(reports, folder) ?? await readEntry(reports, folder));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      unreadable.push({ folder, reason: reasonOf(error, join(reports, folder)) });
    }
  }
  const latestFirst = entries.sort((a, b) => ascending(b.started ?? "", a.started ?? ""));
  return { entries: latestFirst, unreadable };
}

/**
 * A sweep of several datasets, with the numbers of all their runs; undefined if the folder is not one's.
 *
 * @throws {UserError} If a folder of one of them is damaged.
 */
async function readCollectionEntry(
  reports: string,
  folder: string,
): Promise<IndexEntry | undefined> {
  const path = join(reports, folder);
  const manifest = await readCollectionManifest(path);
  if (!manifest) return undefined;
  const { name, description: question, tags = [], notes = "", datasets } = manifest.collection;
  const parts: IndexEntry[] = [];
  for (const dataset of datasets) {
    const isThere = lookAt(join(path, dataset, OTHER_FILES.manifest.name));
    if (isThere) parts.push(await readEntry(path, dataset));
  }
  const sum = (of: (part: IndexEntry) => number) => parts.reduce((sum, part) => sum + of(part), 0);
  const started = parts.flatMap(({ started }) => started ?? []).sort(ascending).at(-1);
  return {
    ...{ folder, name, question, tags, notes, answer: manifest.answer, state: manifest.state },
    ...{ runs: sum(({ runs }) => runs), planned: sum(({ planned }) => planned) },
    failed: sum(({ failed }) => failed),
    ...started !== undefined && { started },
    hasReport: lookAt(join(path, OTHER_FILES.report.name))?.isFile === true,
  };
}

/** @throws {UserError} If it is no sweep's folder, or damaged. */
async function readEntry(reports: string, folder: string): Promise<IndexEntry> {
  const path = join(reports, folder);
  const manifest = readManifest(await readResultFile(join(path, OTHER_FILES.manifest.name), path));
  const { experiment, runs, unfinished, state = "complete" } = manifest;
  const { name, description: question, tags = [], notes = "" } = experiment;
  const live = livePage(unfinished);
  return {
    ...{ folder, name, question, tags, notes, state },
    answer: manifest.answer ?? await answerFromRows(path, manifest),
    ...{
      runs: runs.total,
      planned: unfinished?.planned ?? runs.total,
      failed: runs.failed,
      ...!manifest.imported && { started: manifest.times.started },
    },
    ...unfinished && { why: unfinished.why },
    ...live && { live },
    hasReport: lookAt(join(path, OTHER_FILES.report.name))?.isFile === true,
  };
}

/**
 * The answer of a sweep whose manifest an earlier version wrote.
 *
 * @throws {UserError} If a CSV file cannot be read, or is not the manifest's.
 */
async function answerFromRows(folder: string, manifest: Manifest): Promise<Answer> {
  const texts = await readTableTexts(folder, ANSWERING, (file) => file in manifest.files);
  const rows = rowsIn(texts);
  checkRows(manifest, { ...rows, curves: [], histograms: [] });
  return answerOf({ ...rows, manifest });
}

/** Why a folder cannot be read, without its path, which the index does not tell others. */
function reasonOf({ problems: [{ message, place }] }: UserError, path: string): string {
  const text = message.replaceAll(`${path}${SEPARATOR}`, "");
  return place === undefined ? text : `${place.file}: ${text}`;
}
