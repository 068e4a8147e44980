import type { Check, Finding } from "./check.ts";
import type { SweepFolder } from "./sweep_folder.ts";
import { textFindings } from "./text_findings.ts";

/**
 * Compares a sweep's CSV files with the texts computed of them, and every file that it wrote with
 * the checksums in its manifest.
 */
export async function checkFiles(
  folder: SweepFolder,
  texts: Readonly<Record<string, string>>,
): Promise<Check[]> {
  const names = new Set([...Object.keys(texts), ...Object.keys(folder.manifest.files ?? {})]);
  return await Promise.all(Array.from(names, async (name) => ({
    subject: name,
    findings: await fileFindings(folder, name, texts[name]),
  })));
}

async function fileFindings(
  { file, manifest }: SweepFolder,
  name: string,
  computed: string | undefined,
): Promise<Finding[]> {
  const found = await file(name);
  if (!found) return [{ what: "It is missing" }];
  const findings = computed === undefined ? [] : textFindings(found.text, computed);
  const expected = manifest.files?.[name];
  if (expected === found.checksum) return findings;
  const what = expected === undefined
    ? "manifest.json does not have its SHA-256"
    : "Its SHA-256 is not that in manifest.json: it was changed since";
  return [...findings, { what, expected, actual: found.checksum }];
}
