import { assert, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { IS_CI } from "../_ci.ts";
import { pythonWith } from "../_python_with.ts";
import { ROOT } from "../_source_files.ts";
import { compareWithPeer } from "./compare.ts";
import { comparisonRow } from "./comparison_table.ts";

/** A point of accuracy, 0.02 of R²: what regsweep may be worse by. */
const MARGIN = { accuracy: 0.01, r2: 0.02 };
/** The shortest ones: of a few classes, and of a quantity. */
const SHORT = ["iris", "diabetes"];

const PYTHON = await pythonWith("sklearn");
if (PYTHON === undefined && IS_CI) throw new Error("No python3 can import sklearn");
const SKIPPED = PYTHON === undefined ? " (skipped: no python3 can import sklearn)" : "";

for (const name of SHORT) {
  Deno.test({
    name: `${name}: as good as scikit-learn's linear model, as docs/data.md says${SKIPPED}`,
    ignore: PYTHON === undefined,
    async fn() {
      const reports = await Deno.makeTempDir({ prefix: "regsweep-" });
      try {
        const file = join(ROOT, "experiments", `${name}.yaml`);
        const comparison = await compareWithPeer(file, { python: PYTHON ?? "", reports });
        const { measure, validation: { unregularized, best, peer } } = comparison;
        assert(unregularized >= peer - MARGIN[measure], `${unregularized} is worse than ${peer}`);
        assert(best >= peer - MARGIN[measure], `${best} is worse than ${peer}`);
        const page = await Deno.readTextFile(join(ROOT, "docs/data.md"));
        const unpadded = page.replace(/ +\|/g, " |").replace(/\| +/g, "| ");
        assertStringIncludes(unpadded, comparisonRow(comparison));
      } finally {
        await Deno.remove(reports, { recursive: true });
      }
    },
  });
}
