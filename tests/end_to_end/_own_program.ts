import { stringify } from "yaml";
import { pythonWith } from "../_python_with.ts";
import type { TaskOptions } from "./_task.ts";
import type { Workspace } from "./_workspace.ts";

const PYTHON = await pythonWith("json");

/** A program that misbehaves as its hyperparameter `fault` says, in Python. */
const IN_PYTHON = `
import json, os, subprocess, sys, time

def show(line):
    print(json.dumps(line), flush=True)

run = json.load(sys.stdin)
config, seed = run["config"], run["seed"]
fault, start = config["fault"], seed * 7919 % 101 / 101
time.sleep(config["seconds"])
show({"step": 0, "measures": {"score": start, "cost": 1}})
if fault == "exit":
    print("no such luck", file=sys.stderr)
    sys.exit(3)
if fault == "words":
    print("Epoch 1 of 10")
if fault == "endless":
    child = subprocess.Popen(["sleep", "1000"])
    show({"message": f"child {child.pid}"})
    child.wait()
score = float("nan") if fault == "nan" else start + config["shift"]
if fault == "chance":
    score += int.from_bytes(os.urandom(4), "big")
if fault == "surroundings":
    show({"message": " ".join(f"{key}={os.environ.get(key)}" for key in ["OMP_NUM_THREADS", "GREETING", "SECRET"])})
show({"step": 1, "measures": {"score": score, "cost": 2}})
`;

/** The same for machines without Python. */
const IN_TYPESCRIPT = `
const show = (line: unknown) => console.log(JSON.stringify(line).replace('"NaN"', "NaN"));
const { config, seed } = JSON.parse(await new Response(Deno.stdin.readable).text());
const start = seed * 7919 % 101 / 101;
await new Promise((resolve) => setTimeout(resolve, 1000 * config.seconds));
show({ step: 0, measures: { score: start, cost: 1 } });
if (config.fault === "exit") {
  console.error("no such luck");
  Deno.exit(3);
}
if (config.fault === "words") console.log("Epoch 1 of 10");
if (config.fault === "endless") {
  const child = new Deno.Command("sleep", { args: ["1000"] }).spawn();
  show({ message: "child " + child.pid });
  await child.status;
}
let score: number | string = config.fault === "nan" ? "NaN" : start + config.shift;
if (config.fault === "chance") score = crypto.getRandomValues(new Uint32Array(1))[0];
if (config.fault === "surroundings") {
  const keys = ["OMP_NUM_THREADS", "GREETING", "SECRET"];
  show({ message: keys.map((key) => key + "=" + (Deno.env.get(key) ?? "None")).join(" ") });
}
show({ step: 1, measures: { score, cost: 2 } });
`;

const [FILE, TEXT, COMMAND] = PYTHON
  ? ["own.py", IN_PYTHON, [PYTHON]] as const
  : ["own.ts", IN_TYPESCRIPT, [Deno.execPath(), "run", "--allow-all", "--no-config"]] as const;

/** The program's file, for tests that change it. */
export const PROGRAM_FILE = FILE;

/** The program as an experiment has it, with other members. */
export function programTrainer(members: Readonly<Record<string, unknown>> = {}) {
  return {
    command: [...COMMAND, FILE],
    files: [FILE],
    hyperparameters: {
      shift: { type: "number", minimum: 0, default: 0, regularizer: true, label: "Shift" },
      fault: {
        type: "choice",
        choices: ["none", "exit", "words", "endless", "nan", "chance", "surroundings"],
        default: "none",
      },
      seconds: { type: "number", minimum: 0, default: 0 },
    },
    ...members,
  };
}

/** Writes the program and an experiment without a dataset; gives the experiment's file. */
export async function programExperiment(
  workspace: Workspace,
  experiment: Readonly<Record<string, unknown>>,
  members: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  await workspace.write(FILE, TEXT);
  const text = stringify({
    name: "points",
    trainer: programTrainer(members),
    metric: { key: "score", better: "larger" },
    ...experiment,
  });
  return await workspace.write("points.yaml", text);
}

/** A task that keeps approvals in the workspace. */
export function withState(workspace: Workspace): TaskOptions {
  return { env: { XDG_STATE_HOME: workspace.path("state") } };
}
