import { metricColumn } from "../measures/metrics.ts";
import { answerOf } from "../report/answer_of.ts";
import type { ImportedManifest } from "../results/manifest.ts";
import { OTHER_FILES, RESULT_TABLES, tableTexts } from "../results/result_files.ts";
import type { RunRow } from "../results/run_row.ts";
import { analyze } from "../statistics/analyze.ts";
import { questionOf } from "../statistics/question.ts";
import { UserError } from "../user_error.ts";
import { type Check, passes } from "./check.ts";
import { checkFiles } from "./check_files.ts";
import { checkReport } from "./check_report.ts";
import { isAboutWording, manifestFindings } from "./expected_manifest.ts";
import type { ImportFolder } from "./import_folder.ts";

/** What a check of imported runs found: of their files and statistics, never of the runs themselves. */
export interface ImportVerdict {
  readonly folder: string;
  /** Whether the files are as they were written, and the statistics those of runs.csv. */
  readonly isRight: boolean;
  /** Number of runs, none of which was computed. */
  readonly total: number;
  readonly files: readonly Check[];
  /** The table that they were imported from, and its SHA-256. */
  readonly source: string;
  readonly sourceChecksum: string;
  /** SHA-256 of runs.csv. */
  readonly checksum: string;
}

/**
 * Checks the files of imported runs against the manifest, and the statistics and the report against
 * runs.csv. Nothing can check the runs.
 */
export async function verifyImport(folder: ImportFolder): Promise<ImportVerdict> {
  const { manifest } = folder;
  const { name } = RESULT_TABLES.runs;
  const runs = await folder.file(name);
  const files = await checksOf(folder, runs?.text);
  return {
    ...{ folder: folder.folder, files, isRight: files.every(passes) },
    total: manifest.runs.total,
    source: manifest.experiment.file,
    sourceChecksum: manifest.imported.checksum,
    checksum: runs?.checksum ?? "",
  };
}

async function checksOf(folder: ImportFolder, text: string | undefined): Promise<Check[]> {
  const { name } = RESULT_TABLES.runs;
  if (text === undefined) return await checkFiles(folder);
  try {
    return await checkStatistics(folder, RESULT_TABLES.runs.read(text));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const findings = error.problems.map(({ message }) => ({ what: message }));
    const others = (await checkFiles(folder)).filter(({ subject }) => subject !== name);
    return [{ subject: name, findings }, ...others];
  }
}

async function checkStatistics(folder: ImportFolder, runs: readonly RunRow[]): Promise<Check[]> {
  const { manifest } = folder;
  const { experiment } = manifest;
  const { cells, comparisons } = analyze(runs, questionOf(manifest));
  const rows = { runs, cells, comparisons };
  const texts = tableTexts(rows, {
    swept: experiment.swept.map(({ key }) => key),
    runs: [metricColumn(experiment.metric)],
    curves: [],
    test: [],
  });
  const checks = await checkFiles(folder, { texts });
  const drawn = { manifest, ...rows, curves: [], histograms: [] };
  const report = await checkReport(folder, drawn);
  const { name } = OTHER_FILES.manifest;
  const findings = manifestFindings(manifest, expected(manifest, rows));
  const isWordingOnly = report.unchecked !== undefined;
  return [
    ...checks.map((check) => check.subject === report.subject ? merged(check, report) : check),
    {
      subject: name,
      findings: isWordingOnly ? findings.filter((each) => !isAboutWording(each)) : findings,
    },
  ];
}

/** A report that was drawn by other code can differ in words, and so can the answer. */
function merged(check: Check, { findings, unchecked }: Check): Check {
  return {
    ...check,
    findings: [...check.findings, ...findings],
    ...unchecked !== undefined && { unchecked },
  };
}

/** The manifest, with what follows from the runs. */
function expected(
  manifest: ImportedManifest,
  rows: Pick<Parameters<typeof answerOf>[0], "runs" | "cells" | "comparisons">,
): ImportedManifest {
  const { runs } = rows;
  const failed = runs.filter(({ status }) => status === "failed");
  const reasons = new Map(manifest.failures.map(({ run, reason }) => [run, reason]));
  return {
    ...manifest,
    answer: answerOf({ ...rows, manifest }),
    runs: { total: runs.length, diverged: 0, failed: failed.length },
    failures: failed.map(({ run, cell, seed }) => {
      return { run, cell, seed, reason: reasons.get(run) ?? "" };
    }),
  };
}
