import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { bashScript } from "../../src/cli/completion/bash_script.ts";
import { completionTable } from "../../src/cli/completion/completion_table.ts";
import { fishScript } from "../../src/cli/completion/fish_script.ts";
import { zshScript } from "../../src/cli/completion/zsh_script.ts";
import { COMMANDS } from "../../src/cli/commands.ts";
import { OPTIONS } from "../../src/cli/options.ts";
import { KERNELS_CHOICES } from "../../src/trainers/kernels_choice.ts";
import { IS_CI } from "../_ci.ts";
import { findProgram } from "../_find_program.ts";
import { PROJECT } from "../end_to_end/_task.ts";

const FIXTURES = join(PROJECT, "tests/cli/fixtures");
const SHELLS = [
  { shell: "bash", script: bashScript, args: ["--norc", join(FIXTURES, "complete.bash")] },
  { shell: "zsh", script: zshScript, args: ["-f", join(FIXTURES, "complete.zsh")] },
  { shell: "fish", script: fishScript, args: ["--no-config", join(FIXTURES, "complete.fish")] },
];
/** Files and folders where the lines are typed. */
const PATHS = ["data/", "my file.yaml", "notes.txt", "reports/mine/", "reports/store/"];

/** What each line is to be completed with, in any order. */
const CASES: Readonly<Record<string, readonly string[]>> = {
  "regsweep pl": ["plan"],
  "regsweep-program pl": ["plan"],
  "regsweep plan --ker": ["--kernels"],
  "regsweep plan --kernels ": KERNELS_CHOICES,
  "regsweep plan --kernels=n": ["native"],
  "regsweep table --format l": ["latex"],
  "regsweep plan --set dropo": ["dropout=", "dropout_rate="],
  "regsweep plan --seeds ": [],
  "regsweep plan ": ["data", "my file.yaml", "reports"],
  "regsweep verify ": ["data", "reports", "reports/mine"],
  "regsweep plan --reports ": ["data", "reports"],
  "regsweep inspect n": ["notes.txt"],
  "regsweep example l1": ["l1-vs-l2"],
  "regsweep completion z": ["zsh"],
  "regsweep help inde": ["index"],
};

for (const { shell, script, args } of SHELLS) {
  const program = findProgram(shell);
  Deno.test({
    name: `${shell} completes commands, options and their values` +
      (program === undefined ? ` (skipped: ${shell} is not installed)` : ""),
    ignore: program === undefined && !IS_CI,
    fn: async () => {
      const folder = await Deno.makeTempDir({ prefix: "regsweep-" });
      try {
        const file = join(folder, ".script");
        await Deno.writeTextFile(file, script(completionTable(COMMANDS)));
        for (const path of PATHS) {
          if (path.endsWith("/")) await Deno.mkdir(join(folder, path), { recursive: true });
          else await Deno.writeTextFile(join(folder, path), "");
        }
        const { code, stdout, stderr } = await new Deno.Command(program ?? shell, {
          args: [...args, file, ...Object.keys(CASES)],
          cwd: folder,
          env: { HOME: folder, TERM: "xterm" },
          stdin: "null",
        }).output();
        const text = new TextDecoder();
        assertEquals([code, text.decode(stderr)], [0, ""]);
        assertEquals(completionsIn(text.decode(stdout)), sortedCases());
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  });
}

/** What a fixture prints, by line: the words alone, as no shell escapes them, each once. */
function completionsIn(output: string): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  let words = new Set<string>();
  for (const line of output.split("\n")) {
    if (line.startsWith("== ")) {
      found[line.slice(3)] = [...words].sort();
      words = new Set();
    } else if (line !== "" && !line.startsWith("=> ")) {
      // fish has the option before its value, and a slash behind a folder.
      words.add(line.replaceAll("\\", "").replace(/\/$/, "").replace(/^--\w+=/, ""));
    }
  }
  return found;
}

function sortedCases(): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(CASES).map(([line, words]) => [line, [...words].sort()]),
  );
}

Deno.test("completionTable() has every command with all of its options", () => {
  const { commands } = completionTable(COMMANDS);
  assertEquals(commands.map(({ name }) => name), [...COMMANDS.map(({ name }) => name), "help"]);
  for (const { name, options } of COMMANDS) {
    const completed = commands.find((command) => command.name === name);
    const expected = [...options, "debug", "help"] as (keyof typeof OPTIONS)[];
    assertEquals(
      completed?.options.map((option) => option.name),
      expected.map((key) => `--${OPTIONS[key].name}`),
    );
  }
});

Deno.test("scripts say how to use them, and name both installed commands", () => {
  for (const { shell, script } of SHELLS) {
    const text = script(completionTable(COMMANDS));
    assertStringIncludes(text, `regsweep completion ${shell}`);
    assert(/\bregsweep-program\b/.test(text));
  }
});
