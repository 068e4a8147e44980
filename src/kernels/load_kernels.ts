import type { Kernels, Precision } from "./kernels.ts";

type Exported = (...numbers: number[]) => number;

/** Compiles the committed kernels; the module can be sent to workers without compiling it again. */
export async function loadKernelsModule(): Promise<WebAssembly.Module> {
  return await WebAssembly.compile(
    await Deno.readFile(new URL("./kernels.wasm", import.meta.url)),
  );
}

/** Kernels of one precision, with a memory of their own. */
export function instantiateKernels(module: WebAssembly.Module, precision: Precision): Kernels {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const kernel = (name: string) => exports[`${precision}_${name}`] as Exported;
  return {
    precision,
    memory,
    denseForward: kernel("dense_forward"),
    denseBackwardWeights: kernel("dense_backward_weights"),
    transposeWeights: kernel("transpose_weights"),
    addWeightProduct: kernel("add_weight_product"),
    addOuterProduct: kernel("add_outer_product"),
    relu: kernel("relu"),
    reluBackward: kernel("relu_backward"),
    tanh: kernel("tanh"),
    tanhBackward: kernel("tanh_backward"),
    multiply: kernel("multiply"),
    drawDropout: kernel("draw_dropout"),
    drawDropped: kernel("draw_dropped"),
    panelsToRows: kernel("panels_to_rows"),
    addRowsToPanels: kernel("add_rows_to_panels"),
    weightsToRows: kernel("weights_to_rows"),
    rowsToWeights: kernel("rows_to_weights"),
    dotDropped: kernel("dot_dropped"),
    combineDropped: kernel("combine_dropped"),
    transposeDropped: kernel("transpose_dropped"),
    sumDropped: kernel("sum_dropped"),
    scale: kernel("scale"),
    drawUniform: kernel("draw_uniform"),
    drawNormal: kernel("draw_normal"),
    sgdUpdate: kernel("sgd_update"),
    penalizeGradient: kernel("penalize_gradient"),
    adamUpdate: kernel("adam_update"),
    softThreshold: kernel("soft_threshold"),
    softmaxBackward: kernel("softmax_backward"),
    softmaxEvaluate: kernel("softmax_evaluate"),
    gatherRows: kernel("gather_rows"),
    addMatrix: kernel("add_matrix"),
    weightSums: kernel("weight_sums"),
    pruneWeights: kernel("prune_weights"),
    limitNorms: kernel("limit_norms"),
  };
}
