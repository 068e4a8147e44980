import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { runHere } from "./_run_here.ts";
import { runTask } from "./_task.ts";
import { Workspace } from "./_workspace.ts";

const WALK = `export default {
  name: "walk",
  hyperparameters: {
    drift: { type: "number" },
    reflect: { type: "boolean", default: false },
    shape: { type: "choice", choices: ["uniform", "coin"], default: "coin" },
  },
  *train({ config, random }) {
    const next = random("walk");
    let x = 0;
    for (let step = 0; step < 5; step++) {
      x += (config.shape === "coin" ? Math.round(next()) : next()) - 0.5 + config.drift;
      if (config.reflect) x = Math.abs(x);
      yield { step, measures: { place: x } };
    }
  },
};
`;
const EXPERIMENT = `name: walk
trainer: ./walk.ts
metric: { key: place, better: larger }
grid: { drift: [0.25], reflect: [false, true], shape: [coin, uniform] }
seeds: 2
`;

Deno.test("hyperparameters that are true or false, words or without a default go all the way", () =>
  Workspace.use(async (workspace) => {
    await workspace.write("walk.ts", WALK);
    const file = await workspace.write("walk.yaml", EXPERIMENT);
    const folder = join(await workspace.sweep(file, "out"), "..", "walk");
    const [columns, first] = (await Deno.readTextFile(join(folder, "runs.csv"))).split("\n");
    assertStringIncludes(columns, ",drift,reflect,shape,status,steps,place,digest");
    assertStringIncludes(first, ",0.25,false,coin,completed,4,");
    const verified = await runTask("verify", folder);
    assertEquals([verified.code, verified.stderr], [0, ""], verified.stdout);
    assertEquals((await runTask("report", folder)).code, 0);

    const trained = await runTask("train", file, "--set", "reflect=true", "--json");
    assertEquals(JSON.parse(trained.stdout).config.reflect, true, trained.stderr);
    const wrong = await runHere("train", file, "--set", "reflect=yes");
    assertEquals(wrong.code, 2);
    assertStringIncludes(wrong.stderr, "reflect must be true or false (write true)");
    await workspace.write("walk.yaml", EXPERIMENT.replace("drift: [0.25], ", ""));
    const missing = await runTask("plan", file);
    assertEquals(missing.code, 2);
    assertStringIncludes(
      missing.stderr,
      "Missing hyperparameter drift: trainer walk has no default for it\n",
    );
  }));
