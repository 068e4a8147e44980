import type { Config } from "vega-lite";

/** Every colour of the page and its charts. */
export interface Colors {
  readonly paper: string;
  readonly ink: string;
  /** Secondary text. */
  readonly soft: string;
  /** Grid lines and rules. */
  readonly line: string;
  /** Behind tables' headings and notes. */
  readonly tint: string;
  /** At the sides of what scrolls. */
  readonly shadow: string;
  /** The baseline. */
  readonly neutral: string;
  /** Techniques and cells, in order. */
  readonly hues: readonly string[];
  /** Shares, from the least, which is near the paper. */
  readonly ramp: readonly string[];
  /** Differences from the baseline, from much worse to much better; the middle one is near the paper. */
  readonly differences: readonly string[];
  /** The same for lines, which would not be seen near the colour of the paper. */
  readonly lineDifferences: readonly string[];
}

// Near the hues of Okabe and Ito, moved until any two of a theme, the neutral included, stay apart
// in simulated protanopia, deuteranopia and tritanopia, each with a contrast of 3 to its paper.
const LIGHT: Colors = {
  paper: "#fdfdfc",
  ink: "#1d2126",
  soft: "#565c65",
  line: "#e1e3e6",
  tint: "#f3f4f5",
  shadow: "#c9ccd1",
  neutral: "#696969",
  hues: ["#3f5dba", "#ce6f18", "#5e9771", "#831c74", "#1298f4", "#574100"],
  ramp: ["#e6ecf5", "#c8d5ec", "#a6bbe0", "#7f9cd1", "#4f71b6", "#3a57a0", "#263a7a"],
  differences: ["#8a4306", "#dd8a3c", "#f2bf8d", "#ebecee", "#a6bbe0", "#7396d6", "#2f4b96"],
  lineDifferences: ["#7a3a04", "#b3610f", "#d07e2e", "#767a80", "#6c91d8", "#4169bd", "#22397a"],
};
const DARK: Colors = {
  paper: "#15171b",
  ink: "#e6e8ea",
  soft: "#a4abb4",
  line: "#31353c",
  tint: "#1e2126",
  shadow: "#474d57",
  neutral: "#8a8a8a",
  hues: ["#3f7df0", "#d57c00", "#3fcf94", "#d38be8", "#9eebfe", "#f2e65b"],
  ramp: ["#232a38", "#2d3d5c", "#385080", "#44659c", "#6f95d0", "#9dbdee", "#d5e5ff"],
  differences: ["#ffbd80", "#9a5611", "#643a10", "#272b31", "#2d4777", "#3a65b4", "#a9c8ff"],
  lineDifferences: ["#ffcd9c", "#e09344", "#ad6a25", "#7d8187", "#4a74c4", "#6f9cf0", "#bcd5ff"],
};

/** How many hues there are without the neutral colour, and how many colours with it. */
export const HUES = LIGHT.hues.length;
export const COLORS = HUES + 1;

/** How many steps the ramp has, and how many of them, from the first, bear text in ink. */
export const RAMP_STEPS = LIGHT.ramp.length;
export const PALE_STEPS = 4;

/** How many steps differences have, and how many of them around the middle bear text in ink. */
export const DIFFERENCE_STEPS = LIGHT.differences.length;
export const PALE_DIFFERENCES = 5;

const FONT =
  '-apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, sans-serif';

/** The colours as custom properties of CSS: the system's, unless the reader has chosen a theme. */
export function themeCss(): string {
  return [
    `:root { color-scheme: light dark; --font: ${FONT}; }`,
    `:root { ${declarations(LIGHT)} }`,
    `@media screen and (prefers-color-scheme: dark) { :root { ${declarations(DARK)} } }`,
    `@media screen { :root[data-theme="light"] { color-scheme: light; ${declarations(LIGHT)} } }`,
    `@media screen { :root[data-theme="dark"] { color-scheme: dark; ${declarations(DARK)} } }`,
  ].join("\n");
}

function declarations(colors: Colors): string {
  return properties(colors).map(([name, color]) => `--${name}: ${color};`).join(" ");
}

function properties(
  { hues, ramp, differences, lineDifferences, ...others }: Colors,
): [string, string][] {
  return [
    ...Object.entries(others),
    ...hues.map((hue, index): [string, string] => [`hue-${index + 1}`, hue]),
    ...ramp.map((step, index): [string, string] => [`ramp-${index + 1}`, step]),
    ...differences.map((step, index): [string, string] => [`difference-${index + 1}`, step]),
    ...lineDifferences.map((step, index): [string, string] => [`line-${index + 1}`, step]),
  ];
}

/**
 * The look of the charts on the page. Their colours are the page's custom properties, so charts
 * follow the system's theme and print without being redrawn.
 */
export function pageConfig(): Config {
  return config({
    paper: "var(--paper)",
    ink: "var(--ink)",
    soft: "var(--soft)",
    line: "var(--line)",
    tint: "var(--tint)",
    shadow: "var(--shadow)",
    neutral: "var(--neutral)",
    hues: LIGHT.hues.map((_, index) => `var(--hue-${index + 1})`),
    ramp: LIGHT.ramp.map((_, index) => `var(--ramp-${index + 1})`),
    differences: LIGHT.differences.map((_, index) => `var(--difference-${index + 1})`),
    lineDifferences: LIGHT.lineDifferences.map((_, index) => `var(--line-${index + 1})`),
  }, "transparent");
}

/** The look of a chart saved as a picture, which stands alone and is always light. */
export function pictureConfig(): Config {
  return config(LIGHT, LIGHT.paper);
}

function config(colors: Colors, background: string): Config {
  const { paper, ink, soft, line, neutral, hues, ramp, differences, lineDifferences } = colors;
  return {
    background,
    font: FONT,
    padding: 4,
    // Screen readers use the table of cells; each chart has only a description.
    aria: true,
    view: { stroke: null },
    range: {
      category: [neutral, ...hues],
      ramp: [...ramp],
      // Vega-Lite's own names: its schema knows no others.
      diverging: [...differences],
      heatmap: [...lineDifferences],
    },
    axis: {
      domain: false,
      ticks: false,
      gridColor: line,
      labelColor: soft,
      labelFontSize: 12,
      labelPadding: 6,
      titleColor: ink,
      titleFontSize: 12,
      titleFontWeight: "normal",
      titlePadding: 10,
      labelOverlap: "greedy",
      labelSeparation: 6,
      aria: false,
    },
    legend: {
      orient: "top",
      labelColor: ink,
      labelFontSize: 12,
      labelLimit: 320,
      titleColor: soft,
      titleFontSize: 12,
      titleFontWeight: "normal",
      symbolOpacity: 1,
      aria: false,
    },
    title: {
      anchor: "start",
      color: ink,
      subtitleColor: soft,
      fontSize: 14,
      fontWeight: 600,
      offset: 12,
      frame: "group",
    },
    mark: { aria: false },
    text: { color: soft, fontSize: 11 },
    style: {
      reference: { color: soft },
      band: { color: neutral, opacity: 0.12 },
      row: { color: neutral },
      effect: { color: hues[0] },
      slice: { color: hues[0] },
      chance: { color: neutral, opacity: 0.45 },
      chanceMark: { color: ink },
      seed: { color: soft, strokeWidth: 1.5 },
      brush: { color: ink, opacity: 0.16 },
      // Cells that were stopped.
      gone: { color: soft },
      // What the reader has chosen.
      chosen: { color: ink, strokeWidth: 3 },
      onPale: { color: ink },
      onDeep: { color: paper },
      baselineTile: { color: ink, strokeWidth: 1.5, strokeDash: [4, 3] },
      bestTile: { color: ink, strokeWidth: 1.5 },
      // Behind text that lines cross.
      halo: { stroke: paper, strokeWidth: 4, strokeJoin: "round" },
    },
  };
}
