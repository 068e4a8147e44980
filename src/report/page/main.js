// @ts-check
/// <reference lib="dom" />
import { draw, save } from "./charts.js";
import { addChart, chosenCell, listenForChoices } from "./choice.js";
import {
  cellSwitches,
  CURVES_ID,
  feedCurves,
  layLegendOut,
  listenForUnfolding,
  readSwitches,
  trainingSwitch,
  withoutLegends,
} from "./curves.js";
import { report } from "./report_data.js";
import { listenForSorting } from "./sorting.js";

async function start() {
  listenForSorting();
  listenForChoices();
  layLegendOut();
  listenForUnfolding();
  readSwitches(null);
  for (const chart of report.charts) {
    const place = document.getElementById(chart.id);
    if (!place) continue;
    const hasCurves = chart.id === CURVES_ID;
    const feed = hasCurves ? feedCurves : () => Promise.resolve();
    const spec = hasCurves ? withoutLegends(chart.spec) : chart.spec;
    const view = await draw(place, spec, report.pageConfig);
    await feed(view);
    addChart(place, { id: chart.id, view });
    for (const button of place.parentElement?.querySelectorAll(".save button") ?? []) {
      button.addEventListener("click", () => save(chart, button.value, feed));
    }
    if (!hasCurves) continue;
    for (const input of [...cellSwitches(), trainingSwitch()]) {
      input?.addEventListener("change", async () => {
        readSwitches(chosenCell());
        await feedCurves(view);
      });
    }
  }
  foldSecondary();
  document.documentElement.dataset.state = "drawn";
}

/** Closes what is secondary on a small screen, after its charts have got their sizes. */
function foldSecondary() {
  const isSmall = matchMedia("(max-width: 40rem)").matches;
  for (const element of document.querySelectorAll("details.secondary")) {
    const details = /** @type {HTMLDetailsElement} */ (element);
    if (isSmall) details.open = false;
    // While it was closed, its charts could not follow the window.
    details.addEventListener("toggle", () => dispatchEvent(new Event("resize")));
  }
}

start();
