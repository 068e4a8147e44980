import { z } from "zod";

const PATTERN = /^[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9_-])?$/;
const MAXIMUM_NAME_LENGTH = 100;
/** Names that Windows keeps for devices, with any extension. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
/** What the folder of reports has besides sweeps, and why no sweep may have its name. */
const TAKEN: Readonly<Record<string, string>> = {
  store: "the folder of finished runs",
  sample: "the committed sample of a report",
  "index.html": "the index of all reports",
};

/** The schema of an experiment's name, which its folder of results has. */
export function nameSchema() {
  const error = "name must be 1 to 100 letters, digits, dots, underscores and hyphens, " +
    "not begin with a dot or hyphen, and not end with a dot";
  return z.string({ error: "name must be text" })
    .regex(PATTERN, { error })
    .max(MAXIMUM_NAME_LENGTH, { error })
    .refine((name) => !DEVICE.test(name), {
      error: "name must not be a device of Windows, such as con, nul or com1",
    })
    .superRefine((name, context) => {
      const taken = name.toLowerCase();
      if (!Object.hasOwn(TAKEN, taken)) return;
      const message = `name must not be ${taken}, which is ${TAKEN[taken]}`;
      context.addIssue({ code: "custom", message });
    })
    .describe("names the folder in reports/ that the results go to");
}

/** Why results cannot have a name; undefined if they can. */
export function nameProblem(name: string): string | undefined {
  return nameSchema().safeParse(name).error?.issues[0].message;
}
