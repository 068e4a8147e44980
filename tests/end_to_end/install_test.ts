import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import config from "../../deno.json" with { type: "json" };
import { installedConfig, installedFlags, installFolder } from "../../src/install.ts";
import { finish, PROJECT } from "./_task.ts";
import { Workspace } from "./_workspace.ts";

Deno.test("installedFlags() has what some task of a command has, and no more", () => {
  const tasks = {
    a: { command: 'deno run --quiet --allow-read --allow-env=A,B src/main.ts --from="x" a' },
    b: { command: 'deno run --allow-env=B,C --allow-ffi=build src/main.ts --from="x" b' },
    "b-program": { command: 'deno run --allow-run --allow-env=D src/main.ts --from="x" b' },
    test: { command: "deno run -A tests/run.ts" },
  };
  const always = ["--no-prompt", "--ignore-env", "--allow-read"];
  assertEquals(
    installedFlags(tasks, { forPrograms: false, cache: "/c" }),
    [...always, "--allow-env=A,B,C", "--allow-ffi=/c/native"],
  );
  assertEquals(
    installedFlags(tasks, { forPrograms: true, cache: "/c" }),
    [...always, "--allow-env=A,B,C,D", "--allow-run", "--allow-ffi=/c/native"],
  );
});

Deno.test("an installed command has no network, and regsweep starts only programs by name", () => {
  for (const forPrograms of [false, true]) {
    const flags = installedFlags(config.tasks, { forPrograms, cache: "/c" });
    assert(!flags.some((flag) => /^(-A|--allow-(net|import|all))/.test(flag)));
    assertEquals(flags.includes("--allow-run"), forPrograms);
  }
});

Deno.test("installFolder() is where deno install puts commands", () => {
  const home = "/home/a";
  assertEquals(installFolder([], { home }), "/home/a/.deno/bin");
  assertEquals(installFolder([], { home, root: "/opt/deno" }), "/opt/deno/bin");
  assertEquals(installFolder(["--root", "/r"], { home, root: "/opt/deno" }), "/r/bin");
  assertEquals(installFolder(["--root=/r"], { home }), "/r/bin");
});

Deno.test("src/install.ts imports no package, which Deno would put into the clone", async () => {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", join(PROJECT, "src/install.ts")],
  }).output();
  const { modules } = JSON.parse(new TextDecoder().decode(stdout));
  assert(modules.length > 5);
  // Declarations of types for all of src/ name packages, but nothing loads them.
  const loaded: { local?: string; dependencies?: { specifier: string }[] }[] = modules;
  const imported = loaded.filter(({ local }) => local && !local.endsWith(".d.ts"))
    .flatMap(({ dependencies = [] }) => dependencies.map(({ specifier }) => specifier));
  assertEquals(imported.filter((specifier) => !/^(\.|node:)/.test(specifier)), []);
});

Deno.test("installedConfig() takes packages by the clone's lock file", () => {
  const { lock, imports } = JSON.parse(installedConfig("/clone"));
  assertEquals(lock, { path: "/clone/deno.lock", frozen: true });
  assertEquals(imports, config.imports);
});

Deno.test("deno run by path or URL works where the user is, and needs nothing of the clone's folder", () =>
  Workspace.use(async (workspace) => {
    await workspace.experiment("fixed: { steps: 5, evaluate_every: 5 }\nseeds: 2\n");
    const main = join(PROJECT, "src/main.ts");
    const run = async (program: string, ...args: string[]) => {
      // Packages in Deno's cache, as for a clone that the user may not write to.
      const flags = ["--quiet", "-A", "--node-modules-dir=none"];
      const command = new Deno.Command(Deno.execPath(), {
        args: ["run", ...flags, program, ...args],
        cwd: workspace.folder,
        env: { NO_COLOR: "1" },
        ...{ stdin: "null", stdout: "piped", stderr: "piped" } as const,
      });
      return await finish(command.spawn());
    };
    const sweep = await run(main, "sweep", "points.yaml", "--quiet");
    assertEquals(sweep, { code: 0, stdout: "", stderr: "" });
    const verified = await run(pathToFileURL(main).href, "verify", "reports/points");
    assertStringIncludes(verified.stdout, "PASS  reports/points: 2 runs and");
    const wrong = await run(main, "plan");
    assertStringIncludes(wrong.stderr, `(for example, deno run -A ${main} plan `);
  }));

Deno.test("the installed command works where the user is, and keeps out of the clone", () =>
  Workspace.use(async (workspace) => {
    await workspace.experiment("fixed: { steps: 5, evaluate_every: 5 }\nseeds: 2\n");
    const { folder } = workspace;
    const home = workspace.path("home");
    await Deno.mkdir(home);
    const { INIT_CWD: _, XDG_CACHE_HOME, HOME = "/", DENO_DIR, ...env } = Deno.env.toObject();
    // Packages that are there already, so that the test needs no network.
    const cache = DENO_DIR ?? join(XDG_CACHE_HOME ?? join(HOME, ".cache"), "deno");
    const start = async (program: string, ...args: string[]) => {
      const command = new Deno.Command(program, {
        args,
        cwd: folder,
        clearEnv: true,
        // The installed command starts `deno`.
        env: {
          ...env,
          PATH: `${join(Deno.execPath(), "..")}:${env.PATH}`,
          ...{ HOME: home, DENO_DIR: cache, NO_COLOR: "1" },
        },
        ...{ stdin: "null", stdout: "piped", stderr: "piped" } as const,
      });
      return await finish(command.spawn());
    };
    const installed = await start(Deno.execPath(), "run", "-A", join(PROJECT, "src/install.ts"));
    assertEquals(installed.code, 0, installed.stderr);
    const bin = join(home, ".deno/bin");
    assertStringIncludes(installed.stdout, `Installed regsweep and regsweep-program in ${bin}\n`);
    assertStringIncludes(installed.stdout, "add this folder to PATH");
    const regsweep = (...args: string[]) => start(join(home, ".deno/bin/regsweep"), ...args);

    const sweep = await regsweep("sweep", "points.yaml", "--quiet");
    assertEquals(sweep, { code: 0, stdout: "", stderr: "" });
    const verified = await regsweep("verify", "reports/points");
    assertStringIncludes(verified.stdout, "PASS  reports/points: 2 runs and");
    const plan = await regsweep("plan");
    assertEquals([plan.code, plan.stdout], [2, ""]);
    assertStringIncludes(plan.stderr, "for example, regsweep plan ");
    const help = await regsweep("plan", "--help");
    assertStringIncludes(help.stdout, "Usage: regsweep plan FILE [options]");
    assert(!help.stdout.includes("deno task"));
    // Nothing but the commands, their configuration and packages.
    assertEquals([...Deno.readDirSync(home)].map(({ name }) => name), [".deno"]);
  }));
