/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { reloadWhileItRuns } from "./live.ts";
import { listenForSweeps } from "./sweeps_table.ts";

const table = document.querySelector<HTMLTableElement>("table.sweeps");
if (table) listenForSweeps(table);
reloadWhileItRuns(document.getElementById("live")?.dataset.sweep);
document.documentElement.dataset.state = "ready";
