import { assert, assertEquals } from "@std/assert";
import { renderReport } from "../../src/report/render_report.ts";
import { manifestText } from "../../src/results/manifest.ts";
import { readManifest } from "../../src/results/read_manifest.ts";
import { UserError } from "../../src/user_error.ts";
import { HOSTILE_TEXT, hostileInput } from "./_hostile_input.ts";
import { sampleInput } from "./_sample_input.ts";
import { SAMPLES } from "./_samples.ts";

type Container = Record<string, unknown>;

/** Every text in a value, with what it is in; not those of cells, which rows name too. */
function textsIn(value: unknown): [Container, string][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]): [Container, string][] => {
    if (key === "cells" || key === "baseline") return [];
    return typeof member === "string" ? [[value as Container, key]] : textsIn(member);
  });
}

/** The elements of a page, but for those in its scripts, styles and blocks of JSON. */
function elementsIn(page: string): Set<string> {
  const markup = page.replace(/<(script|style)\b[^>]*>.*?<\/\1>/gs, "");
  return new Set(Array.from(markup.matchAll(/<\w+/g), ([element]) => element));
}

Deno.test("renderReport() takes no text that a manifest can have for markup", async () => {
  const input = sampleInput(SAMPLES.diverged);
  const shown = { key: "validation_accuracy", heading: "Accuracy", isPercent: true, decimals: 1 };
  const task = { task: "1_0", node: "n", restarts: 0, log: "slurm/l", trained: 1 };
  const manifest = JSON.parse(manifestText({
    ...input.manifest,
    command: ["sweep", "e.yaml"],
    experiment: { ...input.manifest.experiment, tags: ["paper", "two"], notes: "One\ntwo" },
    measures: [shown],
    tasks: [task],
    git: { ...input.manifest.git, reason: "unknown" },
    page: { regsweep: "0.1.0", checksum: "0".repeat(64) },
  }));
  const harmless = await renderReport({
    ...input,
    manifest: readManifest(JSON.stringify(manifest)),
  });
  let replaced = 0;
  for (const [container, key] of textsIn(manifest)) {
    const text = container[key];
    container[key] = HOSTILE_TEXT;
    try {
      readManifest(JSON.stringify(manifest));
      replaced++;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      container[key] = text;
    }
  }
  assert(replaced > 20, `${replaced} texts can be anything`);
  const page = await renderReport({ ...input, manifest: readManifest(JSON.stringify(manifest)) });
  assert(page.includes("&lt;/script&gt;&lt;script&gt;alert(1)"));
  for (const place of ["<li><bdi>", "<summary>Notes</summary>\n<p><bdi>"]) {
    assert(page.includes(`${place}&lt;/script`), place);
  }
  // Long titles are broken into lines.
  assertEquals(elementsIn(page).difference(elementsIn(harmless)), new Set(["<tspan"]));
});

Deno.test("renderReport() takes no name of a cell, class or value for markup", async () => {
  for (const name of ["diverged", "elasticNet", "fourTechniques"] as const) {
    const elements = elementsIn(await renderReport(hostileInput(SAMPLES[name])));
    assertEquals(elements.intersection(new Set(["<img", "<script", "<b"])), new Set());
  }
});
