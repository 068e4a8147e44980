import { expressionInterpreter } from "vega-interpreter";
import type { Config, TopLevelSpec } from "vega-lite";
import { Handler } from "vega-tooltip";
import { patchedVega } from "../../charts/patched_vega.ts";
import type { PageChart } from "../../page_data.ts";
import { libraries, type View as ChartView } from "./libraries.ts";
import { data } from "./page_data.ts";

/** Draws a chart in an element, at once. */
export function draw(element: Element, spec: TopLevelSpec, config: Config): ChartView {
  const { compile, parse, View } = libraries();
  const { spec: compiled } = compile(spec, { config });
  // Expressions are interpreted: the page's policy allows no code made from text.
  const runtime = parse(patchedVega(compiled, spec.usermeta), {}, { ast: true });
  const view = new View(runtime, { renderer: "svg", expr: expressionInterpreter });
  element.replaceChildren();
  return view.tooltip(new Handler({ disableDefaultStyle: true }).call).initialize(element).run();
}

/**
 * Saves a chart as a picture that stands alone: light, with its title and legend.
 *
 * @param feed Gives it the data that it has on the page.
 */
export async function save(
  { id, title, spec }: PageChart,
  format: string,
  feed: (view: ChartView) => void,
): Promise<void> {
  const stage = document.createElement("div");
  stage.className = "stage";
  document.body.append(stage);
  const titled = { ...spec, title: `${data.name}: ${title}` };
  const view = draw(stage, titled, data.pictureConfig);
  feed(view);
  const link = document.createElement("a");
  link.href = await view.toImageURL(format, 2);
  link.download = `${id}.${format}`;
  link.click();
  view.finalize();
  stage.remove();
}
