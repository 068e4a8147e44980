/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { listenForSweeps } from "./sweeps_table.ts";

const table = document.querySelector<HTMLTableElement>("table.sweeps");
if (table) listenForSweeps(table);
document.documentElement.dataset.state = "ready";
