import { distinctCells } from "../experiment/cells/distinct_cells.ts";
import type { Cell, Experiment } from "../experiment/experiment.ts";
import { MOST_MEMORY_BYTES } from "../kernels/kernels.ts";
import { formatValue } from "../trainers/format_value.ts";
import type {
  MemoryOf,
  RunMemory,
  RunShape,
  TrainerMemory,
  TrainerName,
} from "../trainers/trainer.ts";
import { type Problem, UserError } from "../user_error.ts";

/**
 * Refuses runs that need more memory than kernels can have, before any is trained.
 *
 * @param given The cells whose runs are to be trained; all if not given.
 * @throws {UserError} If there are such runs: every value that makes them too large, with its place.
 */
export async function checkMemory(
  experiment: Experiment,
  shape: RunShape,
  given?: readonly Cell[],
): Promise<void> {
  const memories = await memoriesOf(experiment);
  const memoryIn = ({ trainer, config }: Cell) => memories.get(trainer)?.of(config, shape);
  const cellsOf = (keysOf: (memory: TrainerMemory) => readonly string[]) =>
    given?.values() ?? distinctCells(experiment, [...memories.values()].flatMap(keysOf));
  const isLarge = (cell: Cell) => (memoryIn(cell)?.atMost ?? 0) > MOST_MEMORY_BYTES;
  // Bounds depend on few keys, so that a million cells are few to look at.
  if (!cellsOf(({ boundKeys }) => boundKeys).some(isLarge)) return;

  const problems = new Map<string, Problem>();
  for (const cell of cellsOf(({ keys }) => keys)) {
    const memory = memoryIn(cell);
    if (!memory || !isTooLarge(memory)) continue;
    const cause = memory.cause();
    // The first of several cells with one value stands for them.
    const value = `${cause} ${cause === undefined ? "" : formatValue(cell.config[cause])}`;
    if (!problems.has(value)) problems.set(value, memoryProblem(experiment, cell, memory));
  }
  if (problems.size > 0) throw new UserError([...problems.values()]);
}

/** Gives what says whether the runs of a cell need no more memory than kernels can have. */
export async function memoryFit(
  experiment: Experiment,
  shape: RunShape,
): Promise<(cell: Cell) => boolean> {
  const memories = await memoriesOf(experiment);
  return ({ trainer, config }) => {
    const memory = memories.get(trainer)?.of(config, shape);
    return !memory || !isTooLarge(memory);
  };
}

/** The bound is known at once; the bytes take a while. */
function isTooLarge(memory: RunMemory): boolean {
  return memory.atMost > MOST_MEMORY_BYTES && memory.bytes() > MOST_MEMORY_BYTES;
}

/** What the trainers of an experiment say of memory, by their names. */
async function memoriesOf({ outline, trainers }: Experiment) {
  const memories = new Map<TrainerName, TrainerMemory & { of: MemoryOf }>();
  for (const name of outline.trainers) {
    const { memory } = trainers.named(name);
    if (memory) memories.set(name, { ...memory, of: await memory.load() });
  }
  return memories;
}

function memoryProblem(experiment: Experiment, cell: Cell, memory: RunMemory): Problem {
  const { dataset, places } = experiment;
  const key = memory.cause();
  const what = key === undefined
    ? `${dataset ? `dataset ${dataset.path} with ` : ""}trainer ${cell.trainer}`
    : `${key} ${formatValue(cell.config[key])}`;
  const message = `Cannot use ${what}: a run would need ${gibibytes(memory.bytes())} of memory, ` +
    `and can have at most ${gibibytes(MOST_MEMORY_BYTES)}`;
  return { message, place: key === undefined ? places.dataset : places.ofValue(cell, key) };
}

/** `81.1 GiB`, rounded up, so that what is too much never looks as if it were the limit. */
function gibibytes(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 30 * 10) / 10} GiB`;
}
