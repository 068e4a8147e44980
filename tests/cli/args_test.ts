import { assert, assertEquals, assertThrows } from "@std/assert";
import { type CommandLine, readCommandLine } from "../../src/cli/args.ts";
import type { Options } from "../../src/cli/options.ts";
import { formatProblems, UserError } from "../../src/user_error.ts";

function optionsOf(...argv: string[]): Options {
  const line = readCommandLine(argv);
  if (line.kind !== "run") throw new Error("a command line that asks for help");
  return line.invocation.options;
}

function problemsOf(...argv: string[]): string {
  const error = assertThrows(() => readCommandLine(argv), UserError);
  assertEquals(error.exitCode, 2);
  return formatProblems(error.problems);
}

Deno.test("readCommandLine() reads a command, its operand and its options in any order", () => {
  const argv = ["sweep", "--quiet", "a.yaml", "--workers", "3", "--seeds=1,2", "--fail-fast"];
  const line = readCommandLine(argv) as CommandLine & { kind: "run" };
  assertEquals([line.command.name, line.invocation.operands], ["sweep", ["a.yaml"]]);
  assertEquals(line.invocation.options, {
    set: [],
    only: [],
    cell: [],
    cellColumn: [],
    seedColumn: [],
    where: [],
    seeds: "1,2",
    workers: 3,
    modelSpace: 2 ** 31,
    saveModels: false,
    widths: "widest",
    reports: "reports",
    yes: false,
    remove: [],
    rename: [],
    dryRun: false,
    failFast: true,
    quiet: true,
    notify: false,
    open: false,
    json: false,
    format: "text",
    descending: false,
    sampleSeed: 1,
    launcher: "local",
    detach: false,
    debug: false,
    help: false,
  });
});

Deno.test("readCommandLine() takes help before a command, and --version for one", () => {
  const help = readCommandLine(["help", "plan", "a.yaml"]);
  assert(help.kind === "help");
  assertEquals([help.command?.name, help.operands], ["plan", ["a.yaml"]]);
  assertEquals(readCommandLine(["help"]), { kind: "help" });
  assertEquals(problemsOf("help", "pln"), 'Unknown command "pln" (did you mean "plan"?)');
  for (const typed of ["--version", "-V", "version"]) {
    const line = readCommandLine([typed, "--json"]);
    assert(line.kind === "run");
    assertEquals([line.command.name, line.invocation.options.json], ["version", true]);
  }
});

Deno.test("readCommandLine() lets operands in brackets be left out", () => {
  const operandsOf = (...argv: string[]) => {
    const line = readCommandLine(argv);
    return line.kind === "run" ? line.invocation.operands : undefined;
  };
  assertEquals(operandsOf("example"), []);
  assertEquals(operandsOf("example", "iris"), ["iris"]);
  assertEquals(
    problemsOf("example", "iris", "wine"),
    'Unexpected argument "wine" (deno task example [EXAMPLE])',
  );
});

Deno.test("readCommandLine() reads sizes with their units", () => {
  assertEquals(optionsOf("sweep", "a.yaml", "--model-space", "500MB").modelSpace, 500e6);
  assertEquals(optionsOf("sweep", "a.yaml", "--model-space", "0").modelSpace, 0);
  assertEquals(
    problemsOf("sweep", "a.yaml", "--model-space", "2G"),
    "Cannot use --model-space 2G: it must be a number of bytes with its unit, such as 500MB or " +
      "2GiB, or 0; did you mean 2GB or 2GiB?",
  );
});

Deno.test("readCommandLine() has defaults", () => {
  const { workers, reports, set, seeds } = optionsOf("plan", "a.yaml");
  assertEquals([reports, set, seeds], ["reports", [], undefined]);
  assertEquals(workers, navigator.hardwareConcurrency);
});

Deno.test("readCommandLine() keeps every --set as typed", () => {
  const options = optionsOf(
    "train",
    ...["--set", "hidden=[64, 64]", "--set=steps=10", "a.yaml", "--set", "l1_penalty=1.0e-3"],
  );
  assertEquals(options.set, ["hidden=[64, 64]", "steps=10", "l1_penalty=1.0e-3"]);
});

Deno.test("readCommandLine() keeps operands that look like numbers", () => {
  const line = readCommandLine(["report", "007"]) as CommandLine & { kind: "run" };
  assertEquals(line.invocation.operands, ["007"]);
});

Deno.test("readCommandLine() recognizes when help is wanted", () => {
  for (const argv of [["--help"], ["-h"], ["help"]]) {
    assertEquals(readCommandLine(argv), { kind: "help" });
  }
  for (const argv of [["plan", "--help"], ["plan", "-h"], ["plan", "a.yaml", "--help"]]) {
    const line = readCommandLine(argv);
    assertEquals([line.kind, line.command?.name], ["help", "plan"]);
  }
});

Deno.test("readCommandLine() suggests the nearest command and option", () => {
  assertEquals(problemsOf("sweap", "a.yaml"), 'Unknown command "sweap" (did you mean "sweep"?)');
  assertEquals(
    problemsOf("sweep", "--worker", "2", "a.yaml"),
    'Unknown option "--worker" (did you mean "--workers"?)',
  );
  assertEquals(
    problemsOf("report", "--frobnicate=1", "a"),
    'Unknown option "--frobnicate" (see deno task report --help)',
  );
});

Deno.test("readCommandLine() knows a command's own options only", () => {
  assertEquals(
    problemsOf("plan", "--detach", "a.yaml"),
    'Unknown option "--detach" (see deno task plan --help)',
  );
});

Deno.test("readCommandLine() takes names of object members for unknown options", () => {
  for (const name of ["__proto__", "constructor", "toString", "_"]) {
    assertEquals(
      problemsOf("sweep", "a.yaml", `--${name}=1`),
      `Unknown option "--${name}" (see deno task sweep --help)`,
    );
  }
});

Deno.test("readCommandLine() reports missing and extra operands", () => {
  assertEquals(
    problemsOf("sweep"),
    "Missing FILE (for example, deno task sweep experiments/quick.yaml)",
  );
  assertEquals(
    problemsOf("report", "a", "b"),
    'Unexpected argument "b" (deno task report DIR|FILE)',
  );
  assertEquals(
    problemsOf(),
    "Missing command (there are sweep, plan, inspect, init, example, schema, train, models, predict, report, table, index, import, verify, compare, store, merge, native, status, cancel, completion, version)",
  );
});

Deno.test("readCommandLine() reports every wrong value at once", () => {
  assertEquals(
    problemsOf("sweep", "a.yaml", "--workers", "0", "--seeds", "1", "--seeds", "2", "--set"),
    [
      "Missing value of --set: --set KEY=VALUE",
      "Cannot use both --seeds 1 and --seeds 2",
      "Cannot use --workers 0: it must be an integer from 1 to 1024",
    ].join("\n"),
  );
  assertEquals(
    problemsOf("train", "a.yaml", "--seed", "9007199254740993"),
    "Cannot use --seed 9007199254740993: it must be an integer from 0",
  );
  for (const workers of ["1.5", "-1", "two", "1e3", "1025", "99999999999999999999"]) {
    assertEquals(
      problemsOf("sweep", "a.yaml", `--workers=${workers}`),
      `Cannot use --workers ${workers}: it must be an integer from 1 to 1024`,
    );
  }
});

Deno.test("readCommandLine() takes a negative number as the value of an option", () => {
  assertEquals(
    problemsOf("sweep", "a.yaml", "--workers", "-1"),
    "Cannot use --workers -1: it must be an integer from 1 to 1024",
  );
  assertEquals(optionsOf("sweep", "a.yaml", "--seeds", "-1,2").seeds, "-1,2");
  assertEquals(problemsOf("report", "-1"), 'Unknown option "-1" (see deno task report --help)');
});

Deno.test("readCommandLine() rejects numbers with leading zeros or separators", () => {
  for (const [typed, meant] of [["010", "10"], ["1_000", "1000"], ["1'000", "1000"]]) {
    assertEquals(
      problemsOf("sweep", "a.yaml", "--max-runs", typed),
      `Cannot use --max-runs ${typed}: it must be an integer from 1 (did you mean ${meant}?)`,
    );
  }
});
