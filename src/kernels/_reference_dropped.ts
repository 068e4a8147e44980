import { referenceBlock } from "./_reference_math.ts";
import type { ReferenceMemory } from "./_reference_memory.ts";
import type { DroppedKernels } from "./dropped_kernels.ts";
import { rowPitch } from "./layouts.ts";

const padded = (count: number) => Math.ceil(count / 4) * 4;

/** Twins of assembly/dropped.ts: dropout of few units. */
export function referenceDropped(reference: ReferenceMemory): DroppedKernels {
  const { memory, lanes, size, round, multiplyAdd, values, activationAt, weightAt } = reference;
  const integers = () => new Int32Array(memory.buffer);

  /** Element of row b, feature f in row-major rows at a byte offset. */
  const rowAt = (offset: number, features: number, b: number, f: number) =>
    (offset + b * rowPitch(size, features)) / size + f;

  /** Calls f with the row, the unit and the index of each unit in the lists. */
  function forEachDropped(
    { units, counts, rows, width }: {
      units: number;
      counts: number;
      rows: number;
      width: number;
    },
    f: (b: number, unit: number, place: number) => void,
  ): void {
    for (let b = 0; b < rows; b++) {
      for (let k = 0; k < integers()[counts / 4 + b]; k++) {
        const place = b * padded(width) + k;
        f(b, integers()[units / 4 + place], place);
      }
    }
  }

  return {
    drawDropped(state, units, counts, panels, width, stride, threshold) {
      const words = new Uint32Array(memory.buffer, state, 16);
      const lists: number[][] = Array.from({ length: panels * lanes }, () => []);
      let block: number[] = [];
      for (let n = 0; n < panels * stride / size; n++) {
        if (n % 4 === 0) block = referenceBlock(words);
        const panel = Math.floor(n * size / stride);
        const unit = Math.floor((n * size % stride) / 16);
        if (unit < width && block[n % 4] < threshold) lists[panel * lanes + n % lanes].push(unit);
      }
      lists.forEach((list, b) => {
        integers()[counts / 4 + b] = list.length;
        while (list.length % 4 !== 0) list.push(0);
        integers().set(list, units / 4 + b * padded(width));
      });
    },

    panelsToRows(x, rows, panels, features, stride) {
      const v = values();
      for (let b = 0; b < panels * lanes; b++) {
        for (let f = 0; f < padded(features); f++) {
          v[rowAt(rows, features, b, f)] = v[activationAt(x, stride, b, f)];
        }
      }
    },

    addRowsToPanels(rows, x, panels, features, stride) {
      const v = values();
      for (let b = 0; b < panels * lanes; b++) {
        for (let f = 0; f < padded(features); f++) {
          const at = activationAt(x, stride, b, f);
          v[at] = round(v[at] + v[rowAt(rows, features, b, f)]);
        }
      }
    },

    weightsToRows(w, rows, inputs, outputs) {
      const v = values();
      for (let i = 0; i < inputs; i++) {
        for (let o = 0; o < padded(outputs); o++) {
          v[rowAt(rows, outputs, i, o)] = v[weightAt(w, inputs, i, o)];
        }
      }
    },

    rowsToWeights(rows, w, inputs, outputs) {
      const v = values();
      for (let i = 0; i < inputs; i++) {
        for (let o = 0; o < padded(outputs); o++) {
          v[weightAt(w, inputs, i, o)] = v[rowAt(rows, outputs, i, o)];
        }
      }
    },

    dotDropped(x, r, bias, units, counts, coefficients, rows, features, width) {
      const v = values();
      for (let b = 0; b < rows; b++) {
        for (let k = 0; k < padded(integers()[counts / 4 + b]); k++) {
          const place = b * padded(width) + k;
          const unit = integers()[units / 4 + place];
          const sums = new Array<number>(lanes).fill(0);
          for (let f = 0; f < padded(features); f++) {
            const product = [v[rowAt(x, features, b, f)], v[rowAt(r, features, unit, f)]] as const;
            sums[f % lanes] = multiplyAdd(sums[f % lanes], ...product);
          }
          const sum = lanes === 4
            ? round(round(sums[0] + sums[1]) + round(sums[2] + sums[3]))
            : sums[0] + sums[1];
          v[coefficients / size + place] = -round(v[bias / size + unit] + sum);
        }
      }
    },

    combineDropped(coefficients, r, out, units, counts, rows, features, width) {
      const v = values();
      for (let b = 0; b < rows; b++) {
        const at = rowAt(out, features, b, 0);
        v.fill(0, at, at + padded(features));
      }
      forEachDropped({ units, counts, rows, width }, (b, unit, place) => {
        for (let f = 0; f < padded(features); f++) {
          const to = rowAt(out, features, b, f);
          const coefficient = v[coefficients / size + place];
          v[to] = multiplyAdd(v[to], coefficient, v[rowAt(r, features, unit, f)]);
        }
      });
    },

    transposeDropped(units, counts, a, b, rows, width, unitRows, unitCounts, unitA, unitB) {
      const v = values();
      const lengths = new Array<number>(width).fill(0);
      forEachDropped({ units, counts, rows, width }, (row, unit, place) => {
        const to = unit * padded(rows) + lengths[unit]++;
        integers()[unitRows / 4 + to] = row;
        v[unitA / size + to] = v[a / size + place];
        v[unitB / size + to] = v[b / size + place];
      });
      integers().set(lengths, unitCounts / 4);
    },

    sumDropped(coefficients, sums, counts, rows, width) {
      const v = values();
      for (let b = 0; b < rows; b++) {
        let sum = 0;
        for (let k = 0; k < integers()[counts / 4 + b]; k++) {
          sum = round(sum + v[coefficients / size + b * padded(width) + k]);
        }
        v[sums / size + b] = sum;
      }
    },
  };
}
