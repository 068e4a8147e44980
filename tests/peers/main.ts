// deno run -A tests/peers/main.ts: sweeps the experiments with the tables that come with regsweep, has
// scikit-learn fit its linear models to the same rows, and prints the table of docs/data.md. It takes
// a few minutes, and Debian's package python3-sklearn.
// deno-lint-ignore-file no-console -- a program for the terminal
import { fileURLToPath } from "node:url";
import { pythonWith } from "../_python_with.ts";
import { compareWithPeer } from "./compare.ts";
import { COMPARED } from "./compared.ts";
import { comparisonTable } from "./comparison_table.ts";

const python = await pythonWith("sklearn");
if (python === undefined) {
  console.error("No python3 here can import sklearn: install Debian's package python3-sklearn");
  Deno.exit(1);
}
const reports = await Deno.makeTempDir({ prefix: "regsweep-" });
try {
  const comparisons = [];
  for (const name of COMPARED) {
    const file = fileURLToPath(new URL(`../../experiments/${name}.yaml`, import.meta.url));
    comparisons.push(await compareWithPeer(file, { python, reports }));
  }
  console.log(comparisonTable(comparisons));
} finally {
  await Deno.remove(reports, { recursive: true });
}
