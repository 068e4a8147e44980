import { z } from "zod";
import { formatCount } from "../../format_number.ts";

const MOST_TAGS = 20;
const LONGEST_NOTES = 10_000;
const [MOST_AUTHORS, LONGEST_AUTHOR] = [1000, 200];
/** Characters that control a terminal or an editor, but for what makes lines and columns. */
const CONTROL = /(?![\n\t])\p{Cc}/u;

/** Words that sweeps are found by; a word that differs in case alone would find others. */
export function tagsSchema() {
  const list = { error: "tags must be a list of words, such as [paper, table-2]" };
  const many = { error: `tags must be at most ${MOST_TAGS} words` };
  return z.array(tagSchema(), list).max(MOST_TAGS, many)
    .superRefine((tags, context) => {
      const seen = new Set<string>();
      tags.forEach((tag, index) => {
        const known = tag.toLowerCase();
        if (seen.has(known)) {
          context.addIssue({ code: "custom", path: [index], message: "tags must not repeat" });
        }
        seen.add(known);
      });
    })
    .meta({ uniqueItems: true })
    .optional().describe("words to find the sweep by, such as [paper, table-2]");
}

function tagSchema() {
  const error = "a tag must be 1 to 40 letters, digits, dots, underscores and " +
    "hyphens, and begin with a letter or digit";
  return z.string({ error: "a tag must be text" })
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/, { error });
}

/** Any text with its line breaks; empty lines at its ends are left out. */
export function notesSchema() {
  return z.string({ error: "notes must be text" })
    .max(LONGEST_NOTES, {
      error: `notes must be at most ${formatCount(LONGEST_NOTES)} characters`,
    })
    .refine((notes) => !CONTROL.test(notes), {
      error: "notes must have no control characters but line breaks and tabs",
    })
    .transform((notes) => notes.trimEnd().replace(/^\s*\n/, ""))
    .optional().describe("anything that readers of the report should know");
}

/** Whether results come with how to cite them, and who made them. */
export function citeSchema() {
  const error = "cite must be true, false, or a mapping with authors";
  const authors = z.array(authorSchema(), { error: "authors must be a list of names" })
    .min(1, { error: "authors must name somebody" })
    .max(MOST_AUTHORS, { error: `authors must be at most ${formatCount(MOST_AUTHORS)} names` });
  return z.union([z.boolean(), z.strictObject({ authors })], { error })
    .transform((cite) => cite === true ? { authors: [] } : cite || undefined)
    .optional().describe(
      "true, or a mapping with authors, to write CITATION.cff and appendix.md beside the results",
    );
}

function authorSchema() {
  const error = `an author must be a name of at most ${LONGEST_AUTHOR} characters in one line, ` +
    "such as Lovelace, Ada";
  return z.string({ error }).trim().min(1, { error }).max(LONGEST_AUTHOR, { error })
    .refine((name) => !/\p{Cc}/u.test(name), { error });
}
