import { conditionsIn, type Span, spansOf, withConditions } from "../../charts/brush_axis.ts";
import { useChart, viewOf } from "./charts.ts";
import type { View } from "./libraries.ts";
import { data } from "./page_data.ts";
import { changeState, currentState } from "./state.ts";

const ID = "parallel-coordinates";
/** Pixels that a pointer moves before it drags, and from an axis to where it is meant. */
const [LEAST_MOVE, REACH] = [4, 24];
/** Beside the first and the last axis, as a share of the distance between two: as in the chart. */
const PADDING = 0.3;

/** A place in the chart: an axis by its number, and a height from 0 to 1. */
interface Place {
  readonly axis: number;
  readonly height: number;
  /** Pixels from the axis. */
  readonly distance: number;
}

/** A drag along an axis. */
interface Drag extends Place {
  readonly y: number;
  isMoving: boolean;
}

/**
 * Lets the reader drag along the axes of the parallel coordinates: what is dragged over goes into the
 * filter's text, and the filter's text marks the axes. A click beside all lines frees an axis.
 */
export function listenForBrushes(): void {
  const place = document.getElementById(ID);
  if (!place) return;
  useChart(ID, { feed: (view) => showBrushes(view) });
  let drag: Drag | undefined;
  place.addEventListener("pointerdown", (event) => {
    // A finger scrolls the page; the filter's field does the same.
    if (event.pointerType === "touch" || event.button !== 0) return;
    const start = placeAt(place, event);
    drag = start && start.distance <= REACH
      ? { ...start, y: event.clientY, isMoving: false }
      : undefined;
  });
  place.addEventListener("pointermove", (event) => {
    const view = viewOf(ID);
    if (!drag || !view) return;
    if (!drag.isMoving && Math.abs(event.clientY - drag.y) < LEAST_MOVE) return;
    if (!drag.isMoving) place.setPointerCapture(event.pointerId);
    drag.isMoving = true;
    const span = spanTo(drag, placeAt(place, event));
    showBrushes(view, { axis: drag.axis, spans: [span] });
    view.runAsync();
  });
  place.addEventListener("pointerup", (event) => {
    if (!drag) return;
    const isOnLine = event.target instanceof Element && event.target.closest(".mark-line");
    if (drag.isMoving) {
      filterBy(drag.axis, conditionsIn(data.axes[drag.axis], spanTo(drag, placeAt(place, event))));
      ignoreClick(place);
    } else if (!isOnLine) filterBy(drag.axis, "");
    drag = undefined;
  });
  place.addEventListener("pointercancel", () => {
    drag = undefined;
    const view = viewOf(ID);
    if (!view) return;
    showBrushes(view);
    view.runAsync();
  });
}

function spanTo({ height }: Place, end: Place | undefined): Span {
  const other = end?.height ?? height;
  return [Math.min(height, other), Math.max(height, other)];
}

function filterBy(axis: number, conditions: string): void {
  const { filter } = currentState();
  changeState({ filter: withConditions(filter, data.axes[axis].key, conditions) });
  const view = viewOf(ID);
  if (!view) return;
  // Where the filter stays the same, what was dragged over still has to go.
  showBrushes(view);
  view.runAsync();
}

/** Marks what the filter selects of each axis; of one that is dragged over, that. */
function showBrushes(
  view: View,
  dragged?: { readonly axis: number; readonly spans: readonly Span[] },
): void {
  const { filter } = currentState();
  view.data(
    "brushes",
    data.axes.flatMap((own, axis) => {
      const spans = dragged?.axis === axis ? dragged.spans : spansOf(own, filter);
      return spans.map(([low, high]) => ({ axis, low, high }));
    }),
  );
}

/** Keeps the click that ends a drag from marking a cell. */
function ignoreClick(place: HTMLElement): void {
  const ignore = (event: Event) => event.stopPropagation();
  place.addEventListener("click", ignore, { capture: true });
  setTimeout(() => place.removeEventListener("click", ignore, { capture: true }));
}

/** Where a pointer is in the chart; undefined before the chart is drawn. */
function placeAt(chart: Element, { clientX, clientY }: PointerEvent): Place | undefined {
  const view = viewOf(ID);
  const matrix = chart.querySelector<SVGGElement>("g.mark-group.root")?.getScreenCTM();
  if (!view || !matrix) return undefined;
  const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(matrix.inverse());
  const step = Number(view.signal("width")) / (data.axes.length - 1 + 2 * PADDING);
  const nearest = Math.round(x / step - PADDING);
  const axis = Math.min(Math.max(nearest, 0), data.axes.length - 1);
  return {
    axis,
    height: Math.min(Math.max(1 - y / Number(view.signal("height")), 0), 1),
    distance: Math.abs(x - (axis + PADDING) * step),
  };
}
