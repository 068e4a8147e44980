import { assert, assertEquals } from "@std/assert";
import {
  DIFFERENCE_STEPS,
  HUES,
  pageConfig,
  PALE_DIFFERENCES,
  PALE_STEPS,
  pictureConfig,
  RAMP_STEPS,
  themeCss,
} from "../../src/report/theme.ts";

/** Steps at either end that bear text in the colour of the paper. */
const EDGE_STEPS = (DIFFERENCE_STEPS - PALE_DIFFERENCES) / 2;

/** The custom properties of the light and the dark theme. */
const THEMES = [...themeCss().matchAll(/:root \{ (--paper[^}]*)\}/g)].map(([, declarations]) =>
  Object.fromEntries(
    declarations.split(";").filter((text) => text.trim()).map((text) => {
      const [name, color] = text.trim().split(": ");
      return [name, color];
    }),
  )
);

/** Relative luminance. Source: WCAG 2.2. */
function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

Deno.test("themeCss() has text of contrast 4.5 and marks of contrast 3, light and dark", () => {
  assertEquals(THEMES.length, 2);
  for (const theme of THEMES) {
    for (const text of ["--ink", "--soft"]) {
      for (const ground of ["--paper", "--tint"]) {
        assert(contrast(theme[text], theme[ground]) >= 4.5, `${text} on ${ground}`);
      }
    }
    const hues = Array.from({ length: HUES }, (_, index) => `--hue-${index + 1}`);
    for (const mark of ["--neutral", ...hues]) {
      assert(contrast(theme[mark], theme["--paper"]) >= 3, mark);
    }
  }
});

Deno.test("themeCss() has a ramp of even steps on which text has contrast 4.5, light and dark", () => {
  for (const theme of THEMES) {
    const ramp = Array.from({ length: RAMP_STEPS }, (_, step) => theme[`--ramp-${step + 1}`]);
    ramp.forEach((color, step) => {
      const text = step < PALE_STEPS ? "--ink" : "--paper";
      assert(contrast(theme[text], color) >= 4.5, `${text} on step ${step + 1}`);
    });
    const distances = ramp.map((color) => contrast(color, theme["--paper"]));
    assertEquals(distances, distances.toSorted((a, b) => a - b));
  }
});

Deno.test("themeCss() has colours of differences that text and lines are seen on, light and dark", () => {
  for (const theme of THEMES) {
    const steps = Array.from({ length: DIFFERENCE_STEPS }, (_, step) => step + 1);
    const isEdge = (step: number) => Math.min(step, DIFFERENCE_STEPS + 1 - step) <= EDGE_STEPS;
    for (const step of steps) {
      const text = theme[isEdge(step) ? "--paper" : "--ink"];
      assert(contrast(text, theme[`--difference-${step}`]) >= 4.5, `text on step ${step}`);
      assert(contrast(theme["--paper"], theme[`--line-${step}`]) >= 3, `line of step ${step}`);
    }
    // Away from the middle, which is near the paper, each is stronger than the one before.
    const strengths = steps.map((step) =>
      contrast(theme[`--difference-${step}`], theme["--paper"])
    );
    const [worse, better] = [strengths.slice(0, 4).reverse(), strengths.slice(3)];
    for (const side of [worse, better]) assertEquals(side, side.toSorted((a, b) => a - b));
  }
});

Deno.test("pageConfig() takes its colours from the page, pictureConfig() has its own", () => {
  assertEquals(JSON.stringify(pageConfig()).match(/#[0-9a-f]{6}/g), null);
  assertEquals(JSON.stringify(pictureConfig()).match(/var\(/g), null);
});
