import { z } from "zod";
import { MAXIMUM_RUNS } from "../experiment.ts";
import { mappingError } from "./_mapping_error.ts";

/** Seeds as a file says them. */
export type WrittenSeeds = z.output<ReturnType<typeof seedsSchema>>;

/** A number of seeds, a list of them, or seeds until cells are decided. */
export function seedsSchema() {
  const count = { error: `seeds must be an integer in [1, ${MAXIMUM_RUNS}], or a list of seeds` };
  const seed = { error: `a seed must be an integer in [0, ${Number.MAX_SAFE_INTEGER}]` };
  const list = z.array(z.int(seed).gte(0, seed))
    .min(1, { error: "seeds must have at least one seed" })
    .superRefine((seeds, context) => {
      const seen = new Set<number>();
      seeds.forEach((seed, index) => {
        if (seen.has(seed)) {
          context.addIssue({ code: "custom", path: [index], message: "seeds must not repeat" });
        }
        seen.add(seed);
      });
    })
    .meta({ uniqueItems: true });
  const number = z.int(count).gte(1, count).lte(MAXIMUM_RUNS, count);
  return z.union([number, list, decidedSchema()], count).default(10)
    .describe(
      "how many seeds to run each cell with (10 is 1 to 10), a list of seeds, or how many at " +
        "least and at most until it is decided",
    );
}

function decidedSchema() {
  const from = { error: `from must be an integer in [2, ${MAXIMUM_RUNS}]` };
  const to = { error: `to must be an integer in [3, ${MAXIMUM_RUNS}]` };
  const first = { error: `first must be an integer in [0, ${Number.MAX_SAFE_INTEGER}]` };
  return z.strictObject({
    from: z.int(from).gte(2, from).lte(MAXIMUM_RUNS, from)
      .describe("how many seeds every cell gets"),
    to: z.int(to).gte(3, to).lte(MAXIMUM_RUNS, to)
      .describe("how many seeds a cell gets at most"),
    until: z.literal("decided", { error: "until must be decided" })
      .describe("a cell that is better, worse or equivalent gets no more seeds"),
    first: z.int(first).gte(0, first).default(1).describe("the first seed; the others follow it"),
  }, mappingError("seeds", "with from, to and until"))
    .superRefine(({ from, to, first }, context) => {
      const refuse = (key: string, message: string) => {
        context.addIssue({ code: "custom", path: [key], message });
      };
      if (from >= to) refuse("to", `to must be more than from, which is ${from}`);
      if (first + to - 1 > Number.MAX_SAFE_INTEGER) {
        refuse("first", `the last seed would be more than ${Number.MAX_SAFE_INTEGER}`);
      }
    });
}
