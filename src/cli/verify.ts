import { EVENTS } from "../api/sweep_events.ts";
import { type Verification, VERIFIED, verifyResults } from "../api/verify.ts";
import { joinLines } from "../one_line.ts";
import type { ImportVerdict } from "../verify/verify_import.ts";
import { allowPrograms } from "./allow_programs.ts";
import { importVerdictText } from "./import_verdict_text.ts";
import { importVerdictJson, interruptedJson, verdictJson } from "./json/verify_json.ts";
import type { Interruption } from "./interruption.ts";
import type { Invocation } from "./invocation.ts";
import type { Options } from "./options.ts";
import { print, printAside, printLines } from "./output.ts";
import { ProgressDisplay } from "./progress_display.ts";
import { checkLines, markedLine, reservations, verdictText } from "./verify_text.ts";

/** Computes a sweep's runs again, and compares them and its files with what its folder says. */
export async function verify(
  { words, operands: [path], options }: Invocation,
  signal: AbortSignal,
): Promise<number> {
  const { dataset, test, sample, sampleSeed, workers, kernels, yes, quiet, json } = options;
  const display = new ProgressDisplay({ quiet, workers });
  const checked = { done: 0, total: 0 };
  let verification: Verification;
  try {
    verification = await verifyResults(path, {
      ...{ dataset, test, workers, kernels, signal },
      sample: sample === undefined ? undefined : { size: sample, seed: sampleSeed },
      onEvent: (event) => {
        // It can be interrupted before a run has ended.
        if (event.kind === "stage") checked.total += event.runs;
        display.show(EVENTS.of(event));
      },
      onRun: (done) => checked.done = done,
      startsPrograms: (programs) => allowPrograms(programs, { words, yes }),
    }).finally(() => display.close());
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
    printAside(`Stopped; ${checked.done} of ${checked.total} runs checked`);
    if (!json) throw error;
    print(interruptedJson(path, checked));
    return (signal.reason as Interruption).exitCode;
  }
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
