import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { finish, startTask } from "./_task.ts";
import { Workspace } from "./_workspace.ts";

/** A module whose score needs no data, and whose cells do what their names say. */
const CLIMB = `export default {
  name: "climb",
  hyperparameters: {
    rate: { type: "number", minimum: 0, default: 1 },
    ends: { type: "choice", choices: ["well", "nan", "unmeasured"], default: "well" },
  },
  *train({ config, random }) {
    const draw = random("steps");
    let height = 0;
    for (let step = 0; step <= 3; step++) {
      const measures = { "other_height": 2 * height };
      const score = step === 3 && config.ends === "nan" ? NaN : height;
      yield { step, measures: config.ends === "unmeasured" ? measures : { ...measures, "total_score": score } };
      height += config.rate * (1 + draw());
    }
  },
};
`;
const METRIC = "metric: { key: total_score, better: larger, label: score, unit: m }\n";
const TEXT = `name: climb\ntrainer: ./climb.ts\nseeds: 3\n${METRIC}`;

/** Does work with an experiment that has that trainer and no dataset. */
function withClimb(
  grid: string,
  work: (run: Run, folder: string) => Promise<void>,
): Promise<void> {
  return Workspace.use(async (workspace) => {
    await workspace.write("climb.ts", CLIMB);
    const file = await workspace.write("climb.yaml", `${TEXT}grid: ${grid}\n`);
    const reports = ["--reports", workspace.path("out")];
    await work(
      (name, ...args) => finish(startTask(name, args.length > 0 ? args : [file, ...reports])),
      workspace.path("out", "climb"),
    );
  });
}

type Run = (name: string, ...args: string[]) => ReturnType<typeof finish>;

Deno.test("an experiment without a dataset is planned, swept, reported, compared and verified", () =>
  withClimb("{ rate: [1, 2] }", async (run, folder) => {
    const planned = await run("plan");
    assertEquals([planned.code, planned.stderr], [0, ""]);
    assertStringIncludes(
      planned.stdout,
      "metric   total_score, in m, larger is better, no equivalence",
    );
    assertEquals(/dataset|rows/.test(planned.stdout), false, planned.stdout);

    const swept = await run("sweep");
    assertEquals(swept.code, 0, swept.stderr);
    assertStringIncludes(swept.stdout.replaceAll(/\s+/g, " "), "m (95% interval");
    const runs = await Deno.readTextFile(join(folder, "runs.csv"));
    assertStringIncludes(
      runs,
      "run,cell,replicate,seed,rate,status,steps,total_score,other_height,digest\n",
    );
    const manifest = JSON.parse(await Deno.readTextFile(join(folder, "manifest.json")));
    assertEquals(["dataset" in manifest, manifest.experiment.metric.key], [false, "total_score"]);

    const report = join(folder, "report.html");
    const page = await Deno.readTextFile(report);
    assertEquals(/accuracy|validation rows/.test(page.split("<script")[0]), false);
    await Deno.remove(report);
    assertEquals((await run("report", folder)).code, 0);
    assertEquals(await Deno.readTextFile(report), page);

    const compared = await run("compare", folder, folder);
    assertStringIncludes(compared.stdout, "6 identical");
    const verified = await run("verify", folder);
    assertEquals(verified.code, 0, verified.stdout + verified.stderr);
  }));

Deno.test("a run fails without its metric, and diverges with one that is not finite", () =>
  withClimb("{ ends: [well, nan, unmeasured] }", async (run, folder) => {
    const swept = await run("sweep");
    assertEquals(swept.code, 1);
    assertStringIncludes(
      swept.stderr.replaceAll(/\s+/g, " "),
      "its evaluation at step 0 has other_height, but not total_score, the metric",
    );
    const runs = await Deno.readTextFile(join(folder, "runs.csv"));
    const statuses = runs.trim().split("\n").slice(1).map((line) => line.split(",")[5]);
    assertEquals(statuses, [
      ...["completed", "completed", "completed"],
      ...["diverged", "diverged", "diverged"],
      ...["failed", "failed", "failed"],
    ]);
    assertEquals((await run("verify", folder)).code, 0);
  }));
