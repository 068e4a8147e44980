import { assert, assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { COMMANDS } from "../../src/cli/commands.ts";
import type { OptionRow } from "../../src/cli/option_row.ts";
import { OPTIONS } from "../../src/cli/options.ts";
import { commandUsage, usage } from "../../src/cli/usage.ts";
import { BUILT_IN } from "../../src/trainers/trainers.ts";

Deno.test("usage() names every command", () => {
  for (const { name, operands } of COMMANDS) {
    assertStringIncludes(usage(), `\n  ${[name, ...operands].join(" ")} `);
  }
});

Deno.test("commandUsage() names a command's options and no others", () => {
  for (const command of COMMANDS) {
    const named = [...commandUsage(command).matchAll(/^ {2}--([a-z-]+)/gm)].map(([, name]) => name);
    const expected = command.options.map((key) => OPTIONS[key].name);
    assertEquals(named, [...expected, "debug", "help"]);
  }
});

Deno.test("commandUsage() shows the defaults that a command line is read with", () => {
  const text = COMMANDS.map((command) => commandUsage(command)).join("\n").replaceAll(/\s+/g, " ");
  const rows: OptionRow[] = Object.values(OPTIONS);
  const defaults = rows.flatMap(({ default: value, help, defaultText }) =>
    Array.isArray(value) || value === undefined
      ? []
      : [`${help} (default: ${defaultText ?? value})`]
  );
  assert(defaults.length >= 4);
  for (const help of defaults) assertStringIncludes(text, help);
});

Deno.test("commandUsage() shows all that --set takes", () => {
  const [sweep] = COMMANDS;
  for (const { key } of BUILT_IN.rows) {
    assertStringIncludes(commandUsage(sweep), `\n  ${key} `);
  }
});

Deno.test("usage() and commandUsage() fit a terminal of 80 columns", () => {
  for (const text of [usage(), ...COMMANDS.map((command) => commandUsage(command))]) {
    for (const line of text.split("\n")) {
      assert(line.length <= 80, line);
      if (line.startsWith("Usage:")) assertFalse(line.includes("  "), line);
    }
  }
});

Deno.test("every command has a task with its name in deno.json", async () => {
  const { tasks } = JSON.parse(
    await Deno.readTextFile(new URL("../../deno.json", import.meta.url)),
  );
  for (const { name } of COMMANDS) {
    assert(
      tasks[name].command.endsWith(`src/main.ts --from="$INIT_CWD" ${name}`),
      tasks[name].command,
    );
  }
});
