// @ts-check
/// <reference lib="dom" />

/**
 * @typedef {{ id: string, title: string, spec: Record<string, unknown> }} Chart
 *
 * @typedef {object} CellCurve One entry per step in each list, as in _mean_curves.ts.
 * @property {string} name
 * @property {number} color
 * @property {number[]} step
 * @property {number[]} mean
 * @property {number[]} [low]
 * @property {number[]} [high]
 * @property {number[]} [train]
 *
 * @typedef {object} Report
 * @property {string} name
 * @property {Chart[]} charts
 * @property {CellCurve[]} curves
 * @property {number} colors How many colours there are, the baseline's included.
 * @property {number[][]} dashes What tells cells of one colour apart.
 * @property {object} pageConfig
 * @property {object} pictureConfig
 */

/** @type {Report} */
export const report = JSON.parse(document.getElementById("report")?.textContent ?? "");
