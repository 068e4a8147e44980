import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { encodeRecord } from "../../src/store/_record_file.ts";
import { Packs } from "../../src/store/_packs.ts";
import { RUN_SHAPE } from "../../src/store/_record_shapes.ts";
import { runKey } from "../../src/store/run_key.ts";
import { Store } from "../../src/store/store.ts";
import { BUILT_IN } from "../../src/trainers/trainers.ts";
import { pathsIn } from "../_paths_in.ts";
import { sampleRecord } from "../store/_sample_record.ts";
import { until } from "../_until.ts";
import { documentIn } from "./_json.ts";
import { runHere } from "./_run_here.ts";
import { finish, runTask, startTask } from "./_task.ts";
import { Workspace } from "./_workspace.ts";

const HALVING = `
fixed: { hidden: [4], steps: 40, evaluate_every: 10 }
grid: { l2_penalty: [0, 0.01, 0.1, 1] }
successive_halving: { min_steps: 10, eta: 2 }
seeds: 2
`;
const SHORT = `
fixed: { hidden: [4], steps: 20, evaluate_every: 10 }
grid: { l2_penalty: [0, 0.02] }
seeds: 3
`;

Deno.test("store: --remove unused leaves what every sweep in the folder uses", () =>
  Workspace.use(async (workspace) => {
    const reports = workspace.path("reports");
    const halving = await workspace.experiment(HALVING, "halving");
    const other = await workspace.experiment(SHORT, "other");
    for (const file of [halving, other]) await workspace.sweep(file, "reports");
    const words = ["--reports", reports, "--remove", "unused"];
    const none = await runTask("store", ...words, "--yes");
    assertEquals([none.code, none.stdout, none.stderr], [
      0,
      `Removed from ${reports}/store:\n\nnothing\n`,
      "",
    ]);
    await Deno.remove(join(reports, "other"), { recursive: true });

    const refused = await runHere("store", ...words);
    assertEquals([refused.code, refused.stdout], [2, ""]);
    assertStringIncludes(refused.stderr, "use a terminal, which asks, or --yes; --dry-run says");
    const planned = documentIn(await runHere("store", ...words, "--dry-run", "--json"), "store");
    assertEquals([planned.dryRun, planned.removed[0].what, planned.removed[0].count], [
      ...[true, "records", 6],
    ]);
    const cleaned = await runHere("store", ...words, "--yes", "--json");
    assertEquals(documentIn(cleaned, "store"), { ...planned, dryRun: false });

    const again = await runTask("sweep", halving, "--reports", reports);
    assertEquals(again.code, 0);
    assertStringIncludes(again.stdout, "halving: ");
    assert(!/[1-9]\d* trained/.test(again.stdout), again.stdout);
  }));

Deno.test("store: nothing is removed while a sweep runs", () =>
  Workspace.use(async (workspace) => {
    const reports = workspace.path("reports");
    const long = SHORT.replace("steps: 20", "steps: 200000").replace("seeds: 3", "seeds: 40");
    const file = await workspace.experiment(long);
    const sweep = startTask("sweep", [file, "--reports", reports, "--quiet"]);
    const ended = finish(sweep);
    const claims = join(reports, "store", "claims");
    await until(() => {
      try {
        // That of a run: the sweep's own is there a moment before it is locked.
        return [...Deno.readDirSync(claims)].some(({ name }) => /^[0-9a-f]{64}/.test(name));
      } catch (error) {
        if (error instanceof Deno.errors.NotFound) return false;
        throw error;
      }
    }, "a run's claim");
    const refused = await runHere("store", "--reports", reports, "--remove", "models", "--yes");
    sweep.kill("SIGKILL");
    await ended;
    assertEquals([refused.code, refused.stdout], [1, ""]);
    assertStringIncludes(refused.stderr, `Cannot clean up ${reports}/store: a sweep uses it`);
    const then = await runHere("store", "--reports", reports, "--remove", "models", "--yes");
    assertEquals([then.code, then.stderr], [0, ""]);
  }));

Deno.test("store: options of --remove need it, and kinds are those that there are", async () => {
  const alone = await runHere("store", "--older-than", "90d", "--reports", "reports/none");
  assertEquals([alone.code, alone.stdout], [2, ""]);
  assertStringIncludes(alone.stderr, "Cannot use --older-than without --remove");
  const wrong = await runHere("store", "--remove", "old-version", "--older-than", "90");
  assertEquals(wrong.code, 2);
  assertStringIncludes(wrong.stderr, 'did you mean "old-versions"?');
  assertStringIncludes(wrong.stderr, "did you mean 90d?");
});

Deno.test("store: being killed while it removes records loses none of the others", () =>
  Workspace.use(async (workspace) => {
    const folder = workspace.path("reports", "store");
    const { version } = BUILT_IN.named("mlp");
    const onProblem = (message: string) => assert(false, message);
    await Deno.mkdir(join(folder, "packs"), { recursive: true });
    const packs = new Packs(join(folder, "packs"), { shape: RUN_SHAPE, onProblem });
    const kept: string[] = [];
    for (let pack = 0; pack < 8; pack++) {
      await packs.write(async function* () {
        for (let place = 0; place < 100; place++) {
          const { identity, result } = sampleRecord(100 * pack + place);
          const its = { ...identity, version: place % 2 ? version : 0.5 };
          const key = runKey(its);
          if (place % 2) kept.push(key);
          await Promise.resolve();
          yield { key, bytes: encodeRecord({ key, identity: its, result }) };
        }
      }());
    }
    const namesOfPacks = () => new Set(pathsIn(join(folder, "packs"), ".pack"));
    const words = ["--reports", workspace.path("reports"), "--remove", "old-versions", "--yes"];
    let kills = 0;
    for (;;) {
      const before = namesOfPacks();
      const cleaning = startTask("store", words);
      const ended = finish(cleaning);
      let isOver = false;
      const over = ended.then(() => isOver = true);
      await until(
        () => isOver || before.symmetricDifference(namesOfPacks()).size > 0,
        "a new pack",
      );
      if (!isOver) {
        cleaning.kill("SIGKILL");
        kills++;
      }
      await over;
      const store = await Store.open(folder, { onProblem, readOnly: true });
      const records = await store.getMany(kept);
      assertEquals(records.filter((record) => record === undefined).length, 0);
      if ((await ended).code === 0) break;
    }
    assert(kills > 0);
    const store = await Store.open(folder, { onProblem });
    assertEquals([...await store.keys()].sort(), kept.toSorted());
    assertEquals(pathsIn(join(folder, "packs"), ".pack").length, 8);
  }));
