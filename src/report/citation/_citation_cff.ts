import { RESULT_TABLES } from "../../results/result_files.ts";
import { Document } from "../../yaml.ts";
import type { CitedSweep } from "./_cited_sweep.ts";

/**
 * CITATION.cff of a sweep's results.
 *
 * Source: Citation File Format 1.2.0, doi:10.5281/zenodo.5171937.
 */
export function citationCff({ manifest, authors, answer }: CitedSweep): string {
  const { experiment, dataset, files, versions } = manifest;
  const { name, description, tags = [] } = experiment;
  const checksum = (of: string, value: string) => ({
    type: "other",
    value: `sha256:${value}`,
    description: `SHA-256 of ${of}`,
  });
  const runs = RESULT_TABLES.runs.name;
  const citation = {
    "cff-version": "1.2.0",
    message: "If you use these results, please cite them as below.",
    type: "dataset",
    title: `Results of ${name}`,
    authors: authors.length > 0 ? authors.map(author) : [{ name: "anonymous" }],
    abstract: [description, answer.finding, `${answer.advice}.`].filter(Boolean).join(" "),
    ...tags.length > 0 && { keywords: tags },
    identifiers: [checksum(runs, files[runs])],
    references: [
      {
        type: "software",
        title: "regsweep",
        version: versions.regsweep,
        authors: [{ name: "regsweep developers" }],
      },
      ...dataset
        ? [{
          type: "data",
          title: dataset.path,
          authors: [{ name: "anonymous" }],
          identifiers: [checksum(dataset.path, dataset.checksum)],
        }]
        : [],
    ],
  };
  return new Document(citation).toString({ lineWidth: 0 });
}

/** `Lovelace, Ada` is a person; a name without a comma is that of a group, or as it stands. */
function author(name: string): Record<string, string> {
  const comma = name.indexOf(",");
  if (comma < 0) return { name };
  const [family, given] = [name.slice(0, comma).trim(), name.slice(comma + 1).trim()];
  return family !== "" && given !== ""
    ? { "family-names": family, "given-names": given }
    : { name };
}
