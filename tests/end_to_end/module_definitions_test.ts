import { assertEquals, assertStringIncludes } from "@std/assert";
import { runTask } from "./_task.ts";
import { Workspace } from "./_workspace.ts";

const MODEL = `export default {
  name: "scale",
  hyperparameters: { factor: { type: "number", minimum: 0, default: 1 } },
  tasks: ["classification"],
  *train({ config, data }) {
    const predict = (x, rows) => new Float64Array(rows * data.classes.length).fill(1 / 3);
    yield { step: 0, predict };
  },
};
`;
const GRID = "trainer: ./scale.js\ngrid: { factor: [0, 1] }\nseeds: 2\n";

/** What `plan` says of an experiment whose trainer is `scale.js`. */
async function plan(workspace: Workspace, text: string, grid = GRID) {
  await workspace.write("scale.js", text);
  const file = await workspace.experiment(grid);
  const { code, stdout, stderr } = await runTask("plan", file);
  return { code, stdout, stderr: stderr.replaceAll(workspace.folder, "DIR") };
}

Deno.test("a module's definition is planned like a trainer of regsweep's", () =>
  Workspace.use(async (workspace) => {
    const { code, stdout, stderr } = await plan(workspace, MODEL);
    assertEquals([code, stderr], [0, ""]);
    assertStringIncludes(stdout, "\nfactor=0    0/2  baseline\n");
    const wrong = await plan(workspace, MODEL, GRID.replace("[0, 1]", "[-1]"));
    assertEquals(wrong.code, 2);
    assertStringIncludes(wrong.stderr, "factor must be at least 0");
    const misspelt = await plan(workspace, MODEL, GRID.replace("factor", "facto"));
    assertStringIncludes(misspelt.stderr, '^^^^^ did you mean "factor"?');
  }));

Deno.test("everything wrong in a module is shown at its place, and nothing runs", () =>
  Workspace.use(async (workspace) => {
    const text = MODEL.replace("minimum: 0", 'minimum: "0"').replace("1 / 3", "2 ** 0.5");
    assertEquals(await plan(workspace, text), {
      code: 2,
      stdout: "",
      stderr: `DIR/scale.js:3:57: minimum of factor must be a number
  3 |   hyperparameters: { factor: { type: "number", minimum: "0", default: 1 } },
    |                                                         ^^^
DIR/scale.js:6:84: Cannot use 2 ** 0.5: its last bits differ between engines unless the exponent is an integer such as 2: use math.pow, which train() gets, or say allow: ["math"]
  6 |     const predict = (x, rows) => new Float64Array(rows * data.classes.length).fill(2 ** 0.5);
    |                                                                                    ^^^^^^^^
`,
    });
    const { code, stderr } = await plan(workspace, `import "node:fs";\n${MODEL}`);
    assertEquals(code, 2);
    assertStringIncludes(stderr, 'DIR/scale.js:1:8: Cannot import "node:fs": a trainer may import');
  }));

Deno.test("a definition in an endless loop is given up after 10 s", () =>
  Workspace.use(async (workspace) => {
    const { code, stderr } = await plan(workspace, `for (;;);\n${MODEL}`);
    assertEquals(code, 2);
    assertStringIncludes(stderr, "scale.js: it gives no definition within 10 s");
  }));
