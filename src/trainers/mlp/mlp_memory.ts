import type { Kernels } from "../../kernels/kernels.ts";
import type { Config } from "../hyperparameter.ts";
import type { RunMemory, RunShape } from "../trainer.ts";
import { layOutRun } from "./_run_layout.ts";
import { Arena } from "./arena.ts";
import { mlpConfig } from "./mlp_config.ts";

/** The smallest values of the keys that memory grows with. */
const SMALLEST: Readonly<Record<string, Config>> = {
  hidden: { hidden: [], activation: "identity", dropout: 0 },
  batch_size: { "batch_size": 1 },
};

/** The kernel memory of a run of the `mlp` trainer. */
export function mlpMemory(config: Config, shape: RunShape): RunMemory {
  return {
    atMost: boundOf(config, shape),
    bytes: () => bytesOf(config, shape),
    cause() {
      const bytes = bytesOf(config, shape);
      const savings = Object.entries(SMALLEST).map(([key, smallest]) => {
        return { key, saved: bytes - bytesOf({ ...config, ...smallest }, shape) };
      });
      const [largest] = savings.sort((a, b) => b.saved - a.saved);
      return largest.saved > bytes / 2 ? largest.key : undefined;
    },
  };
}

function bytesOf(config: Config, shape: RunShape): number {
  // To lay a run out takes no more of the kernels than their precision.
  const kernels = { precision: "f32" } as Kernels;
  const arena = new Arena();
  layOutRun(kernels, arena, mlpConfig(config), shape);
  return arena.bytes;
}

/**
 * Bytes that the layout of a run never exceeds: as if each layer had as many inputs and outputs as
 * the widest one and everything that a layer can have, with some room for padding.
 */
function boundOf({ hidden, batch_size: batchSize }: Config, shape: RunShape): number {
  const { trainRows, validationRows, testRows, columns, classes } = shape;
  const widths = [columns, ...hidden as readonly number[], classes];
  const width = Math.max(...widths) + 16;
  const batch = typeof batchSize === "number" ? Math.min(batchSize, trainRows) : trainRows;
  const rows = Math.max(batch, 512) + 4;
  const layers = (widths.length - 1) * (96 * width * width + rows * (64 * width + 1024));
  const data = (trainRows + validationRows + testRows + 4 * rows) * (8 * width + 512);
  return layers + data + 2 ** 20;
}
