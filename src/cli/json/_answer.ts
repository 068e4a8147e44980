import { z } from "zod";
import { count, text } from "./_parts.ts";

const estimate = {
  noun: text,
  n: count,
  mean: z.number(),
  low: z.number().optional(),
  high: z.number().optional(),
  text,
};
const cell = { cell: text, name: text.describe("the same in words") };

/** What a sweep answers, as in its manifest. */
export const answer = z.object({
  advice: text,
  finding: text,
  limit: text,
  use: z.object({ ...estimate, ...cell }).optional(),
  compared: z.object({
    ...cell,
    verdict: z.enum(["better", "worse", "equivalent", "undecided"]),
    n: count,
    mean: z.number(),
    low: z.number().optional(),
    high: z.number().optional(),
    text,
  }).optional(),
  test: z.object(estimate).optional(),
  constant: z.object({ share: z.number(), text }).optional(),
});

/** What several datasets answer together. */
export const overDatasets = answer.pick({ advice: true, finding: true, limit: true });
