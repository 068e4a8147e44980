// @ts-check
/// <reference lib="dom" />
import { draw, save } from "./charts.js";
import { addChart, chosenCell, listenForChoices } from "./choice.js";
import {
  cellSwitches,
  CURVES_ID,
  feedCurves,
  layLegendOut,
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
    for (const button of place.parentElement?.querySelectorAll("button") ?? []) {
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
  document.documentElement.dataset.state = "drawn";
}

start();
