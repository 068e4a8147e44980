// deno-lint-ignore-file no-console -- a program for the terminal
import { measureCommands } from "./commands.ts";
import { measureKernels } from "./kernels.ts";
import { measureLaunching } from "./launching.ts";
import { formatTable, type Measurement } from "./measure.ts";
import { measureNotebook } from "./notebook.ts";
import { compareWithNumpy, numpyStepMilliseconds } from "./peers.ts";
import { measureReports } from "./report.ts";
import { measureSteps } from "./training.ts";

const isJson = Deno.args.includes("--json");

/** Shows what is being measured where nothing else is printed. */
function announce(what: string): void {
  if (!isJson) console.error(`measuring ${what} …`);
}

announce("kernels");
const measurements: Measurement[] = await measureKernels();
announce("training steps");
const steps = await measureSteps();
measurements.push(...steps);
announce("NumPy");
const numpy = await numpyStepMilliseconds();
if (typeof numpy !== "string") measurements.push(...compareWithNumpy(steps, numpy));
announce("the notebook");
const notebook = await measureNotebook();
measurements.push(...notebook.measurements);
announce("workers");
measurements.push(...await measureLaunching());
announce("commands");
measurements.push(...await measureCommands());
announce("reports");
measurements.push(...await measureReports());

if (isJson) console.log(JSON.stringify(measurements, undefined, 2));
else {
  console.log(formatTable(measurements));
  if (typeof numpy === "string") console.log(numpy);
  if (notebook.reason !== undefined) console.log(notebook.reason);
}
