// deno run -A tests/peers/boost.ts EXPERIMENT.yaml POINTS: has scikit-learn search settings of gradient
// boosting on the rows of the experiment's runs, and prints as JSON what it found on each table. It
// takes Debian's package python3-sklearn.
// deno-lint-ignore-file no-console -- a program for the terminal
import { readTables } from "../../src/experiment/read_experiment.ts";
import { pythonWith } from "../_python_with.ts";
import { searchBoosting } from "./search_boosting.ts";

const [file, count] = Deno.args;
const points = Number(count);
const python = await pythonWith("sklearn");
if (python === undefined || file === undefined || !(Number.isSafeInteger(points) && points > 0)) {
  console.error("It needs an experiment, a number of points, and Debian's package python3-sklearn");
  Deno.exit(1);
}
const tables = readTables(file)?.tables ?? [undefined];
const searches = [];
for (const table of tables) {
  const changes = table === undefined ? {} : { table };
  searches.push({ ...changes, ...await searchBoosting(file, { points, python, changes }) });
}
console.log(JSON.stringify(searches, null, 1));
