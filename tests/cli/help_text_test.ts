import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { readCommandLine } from "../../src/cli/args.ts";
import { helpText } from "../../src/cli/help_text.ts";
import { UserError } from "../../src/user_error.ts";
import { withFiles } from "../experiment/_with_files.ts";

async function helpOn(...argv: string[]): Promise<string> {
  const line = readCommandLine(argv);
  assert(line.kind === "help");
  return await helpText(line);
}

const MODULE = `export default {
  name: "mine",
  hyperparameters: {
    alpha: { type: "number", minimum: 0, default: 1, help: "how much" },
    depth: { type: "integer", label: "Depth" },
    solver: { type: "choice", choices: ["qr", "svd"], default: "qr" },
    warm: { type: "boolean", default: false },
  },
  *train() {},
};
`;

Deno.test("helpText() lists the hyperparameters of an experiment's own trainers", () =>
  withFiles({
    "mine.ts": MODULE,
    "none.ts": `export default { name: "none", *train() {} };`,
    "e.yaml": "name: e\ntrainer: ./mine.ts\n",
    "both.yaml": "name: e\ngrid: { trainer: [mlp, ./none.ts] }\n",
  }, async (folder) => {
    for (const argv of [["sweep", "--help"], ["train", "-h"], ["plan", "--help"]]) {
      const text = await helpOn(...argv, `${folder}/e.yaml`);
      assertStringIncludes(text, `deno task ${argv[0]} FILE`);
      assertEquals(
        text.slice(text.indexOf("Of trainer")),
        `Of trainer mine:

  alpha   how much (default: 1)
  depth   Depth (default: none)
  solver  qr or svd (default: qr)
  warm    true or false (default: false)
`,
      );
    }
    const both = await helpOn("sweep", `${folder}/both.yaml`, "--help");
    assertStringIncludes(both, "\nOf trainer mlp:\n");
    assert(both.endsWith("\nOf trainer none:\n\n  none\n"), both);
    const reading = () => helpOn("sweep", "--help", `${folder}/f.yaml`);
    assertStringIncludes((await assertRejects(reading, UserError)).message, "Cannot find");
  }));

Deno.test("helpText() says how to see the hyperparameters of own trainers", async () => {
  const hint = "deno task plan --help FILE lists those of an experiment's own trainers.\n";
  assertStringIncludes(await helpOn("plan", "--help"), hint);
  assertStringIncludes(await helpOn("help"), "Usage: deno task COMMAND");
  // Other commands take no hyperparameters, and what they name is not read.
  for (const command of ["report", "cancel"]) {
    assertEquals(await helpOn(command, "--help", "x"), await helpOn(command, "--help"));
  }
});
