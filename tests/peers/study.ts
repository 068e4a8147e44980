// deno run -A tests/peers/study.ts whole|reduced [OPTIONS OF SWEEP]: runs the study of docs/cocktails.md.
// It sweeps single regularizers and cocktails, verifies them, has scikit-learn search gradient boosting
// on the same rows, and writes what compares the four into reports/. The same command goes on after a
// kill. It takes Debian's package python3-sklearn.
// deno-lint-ignore-file no-console -- a program for the terminal
import { join } from "node:path";
import { writeFileAtomically } from "../../src/files/write_file.ts";
import { criticalDifferenceChart } from "../../src/report/charts/critical_difference.ts";
import { staticChart } from "../../src/report/charts/static_chart.ts";
import { pictureConfig } from "../../src/report/theme.ts";
import { pythonWith } from "../_python_with.ts";
import { ROOT } from "../_source_files.ts";
import { boostTables } from "./boost_tables.ts";
import { compareMethods } from "./compare_methods.ts";
import { STUDIES } from "./studies.ts";
import { sweepStudy } from "./sweep_study.ts";

const [form, ...options] = Deno.args;
const study = STUDIES.get(form);
const python = await pythonWith("sklearn");
if (!study || python === undefined) {
  console.error(
    `It needs ${[...STUDIES.keys()].join(" or ")}, and Debian's package python3-sklearn`,
  );
  Deno.exit(1);
}

const { points, verified } = study;
const reports = join(ROOT, "reports");
const fileOf = (name: string) => join(ROOT, `experiments/cocktails/${name}.yaml`);
const files = { single: fileOf(study.single), cocktail: fileOf(study.cocktail) };
const swept = await sweepStudy(files, { reports, verified, options });
console.log(`\nGradient boosting, ${points} points for each table`);
const boosting = await boostTables(files.single, {
  points,
  python,
  kept: join(reports, `cocktails-${form}-boosting.json`),
  workers: navigator.hardwareConcurrency,
  onTable: (table) => console.log(table),
});
const { over, ...tables } = compareMethods({ ...swept, boosting });
for (const [name, text] of Object.entries(tables)) {
  const file = join(reports, `cocktails-${form}-${name}.csv`);
  await writeFileAtomically(file, text);
  console.log(`\n${file}\n${text}`);
}
const chart = criticalDifferenceChart(over, (method) => method);
const diagram = await staticChart(chart, pictureConfig());
await writeFileAtomically(join(reports, `cocktails-${form}-ranks.svg`), `${diagram}\n`);
const friedman = over.friedman ? `Friedman: p = ${over.friedman.pValue}; ` : "";
console.log(`${friedman}mean ranks differ if they are ${over.criticalDifference} apart (Nemenyi)`);
