import { assert, assertEquals } from "@std/assert";
import { compile } from "vega-lite";
import {
  followingHeight,
  followingTitles,
  patchedVega,
} from "../../../src/report/charts/patched_vega.ts";
import { sampleInput } from "../_sample_input.ts";
import { SAMPLES } from "../_samples.ts";
import { chartsOf } from "./_charts_of.ts";

Deno.test("patchedVega() lets a height follow an expression, and titles of axes", () => {
  const vega = {
    height: 20 as number | undefined,
    signals: [{ name: "a" }],
    axes: [{ scale: "x" }, { scale: "y" }],
  };
  const { height, signals } = patchedVega(vega, followingHeight("width / 2").usermeta);
  assertEquals<unknown>([height, signals], [
    undefined,
    [{ name: "a" }, { name: "height", update: "width / 2" }],
  ]);
  const { axes } = patchedVega(vega, followingTitles({ 1: "label" }).usermeta);
  assertEquals<unknown>(axes, [{ scale: "x" }, { scale: "y", title: { signal: "label" } }]);
  assertEquals(patchedVega(vega, undefined), vega);
});

Deno.test("learning curves patch the titles of the axes that Vega-Lite makes", () => {
  const spec = chartsOf(sampleInput(SAMPLES.undecided)).get("learning-curves")?.spec.spec;
  assert(spec);
  const { spec: vega } = compile(spec);
  const titles = patchedVega(vega, spec.usermeta).axes?.map(({ scale, title }) => [scale, title]);
  assertEquals(titles, [
    ["y", undefined],
    ["x", { signal: "isLog ? 'Step (log scale)' : 'Step'" }],
    ["y", { signal: "yTitle" }],
  ]);
});
