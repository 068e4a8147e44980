import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import type { WrittenExperiment } from "../../src/experiment/experiment.ts";
import type { ExperimentChanges } from "../../src/experiment/overrides.ts";
import { readExperiment } from "../../src/experiment/read_experiment.ts";
import { textToKeep } from "../../src/experiment/text_to_keep.ts";
import { formatProblems, UserError } from "../../src/user_error.ts";
import { withFiles } from "./_with_files.ts";

type Files = Readonly<Record<string, string>>;

const HEAD = "name: e\ndataset: { path: d.csv, target: y }\n";
const RIDGE = `export default {
  name: "ridge",
  tasks: ["classification", "regression"],
  hyperparameters: {
    alpha: { type: "number", minimum: 0, default: 1, regularizer: true, label: "Ridge penalty" },
  },
  *train() {},
};
`;
const MEAN = `export default { name: "mean", tasks: ["regression"], *train() {} };\n`;
const FILES = {
  "d.csv": "",
  "t/": "",
  "u/": "",
  "variants/": "",
  "t/ridge.ts": RIDGE,
  "t/mean.ts": MEAN,
  "train.py": "print()\n",
};
const PROGRAM =
  "{ command: [python3, train.py], hyperparameters: { c: { type: number, default: 1 } } }";

/** Does work with an experiment that is read from a file. */
function withExperiment(
  text: string,
  work: (experiment: WrittenExperiment, folder: string) => void | Promise<void>,
  { files = {}, overrides }: { files?: Files; overrides?: ExperimentChanges } = {},
): Promise<void> {
  return withFiles({ ...FILES, ...files, "e.yaml": `${HEAD}${text}` }, async (folder) => {
    await work(await readExperiment(`${folder}/e.yaml`, overrides), folder);
  });
}

/** What is wrong with an experiment, with the folder left out. */
async function problemsOf(
  text: string,
  { files = {}, overrides }: { files?: Files; overrides?: ExperimentChanges } = {},
): Promise<string> {
  let shown = "";
  await withFiles({ ...FILES, ...files, "e.yaml": `${HEAD}${text}` }, async (folder) => {
    const reading = () => readExperiment(`${folder}/e.yaml`, overrides);
    shown = formatProblems((await assertRejects(reading, UserError)).problems)
      .replaceAll(`${folder}/`, "");
  });
  return shown;
}

const namesOf = ({ cells }: WrittenExperiment) => cells.map(({ name }) => name);

Deno.test("a trainer can be the path of a module, from the file where it stands", () =>
  withExperiment("trainer: t/ridge.ts\ngrid: { alpha: [0, 1] }\n", (experiment) => {
    assertEquals(namesOf(experiment), ["alpha=0", "alpha=1"]);
    assertEquals(experiment.outline.trainers, ["ridge"]);
    assertEquals(experiment.trainers.names, ["mlp", "notebook", "ridge"]);
    const { own, version } = experiment.trainers.named("ridge");
    assertEquals([own?.kind, own?.version], ["module", version as string]);
  }));

Deno.test("a trainer can be a mapping that defines a program", () =>
  withExperiment(`trainer: ${PROGRAM}\ngrid: { c: [0, 1] }\n`, (experiment, folder) => {
    assertEquals(namesOf(experiment), ["c=0", "c=1"]);
    const { own } = experiment.trainers.named("train");
    assertEquals(own?.kind === "program" && own.folder, folder);
  }));

Deno.test("blocks of the grid can have trainers of one's own, also in lists", () => {
  const grid = `grid:
  - { trainer: [./t/ridge.ts, mlp] }
  - { trainer: ./t/ridge.ts, alpha: [2, 3] }
  - trainer:
      command: [python3, train.py]
      name: program
  - { zip: { trainer: [mlp, t/mean.ts], standardize: [robust, feature] } }
`;
  return withExperiment(grid, (experiment) => {
    assertEquals(namesOf(experiment), [
      ...["trainer=ridge", "trainer=mlp", "trainer=ridge alpha=2", "trainer=ridge alpha=3"],
      ...["trainer=program", "trainer=mlp standardize=robust"],
      "trainer=mean standardize=feature",
    ]);
    assertEquals(experiment.sweptKeys, ["trainer", "standardize", "alpha"]);
  });
});

Deno.test("patterns, the baseline and options use names or paths as they are written", async () => {
  const grid = "grid: [{ trainer: [mlp, t/ridge.ts] }, { trainer: t/ridge.ts, alpha: [2, 3] }]\n";
  const named: Record<string, string[]> = {
    "exclude: { trainer: t/ridge.ts }": ["trainer=mlp"],
    "exclude: [{ trainer: [ridge] }]": ["trainer=mlp"],
    "only: trainer=t/ridge.ts alpha>1": ["trainer=ridge alpha=2", "trainer=ridge alpha=3"],
    "only: ['trainer!=t/ridge.ts', alpha=3]": ["trainer=mlp", "trainer=ridge alpha=3"],
  };
  for (const [text, names] of Object.entries(named)) {
    await withExperiment(grid + text, (experiment) => assertEquals(namesOf(experiment), names));
  }
  for (const trainer of ["ridge", "t/ridge.ts"]) {
    const text = `${grid}baseline: { trainer: ${trainer}, alpha: 3 }`;
    await withExperiment(text, ({ baseline }) => assertEquals(baseline, 3));
    const only = { only: [`trainer=${trainer}`] };
    await withExperiment(grid, (experiment) => {
      assertEquals(namesOf(experiment), ["trainer=ridge"]);
    }, { overrides: only });
    const set = { set: [`trainer=${trainer}`] };
    await withExperiment(grid, (experiment) => {
      assertEquals(namesOf(experiment), ["fixed", "alpha=2", "alpha=3"]);
    }, { overrides: set });
  }
  const conditional = `grid:
  trainer: [mlp, t/ridge.ts]
  conditional: { when: { trainer: t/ridge.ts }, alpha: [2, 3] }
`;
  await withExperiment(conditional, (experiment) => {
    assertEquals(namesOf(experiment).length, 3);
  });
});

Deno.test("--set trainer gives all cells one trainer, with its hyperparameters", async () => {
  const text =
    "grid: [{ trainer: notebook, dropout_rate: [0, 0.5] }, { trainer: mlp }]\nseeds: 2\n";
  await withExperiment(text, (experiment) => assertEquals(namesOf(experiment), ["all"]), {
    overrides: { set: ["trainer=notebook", "dropout_rate=0.1"] },
  });
  const problems = await problemsOf(text, { overrides: { set: ["trainer=notbook"] } });
  assertEquals(
    problems,
    "--set trainer=notbook: Cannot use trainer notbook: trainer must be mlp or notebook " +
      '(did you mean "notebook"?)',
  );
});

Deno.test("paths are relative to the file where they stand, across extends", () =>
  withFiles({
    ...FILES,
    "base.yaml": `${HEAD}trainer: t/ridge.ts\ngrid: { alpha: [0, 1] }\n`,
    "variants/v.yaml": "extends: ../base.yaml\nname: v\nfixed: { alpha: 2 }\n",
    "variants/w.yaml": "extends: ../base.yaml\nname: w\ntrainer: ../t/mean.ts\ngrid: { seed: 1 }\n",
  }, async (folder) => {
    const experiment = await readExperiment(`${folder}/variants/v.yaml`);
    assertEquals([namesOf(experiment), experiment.outline.trainers], [["all"], ["ridge"]]);
    const kept = textToKeep(experiment, `${folder}/reports/v`);
    assertMatch(kept, /^trainer: \.\.\/\.\.\/t\/ridge\.ts$/m);
  }));

Deno.test("textToKeep() writes paths and mappings again, to the files or to copies of them", () => {
  const text = `trainer: t/ridge.ts # mine
grid: [{ alpha: 2 }, { trainer: ${PROGRAM}, c: 3 }]
only: ["trainer=t/ridge.ts", c=3]
baseline: { trainer: ridge }
`;
  return withExperiment(text, (experiment, folder) => {
    const kept = textToKeep(experiment, `${folder}/reports/e`);
    assertMatch(kept, /^trainer: \.\.\/\.\.\/t\/ridge\.ts # mine$/m);
    const copied = textToKeep(experiment, `${folder}/reports/e`, (name) => `trainers/${name}`);
    assertMatch(copied, /^trainer: trainers\/ridge\/ridge\.ts # mine$/m);
    assertMatch(copied, /command: \[ python3, train\.py \]/);
    assertMatch(copied, /folder: trainers\/train, files: \[ train\.py \]/);
    assertMatch(copied, /trainer=ridge/);
  });
});

Deno.test("textToKeep() keeps the comments in a program's mapping", () => {
  const text = (path: string, folder: string) =>
    `trainer:
  # How it starts.
  command: [ python3, train.py ] # with Python
  files:
    - ${path} # all of it
  hyperparameters:
    # What matters.
    c: { type: number, default: 1 } # the only one
  deterministic: false # it takes the time
${folder}grid:
  c: [ 1, 2 ]
`;
  return withExperiment(text("./train.py", ""), (experiment, folder) => {
    for (let times = 0; times < 2; times++) {
      const kept = textToKeep(experiment, `${folder}/reports/e`, (name) => `trainers/${name}`);
      assertEquals(
        kept.slice(kept.indexOf("trainer:")),
        text("train.py", "  folder: trainers/train\n"),
      );
    }
  });
});

Deno.test("what is wrong with a trainer is said at its place", async () => {
  const cases: Record<string, string> = {
    "trainer: t/rigde.ts": `e.yaml:3:10: Cannot find trainer t/rigde.ts
  3 | trainer: t/rigde.ts
    |          ^^^^^^^^^^ did you mean t/ridge.ts?`,
    "trainer: { comand: [python3, train.py] }":
      `e.yaml:3:1: Missing command: a list of words such as [python3, train.py]
  3 | trainer: { comand: [python3, train.py] }
    | ^^^^^^^
e.yaml:3:12: Unknown member "comand" of a program
  3 | trainer: { comand: [python3, train.py] }
    |            ^^^^^^ did you mean "command"?`,
    "trainer:\n  command: [python3, train.py]\n  hyperparameters:\n    c: { type: nubmer }":
      `e.yaml:6:16: Cannot use type "nubmer" of c: it must be number, integer, boolean or choice
  6 |     c: { type: nubmer }
    |                ^^^^^^ did you mean "number"?`,
    "trainer: train.py":
      `e.yaml:3:10: Cannot use trainer train.py: trainer must be mlp, notebook, the path of a module in TypeScript or a mapping such as { command: [python3, train.py] }
  3 | trainer: train.py
    |          ^^^^^^^^`,
    "trainer: ridge":
      `e.yaml:3:10: Cannot use trainer ridge: trainer must be mlp, notebook or the path of a module such as ./ridge.ts
  3 | trainer: ridge
    |          ^^^^^`,
  };
  for (const [text, problem] of Object.entries(cases)) {
    assertEquals(await problemsOf(text), problem);
  }
});

Deno.test("two trainers cannot have names that differ in case only", async () => {
  assertEquals(
    await problemsOf("grid:\n  - { trainer: t/ridge.ts }\n  - { trainer: u/r.ts }\n", {
      files: { "u/r.ts": RIDGE.replace('"ridge"', '"Ridge"') },
    }),
    `e.yaml:5:16: Cannot use trainer Ridge: it differs from ridge in case only, and both would \
share a folder of copies on some file systems
  5 |   - { trainer: u/r.ts }
    |                ^^^^^^ the other is on line 4 of e.yaml`,
  );
});

Deno.test("two trainers cannot have one name", async () => {
  const other = { "u/ridge.ts": RIDGE.replace("default: 1", "default: 2") };
  assertEquals(
    await problemsOf("grid:\n  - { trainer: t/ridge.ts }\n  - { trainer: u/ridge.ts }\n", {
      files: other,
    }),
    `e.yaml:5:16: Cannot use trainer ridge: another has the same name
  5 |   - { trainer: u/ridge.ts }
    |                ^^^^^^^^^^ it is on line 4 of e.yaml`,
  );
  const same = { "u/mlp.ts": RIDGE.replace('"ridge"', '"mlp"') };
  assertEquals(
    await problemsOf("trainer: u/mlp.ts", { files: same }),
    `e.yaml:3:10: Cannot use trainer mlp: another has the same name
  3 | trainer: u/mlp.ts
    |          ^^^^^^^^ it is one of regsweep's own`,
  );
  // The same trainer can be named twice.
  await withExperiment(
    "grid: [{ trainer: t/ridge.ts }, { trainer: ./t/ridge.ts, alpha: 2 }]",
    (experiment) => {
      assertEquals(namesOf(experiment), ["fixed", "alpha=2"]);
    },
  );
});

Deno.test("problems with values are found where trainers of one's own are written", async () => {
  assertEquals(
    await problemsOf("trainer: t/ridge.ts\nfixed: { alhpa: 2 }\n"),
    `e.yaml:4:10: Unknown hyperparameter "alhpa"
  4 | fixed: { alhpa: 2 }
    |          ^^^^^ did you mean "alpha"?`,
  );
  assertEquals(
    await problemsOf(
      "trainer:\n  command: [python3, train.py]\n  hyperparameters: { c: { type: number } }\n",
    ),
    `e.yaml:3:1: Missing hyperparameter c: trainer train has no default for it
  3 | trainer:
    | ^^^^^^^ write it under fixed, or in the grid`,
  );
});
