import { EVENTS } from "../api/sweep_events.ts";
import { type Verification, VERIFIED, verifyResults } from "../api/verify.ts";
import { COLLECTION_VERIFIED, isOfSeveralDatasets, verifyEach } from "../api/verify_collection.ts";
import { countOf } from "../format_number.ts";
import { joinLines } from "../one_line.ts";
import { UserError } from "../user_error.ts";
import { passes } from "../verify/check.ts";
import type { ImportVerdict } from "../verify/verify_import.ts";
import { allowPrograms } from "./allow_programs.ts";
import { importVerdictText } from "./import_verdict_text.ts";
import {
  collectionVerdictJson,
  importVerdictJson,
  interruptedJson,
  verdictJson,
} from "./json/verify_json.ts";
import type { Interruption } from "./interruption.ts";
import type { Invocation } from "./invocation.ts";
import type { Options } from "./options.ts";
import { print, printAside, printLines } from "./output.ts";
import { ProgressDisplay } from "./progress_display.ts";
import { checkLines, markedLine, reservations, verdictText } from "./verify_text.ts";

/** Computes a sweep's runs again, and compares them and its files with what its folder says. */
export async function verify(invocation: Invocation, signal: AbortSignal): Promise<number> {
  const { operands: [path], options } = invocation;
  const checked = { done: 0, total: 0 };
  const verifyOne = (folder: string) => verifyShown(folder, { invocation, signal, checked });
  try {
    if (await isOfSeveralDatasets(path)) {
      refuseFiles(options);
      return await showEach(path, verifyOne, options);
    }
    return show(await verifyOne(path), options);
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
    printAside(`Stopped; ${checked.done} of ${checked.total} runs checked`);
    if (!options.json) throw error;
    print(interruptedJson(path, checked));
    return (signal.reason as Interruption).exitCode;
  }
}

/** @throws {UserError} If there are options that would be for any of the datasets. */
function refuseFiles({ dataset, test }: Options): void {
  if (dataset === undefined && test === undefined) return;
  const name = dataset === undefined ? "--test" : "--dataset";
  const message = `Cannot use ${name}: the folder is of several datasets`;
  throw new UserError({ message, hint: "verify the folder of one of them" });
}

interface Shown {
  readonly invocation: Invocation;
  readonly signal: AbortSignal;
  /** Counts the runs of all folders. */
  readonly checked: { done: number; total: number };
}

/** Verifies a folder of one dataset, and shows how it goes. */
async function verifyShown(
  folder: string,
  { invocation: { words, options }, signal, checked }: Shown,
): Promise<Verification> {
  const { dataset, test, sample, sampleSeed, workers, kernels, yes, quiet } = options;
  const display = new ProgressDisplay({ quiet, workers });
  const { done: before } = checked;
  return await verifyResults(folder, {
    ...{ dataset, test, workers, kernels, signal },
    sample: sample === undefined ? undefined : { size: sample, seed: sampleSeed },
    onEvent: (event) => {
      // It can be interrupted before a run has ended.
      if (event.kind === "stage") checked.total += event.runs;
      display.show(EVENTS.of(event));
    },
    onRun: (done) => checked.done = before + done,
    startsPrograms: (programs) => allowPrograms(programs, { words, yes }),
  }).finally(() => display.close());
}

/** Verifies and shows each dataset of a folder of several, and then the files over all of them. */
async function showEach(
  path: string,
  verifyOne: (folder: string) => Promise<Verification>,
  options: Options,
): Promise<number> {
  const verification = await verifyEach(path, async (folder) => {
    const one = await verifyOne(folder);
    if (!options.json) show(one, options);
    return one;
  });
  const { isRight, datasets } = verification;
  const files = COLLECTION_VERIFIED.of(verification);
  if (options.json) {
    const verdicts = new Map(Array.from(datasets, ([name, one]) => [name, VERIFIED.of(one)]));
    print(collectionVerdictJson({ folder: path, isRight, verdicts, files }));
    return isRight ? 0 : 1;
  }
  const areRight = files.every(passes);
  const text = areRight && options.quiet ? reservations(files) : [
    ...checkLines(files, options),
    `${areRight ? "PASS" : "FAIL"}  ${path}: ${countOf(files.length, "file")} over ${
      countOf(datasets.size, "dataset")
    }`,
  ];
  printLines(text.map(markedLine));
  return isRight ? 0 : 1;
}

/** Shows what was found of a folder of one dataset; returns the exit code. */
function show(verification: Verification, options: Options): number {
  const { json, quiet } = options;
  const verdict = VERIFIED.of(verification);
  if ("source" in verdict) return showImport(verdict, options);
  const { runs, files, changes, isRight } = verdict;
  if (json) {
    print(verdictJson(verdict));
    return isRight ? 0 : 1;
  }
  const lines = checkLines([...runs, ...files], options);
  if (changes.length > 0) {
    const title = "What has changed since the sweep, of what runs depend on:";
    lines.push("", title, ...changes.map((line) => `  ${line}`));
  }
  const text = isRight && quiet
    ? reservations(files)
    : [...joinLines([...lines, ""]).split("\n"), ...verdictText(verdict).split("\n")];
  printLines(text.map(markedLine));
  return isRight ? 0 : 1;
}

/** Says what is so of imported runs, which nothing can compute again. */
function showImport(
  verdict: ImportVerdict,
  { json, quiet }: Pick<Options, "json" | "quiet">,
): number {
  const { files, isRight } = verdict;
  if (json) print(importVerdictJson(verdict));
  else {
    const text = isRight && quiet ? reservations(files) : importVerdictText(verdict, { quiet });
    printLines(text.map(markedLine));
  }
  return isRight ? 0 : 1;
}
