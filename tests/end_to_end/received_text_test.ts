import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { sha256 } from "../../src/sha256.ts";
import { runHere } from "./_run_here.ts";
import { readManifestIn, Workspace } from "./_workspace.ts";

const EXPERIMENT =
  "fixed: { hidden: [4], steps: 4, evaluate_every: 2 }\ngrid: { dropout: [0, 0.5] }\nseeds: 2\n";
const FORGED = "PASS  forged";
/** It ends a line, colours, erases, names the window, and turns the direction of writing around. */
const HOSTILE = `x\n${FORGED}\r\n${FORGED}\u2028\x1b[2K\x1b]0;title\x07\x9b31m\u202eabc\u2066`;

/** Runs a command, and checks that nothing it says controls the terminal or looks like its verdict. */
async function say(...words: [string, ...string[]]): Promise<string> {
  const { code, stdout, stderr } = await runHere(...words);
  const said = stdout + stderr;
  assertEquals(said.match(/(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/u), null, said);
  assertEquals(said.split(/[\n\u2028\u2029]/).filter((line) => line.startsWith(FORGED)), []);
  assert(!said.includes("    at "), said);
  return `${code}: ${said}`;
}

Deno.test("plan: a received experiment cannot control the terminal, nor write lines of its own", () =>
  Workspace.use(async (workspace) => {
    const text = JSON.stringify(HOSTILE);
    const described = await workspace.experiment(`${EXPERIMENT}description: ${text}\n`);
    assertStringIncludes(await say("plan", described), "0: points: x PASS forged PASS forged");
    const wrong = await workspace.experiment(`${EXPERIMENT}${text}: ${text}\n`);
    assertStringIncludes(await say("plan", wrong), "2: ");
    const elsewhere = `name: points\ndataset: { path: ${text}, target: ${text} }\n${EXPERIMENT}`;
    assertStringIncludes(await say("plan", await workspace.write("e.yaml", elsewhere)), "2: ");
    await workspace.write(
      "points.csv",
      `a,"${HOSTILE}",class\n1,2,"${HOSTILE}"\n1,"${HOSTILE}",b\n`,
    );
    assertStringIncludes(await say("plan", await workspace.experiment(EXPERIMENT)), "2: ");
  }));

Deno.test("verify, compare, report: a received folder cannot control the terminal, nor forge a line", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment(EXPERIMENT);
    const [folder, other] = [await workspace.sweep(file, "a"), await workspace.sweep(file, "b")];
    const write = async (name: string, text: string) => {
      await Deno.writeTextFile(join(folder, name), text);
      const manifest = await readManifestIn(folder);
      manifest.files[name] = await sha256(text);
      await Deno.writeTextFile(join(folder, "manifest.json"), JSON.stringify(manifest));
    };
    const sayAll = async () => [
      await say("verify", folder),
      await say("compare", folder, other),
      await say("report", folder),
    ];
    const whole = await readManifestIn(folder);
    const runs = await Deno.readTextFile(join(folder, "runs.csv"));

    // What only the sweep knew, and is not checked.
    const versions = { ...whole.versions, deno: HOSTILE, [HOSTILE]: HOSTILE };
    const changed = { ...whole, versions, [HOSTILE]: HOSTILE };
    await Deno.writeTextFile(join(folder, "manifest.json"), JSON.stringify(changed));
    await Deno.writeTextFile(join(folder, HOSTILE.replace("/", "")), "");
    assertStringIncludes((await sayAll())[0], "FAIL  x↵PASS  forged");
    await Deno.remove(join(folder, HOSTILE));

    // Names of cells, and values that are wrong.
    await write("runs.csv", runs.replaceAll("dropout=0.5", `"${HOSTILE}"`));
    await sayAll();
    await write("runs.csv", runs.replace(/completed,\d+/, `completed,"${HOSTILE}"`));
    for (const said of await sayAll()) assertStringIncludes(said, 'Cannot use "x↵PASS  forged');
    await write("runs.csv", runs.replace(/\n[0-9a-f]{64}/, `\n"${HOSTILE}"`));
    await sayAll();
  }));

Deno.test("sweep, verify, compare, report: names of object members, formulas and markup are names", () =>
  Workspace.use(async (workspace) => {
    const names = ["__proto__", "constructor", "=1+1", '{"signal":"x"}', "</script><b>"];
    const quoted = names.map((name) => `"${name.replaceAll('"', '""')}"`);
    const rows = Array.from({ length: 90 }, (_, row) => {
      const values = quoted.map((_, column) => (row % quoted.length === column ? 9 : 0) + row % 7);
      return [...values, quoted[row % quoted.length]].join();
    });
    await workspace.write("points.csv", [[...quoted, "class"].join(), ...rows, ""].join("\n"));
    const file = await workspace.experiment(EXPERIMENT);
    const [folder, other] = [await workspace.sweep(file, "a"), await workspace.sweep(file, "b")];
    const confusion = await Deno.readTextFile(join(folder, "confusion.csv"));
    assertStringIncludes(confusion, ",__proto__,");
    assertStringIncludes(confusion, ",'=1+1,");
    assertStringIncludes(await say("verify", folder), "0: PASS");
    assertStringIncludes(await say("compare", folder, other), "4 identical");
    assertStringIncludes(await say("report", folder), "0: ");
    const page = await Deno.readTextFile(join(folder, "report.html"));
    assertEquals(page.includes("</script><b>"), false);
  }));
