import { z } from "zod";
import { METRICS, metricWords } from "../../measures/metrics.ts";
import { mappingError } from "./_mapping_error.ts";

const DEFAULT_ETA = 3;

export function halvingSchema() {
  const steps = { error: "min_steps must be an integer of at least 1" };
  const eta = { error: "eta must be an integer of at least 2" };
  return z.strictObject({
    metric: z.enum(METRICS, { error: `metric must be ${metricWords()}` }).optional()
      .describe("what cells are ranked by; the experiment's metric if not given"),
    min_steps: z.int(steps).gte(1, steps)
      .describe("steps of the first rung, which all cells take part in"),
    eta: z.int(eta).gte(2, eta).default(DEFAULT_ETA)
      .describe("one in eta cells goes on, to eta times as many steps"),
  }, mappingError("successive_halving", "with min_steps"))
    .optional()
    .describe("trains all cells for a few steps, the best of them for more, and so on");
}
