import { type Check, passes } from "../../verify/check.ts";
import type { ImportVerdict } from "../../verify/verify_import.ts";
import type { Verdict } from "../../verify/verify_folder.ts";
import { documentText } from "./document_text.ts";

/** What a verification has found, for programs. */
export function verdictJson(verdict: Verdict): string {
  const { folder, isRight, total, failed, unrepeatable, unfinished, runs, files } = verdict;
  const { uncheckedMembers, changes, checksum, seconds } = verdict;
  const { planned, why, rung, unscored = false } = unfinished ?? {};
  return documentText("verify", {
    ...{ state: "complete", folder, isRight, total, failed, unrepeatable },
    ...planned !== undefined && why !== undefined && {
      unfinished: { planned, why, rung, unscored },
    },
    runs: runs.map(checkMembers),
    files: files.map(checkMembers),
    ...{ uncheckedMembers, changes, checksum, seconds },
  });
}

/** The same of imported runs. */
export function importVerdictJson({ files, ...verdict }: ImportVerdict): string {
  return documentText("verify", { state: "imported", ...verdict, files: files.map(checkMembers) });
}

/** The same of several datasets, and of the files over them. */
export function collectionVerdictJson(
  { folder, isRight, verdicts, files }: {
    readonly folder: string;
    readonly isRight: boolean;
    /** By dataset. */
    readonly verdicts: ReadonlyMap<string, Verdict | ImportVerdict>;
    readonly files: readonly Check[];
  },
): string {
  const datasets = Array.from(verdicts, ([dataset, verdict]) => ({
    ...{ dataset, isRight: verdict.isRight },
    runs: "runs" in verdict ? verdict.runs.map(checkMembers) : [],
    files: verdict.files.map(checkMembers),
  }));
  const members = { folder, isRight, datasets, files: files.map(checkMembers) };
  return documentText("verify", { state: "collection", ...members });
}

/** How far a verification came that the user has interrupted, for programs. */
export function interruptedJson(
  folder: string,
  { done, total }: { readonly done: number; readonly total: number },
): string {
  return documentText("verify", { state: "interrupted", folder, done, total });
}

function checkMembers(check: Check) {
  const { subject, findings, unchecked } = check;
  return {
    ...{ subject, passes: passes(check), unchecked },
    findings,
  };
}
