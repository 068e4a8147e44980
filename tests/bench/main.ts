// deno-lint-ignore-file no-console -- a program for the terminal
import { parseArgs } from "@std/cli/parse-args";
import { cpus, loadavg } from "node:os";
import { measureCommands } from "./commands.ts";
import { measureJobs } from "./jobs.ts";
import { measureKernels } from "./kernels.ts";
import { measureLaunching } from "./launching.ts";
import { formatTable, type Measurement } from "./measure.ts";
import { measureNative } from "./native.ts";
import { measureNotebook } from "./notebook.ts";
import { measureOwnTrainers } from "./own_trainers.ts";
import { measureReports } from "./report.ts";
import { measureSearchedSweeps } from "./searched_sweeps.ts";
import { measureSearches } from "./searches.ts";
import { measureShapes } from "./shapes.ts";
import { measureSharedSteps } from "./shared_steps.ts";
import { measureSteps } from "./steps.ts";
import { measureLongSweeps } from "./sweeps.ts";
import { measureTables } from "./tables.ts";

const USAGE = `deno task bench [--json] [--long] [--before COMMIT]

  --json  print JSON in place of a table
  --long  also sweep twice 10,000 runs, and 70,000 rows of 784 columns, and run a whole experiment
          against the same job in NumPy, scikit-learn and PyTorch, and sweeps that share steps
          against an earlier commit: some 45 minutes
  --before COMMIT
          that commit; the last one that shared no steps if not given`;

const options = parseArgs(Deno.args, {
  boolean: ["json", "long", "help"],
  string: ["before"],
  unknown: (argument) => {
    console.error(`Unknown argument ${argument}\n\n${USAGE}`);
    Deno.exit(2);
  },
});
if (options.help) {
  console.log(USAGE);
  Deno.exit(0);
}

const measurements: Measurement[] = [];

/** Keeps what was measured, and shows it at once where that is no part of a document. */
function keep(measured: readonly Measurement[]): void {
  measurements.push(...measured);
  if (!options.json) console.log(formatTable(measured));
}

const machine = {
  date: new Date().toISOString(),
  cpu: cpus()[0]?.model.trim() ?? "unknown",
  cores: navigator.hardwareConcurrency,
  /** How many processes wanted a core in the last 15 minutes, on average. */
  load: loadavg()[2],
  deno: Deno.version.deno,
};
const { date, cpu, cores, load, deno } = machine;
console.error(
  `${date.slice(0, 10)}, Deno ${deno}, ${cpu}, ${cores} cores, load ${load.toFixed(1)}`,
);

const { peakRate, measurements: kernels } = await measureKernels();
keep(kernels);
const sections: [string, () => Measurement[] | Promise<Measurement[]>][] = [
  ["native kernels", measureNative],
  ["training steps, and those of peers", () => measureSteps(peakRate)],
  ["the notebook", measureNotebook],
  ["other shapes", measureShapes],
  ["tables", measureTables],
  ["workers", measureLaunching],
  ["trainers of one's own", measureOwnTrainers],
  ["commands", measureCommands],
  ["reports", measureReports],
  ["searches", measureSearches],
  ["searches of real sweeps", measureSearchedSweeps],
];
if (options.long) {
  const before = typeof options.before === "string" ? options.before : undefined;
  sections.push(
    ["sweeps that share steps", () => measureSharedSteps({ before })],
    ["whole jobs, and those of peers", measureJobs],
    ["long sweeps", measureLongSweeps],
  );
}
for (const [what, measure] of sections) {
  console.error(`measuring ${what} …`);
  keep(await measure());
}
if (options.json) console.log(JSON.stringify({ machine, measurements }, undefined, 2));
