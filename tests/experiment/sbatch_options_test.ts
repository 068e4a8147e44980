import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { sbatchArgProblem } from "../../src/experiment/sbatch_options.ts";

const fromFile = (argument: string) => sbatchArgProblem(argument, "experiment");
const typed = (argument: string) => sbatchArgProblem(argument, "command line");

Deno.test("sbatchArgProblem() lets everybody choose nodes, resources, priority and time", () => {
  for (
    const argument of [
      ...[
        "--mem=4G",
        "--account=lab",
        "--partition=long",
        "--qos=low",
        "--time=1-0",
        "--gres=gpu:1",
      ],
      ...["--constraint=[a|b]", "--nodelist=n[1-3]", "--exclude=n1", "--hold", "--exclusive"],
      ...["--exclusive=user", "--nice", "--nice=10", "--comment=a b", "--licenses=x@y:2"],
    ]
  ) {
    assertEquals([fromFile(argument), typed(argument)], [undefined, undefined], argument);
  }
});

Deno.test("sbatchArgProblem() leaves what can run code or reach elsewhere to the command line", () => {
  for (
    const argument of [
      ...["--export=ALL,LD_PRELOAD=/tmp/evil.so", "--export-file=x", "--get-user-env", "--chdir=/"],
      ...["--container=/tmp/x", "--bb=x", "--bbf=x", "--uid=0", "--gid=0", "--input=/etc/passwd"],
      ...[
        "--mail-user=a@b.c",
        "--mail-type=ALL",
        "--nodefile=x",
        "--profile=all",
        "--signal=B:KILL",
      ],
    ]
  ) {
    assertEquals(
      fromFile(argument),
      `an experiment cannot give it; the command line can: --sbatch-arg=${argument}`,
    );
    assertEquals(typed(argument), undefined, argument);
  }
});

Deno.test("sbatchArgProblem() refuses what a sweep sets itself", () => {
  for (
    const argument of [
      ...[
        "--array=1-9",
        "--job-name=x",
        "--output=/x",
        "--error=/x",
        "--wrap=sh",
        "--dependency=x",
      ],
      ...["--parsable", "--wait", "--nodes=2", "--ntasks=2", "--open-mode=truncate", "--requeue"],
      ...["--clusters=x", "--test-only"],
    ]
  ) {
    assertEquals(fromFile(argument), "a sweep sets it itself", argument);
    assertEquals(typed(argument), "a sweep sets it itself", argument);
  }
  assertStringIncludes(typed("--cpus-per-task=2") ?? "", "use --cpus-per-task N");
  assertStringIncludes(fromFile("--cpus-per-task=2") ?? "", "use cpus_per_task: N");
});

Deno.test("sbatchArgProblem() refuses names that are cut off, as sbatch would complete them", () => {
  const problem = "options of sbatch must be given by their full names: ";
  assertEquals(typed("--job-nam=x"), `${problem}--job-name`);
  assertEquals(typed("--arr=1-9"), `${problem}--array`);
  assertEquals(typed("--expo=ALL"), `${problem}--export or --export-file`);
  assertEquals(typed("--wra=sh"), `${problem}--wrap`);
});

Deno.test("sbatchArgProblem() refuses letters, of which one argument may have several", () => {
  const problem = "options of sbatch must be given by their full names: ";
  assertEquals(typed("-p main"), `${problem}--partition`);
  assertEquals(typed("-Ha1-9"), `${problem}--hold`);
  assertEquals(typed("-J"), `${problem}--job-name`);
});

Deno.test("sbatchArgProblem() suggests the nearest option that it does not know", () => {
  const problem = "it is not among the options of sbatch that regsweep passes on";
  assertEquals(typed("--men=4G"), `${problem}; did you mean --mem?`);
  assertEquals(typed("--site-plugin=x"), problem);
  assertEquals(typed("--=x"), "it must be an option of sbatch, such as --mem=4G");
  assertEquals(typed("mem=4G"), "it must be an option of sbatch, such as --mem=4G");
  for (const argument of ["", "-", "--", "-7", "---mem=4G"]) assert(typed(argument), argument);
});

Deno.test("sbatchArgProblem() does not let an option take the next argument as its value", () => {
  assertEquals(typed("--export"), "it needs a value, as in --export=VALUE");
  assertEquals(typed("--mem"), "it needs a value, as in --mem=VALUE");
  assertEquals(typed("--hold=now"), "it takes no value");
});

Deno.test("sbatchArgProblem() does not let an experiment read a list of nodes from a file", () => {
  const problem = "an experiment cannot give a value with a slash";
  assertEquals(fromFile("--nodelist=/etc/passwd"), problem);
  assertEquals(fromFile("--exclude=./nodes"), problem);
  assertEquals(typed("--nodelist=./nodes"), undefined);
});
