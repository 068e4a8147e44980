/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { listenForBrushes } from "./brushing.ts";
import { listenForTable } from "./cells_table.ts";
import { drawCharts } from "./charts.ts";
import { listenForPanel } from "./cell_panel.ts";
import { listenForComparisons } from "./compare_cells.ts";
import { listenForCopying } from "./copying.ts";
import { listenForCurves } from "./curves.ts";
import { foldSecondary, listenForUnfolding } from "./folding.ts";
import { reloadWhileItRuns } from "./live.ts";
import { listenForSections } from "./contents.ts";
import { listenForMarks } from "./marking.ts";
import { listenForAddress } from "./state.ts";
import { listenForTheme } from "./theme.ts";

listenForTheme();
listenForSections();
listenForTable();
listenForCopying();
listenForMarks();
listenForUnfolding();
foldSecondary();
listenForCurves();
listenForComparisons();
listenForPanel();
listenForBrushes();
drawCharts();
listenForAddress();
reloadWhileItRuns();
document.documentElement.dataset.state = "ready";
