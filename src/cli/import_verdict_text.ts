import { countOf } from "../format_number.ts";
import { oneLine } from "../one_line.ts";
import { passes } from "../verify/check.ts";
import type { ImportVerdict } from "../verify/verify_import.ts";
import { checkLines, reservations } from "./verify_text.ts";

/** What a check of imported runs found, in lines: it never says that the runs are right. */
export function importVerdictText(
  verdict: ImportVerdict,
  { quiet }: { readonly quiet: boolean },
): string[] {
  const { folder, files, isRight, total, source, sourceChecksum, checksum } = verdict;
  const runs = countOf(total, "imported run");
  const failed = files.filter((check) => !passes(check)).length;
  const skipped = {
    subject: runs,
    findings: [],
    unchecked: `from ${source}: nothing can compute them again`,
  };
  return [
    ...checkLines([skipped, ...files], { quiet }),
    "",
    isRight
      ? `PASS, files and statistics only: ${folder}`
      : `FAIL, ${countOf(failed, "file")} of ${folder}`,
    `      The ${runs} ${total === 1 ? "was" : "were"} not checked`,
    `      SHA-256 of ${source}, of which there is no copy: ${sourceChecksum}`,
    `      SHA-256 of runs.csv: ${checksum}`,
    ...reservations(files),
  ].map(oneLine);
}
