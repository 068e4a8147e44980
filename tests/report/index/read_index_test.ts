import { assert, assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { readIndex } from "../../../src/report/index/read_index.ts";
import { manifestAt, withReports, writeSweep } from "./_index_folder.ts";

const SAMPLE = fileURLToPath(new URL("../../../reports/sample/", import.meta.url));

Deno.test("readIndex() lists sweeps, the latest first, and says why others cannot be read", () =>
  withReports(async (reports) => {
    await writeSweep(reports, "early", manifestAt("2026-03-14T15:09:26.535Z"));
    await writeSweep(reports, "late", manifestAt("2026-11-02T10:00:00Z", { name: "other" }));
    await writeSweep(reports, "broken", "{");
    await writeSweep(reports, "forged", manifestAt("soon"));
    await Deno.mkdir(join(reports, "notes"));
    await Deno.mkdir(join(reports, "store"));
    await Deno.mkdir(join(reports, ".git"));
    await Deno.writeTextFile(join(reports, "index.html"), "");
    await Deno.symlink(SAMPLE, join(reports, "linked"));
    await Deno.remove(join(reports, "early", "report.html"));
    const { entries, unreadable } = await readIndex(reports);
    assertEquals(
      entries.map(({ folder, name, hasReport }) => [folder, name, hasReport]),
      [["late", "other", true], ["early", "four-techniques", false]],
    );
    const [{ answer, runs, planned, state }] = entries;
    assertEquals([answer.advice, runs, planned, state], [
      "Use L1 penalty 0.001",
      190,
      190,
      "complete",
    ]);
    assertEquals(unreadable.map(({ folder }) => folder), ["broken", "forged", "notes"]);
    assertEquals(unreadable[0].reason, "manifest.json: Cannot read it: it is not JSON");
    assert(unreadable[2].reason.startsWith("Cannot read manifest.json: "), unreadable[2].reason);
  }));

Deno.test("readIndex() makes the answer of folders of earlier versions from their rows", () =>
  withReports(async (reports) => {
    const folder = join(reports, "sample");
    await Deno.mkdir(folder);
    for (const { name } of Deno.readDirSync(SAMPLE)) {
      await Deno.copyFile(join(SAMPLE, name), join(folder, name));
    }
    const path = join(folder, "manifest.json");
    const { answer: _, ...earlier } = JSON.parse(await Deno.readTextFile(path));
    await Deno.writeTextFile(path, JSON.stringify(earlier));
    const { entries: [{ answer }] } = await readIndex(reports);
    assertEquals(answer.use?.noun, "validation accuracy");
    assertEquals(answer.test?.noun, "test accuracy");

    const cells = join(folder, "cells.csv");
    await Deno.writeTextFile(
      cells,
      (await Deno.readTextFile(cells)).replace("l1_penalty=0,", "x,"),
    );
    const { entries, unreadable } = await readIndex(reports);
    assertEquals(entries, []);
    assertEquals(unreadable.map(({ folder }) => folder), ["sample"]);
    assert(unreadable[0].reason.startsWith("cells.csv: "), unreadable[0].reason);
  }));

Deno.test("readIndex() says of unfinished sweeps how many runs they are to have", () =>
  withReports(async (reports) => {
    const manifest = manifestAt("2026-03-14T15:09:26.535Z");
    await writeSweep(reports, "some", {
      ...manifest,
      state: "unfinished",
      unfinished: { planned: 190, why: "budget", budgetSeconds: 60 },
      runs: { ...manifest.runs, total: 150 },
      times: { ...manifest.times, runs: manifest.times.runs.slice(0, 150) },
    });
    const { entries: [{ runs, planned, state, why }] } = await readIndex(reports);
    assertEquals([runs, planned, state, why], [150, 190, "unfinished", "budget"]);
  }));
