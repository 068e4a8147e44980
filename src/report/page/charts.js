// @ts-check
/// <reference lib="dom" />
import { report } from "./report_data.js";

/**
 * @typedef {import("./report_data.js").Chart} Chart
 *
 * @typedef {object} View What is used of Vega's.
 * @property {(name: string, value: unknown) => View} signal
 * @property {((name: string, rows: object[]) => View) & ((name: string) => any[])} data
 * @property {(type: string, handler: (event: Event, item?: { datum?: any }) => void) => View} addEventListener
 * @property {() => Promise<View>} runAsync
 * @property {(format: string, scale?: number) => Promise<string>} toImageURL
 * @property {() => void} finalize
 */

/** @type {(element: Element, spec: object, options: object) => Promise<{ view: View }>} */
const vegaEmbed = Reflect.get(globalThis, "vegaEmbed");

/**
 * @param {Element} element
 * @param {Record<string, unknown>} spec
 * @param {object} config
 */
export async function draw(element, spec, config) {
  const { view } = await vegaEmbed(element, spec, {
    actions: false,
    // Expressions are interpreted: the page's policy allows no code made from text.
    ast: true,
    config,
    defaultStyle: false,
    mode: "vega-lite",
    tooltip: { disableDefaultStyle: true },
  });
  return view;
}

/**
 * Saves a chart as a picture that stands alone: light, with its title and legend.
 *
 * @param {Chart} chart
 * @param {string} format
 * @param {(view: View) => Promise<unknown>} feed Gives it the data that it has on the page.
 */
export async function save({ id, title, spec }, format, feed) {
  const stage = document.createElement("div");
  stage.className = "stage";
  document.body.append(stage);
  const view = await draw(
    stage,
    { ...spec, title: `${report.name}: ${title}` },
    report.pictureConfig,
  );
  await feed(view);
  const link = document.createElement("a");
  link.href = await view.toImageURL(format, 2);
  link.download = `${id}.${format}`;
  link.click();
  view.finalize();
  stage.remove();
}
