import { MEASURES } from "../measures/measures.ts";
import { columnOf, EVALUATED_PARTS } from "../measures/metrics.ts";
import type { Evaluation } from "./run_result.ts";
import type { StateHead } from "./training_stage.ts";

/** Columns of the measures that runs have on request. */
const ON_REQUEST = new Set(
  columnsOf(MEASURES.filter(({ isDefault }) => !isDefault).map(({ key }) => key)),
);

/** Picks one run's own evaluations and measures from those of several runs. */
export class OwnEvaluations {
  readonly #every: number;
  readonly #columns: ReadonlySet<string>;

  /**
   * @param every The steps between the run's evaluations.
   * @param measures Keys of the measures that it requests besides the default ones.
   */
  constructor(every: number, measures: readonly string[] = []) {
    this.#every = every;
    this.#columns = new Set(columnsOf(measures));
  }

  /**
   * The evaluations that the run would have had before a state; undefined if one is missing, or lacks a
   * measure.
   */
  before({ step, evaluations }: Pick<StateHead, "step" | "evaluations">): Evaluation[] | undefined {
    const own = evaluations.filter((evaluation) => evaluation.step % this.#every === 0)
      .map((evaluation) => this.of(evaluation));
    const isWhole = Number.isSafeInteger(step) && step >= 0 &&
      own.length === Math.ceil(step / this.#every) &&
      own.every((evaluation, index) => {
        return evaluation.step === index * this.#every &&
          [...this.#columns].every((column) => column in evaluation.measures);
      });
    return isWhole ? own : undefined;
  }

  /** An evaluation without the measures that only other runs request. */
  of(evaluation: Evaluation): Evaluation {
    const { measures } = evaluation;
    for (const column in measures) {
      if (this.#isOwn(column)) continue;
      const own = Object.entries(measures).filter(([column]) => this.#isOwn(column));
      return { ...evaluation, measures: Object.fromEntries(own) };
    }
    return evaluation;
  }

  #isOwn(column: string): boolean {
    return !ON_REQUEST.has(column) || this.#columns.has(column);
  }
}

function columnsOf(keys: readonly string[]): string[] {
  return EVALUATED_PARTS.flatMap((part) => keys.map((key) => columnOf(part, { key })));
}
