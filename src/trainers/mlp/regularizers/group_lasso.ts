import { weightIndex } from "../../../kernels/layouts.ts";
import type { CreateRegularizer, Regularizer } from "./regularizer.ts";

/**
 * Group lasso: the penalty λ·√O·Σ_i ‖w[i,·]‖₂ on each layer's weights (I,O), where the weights from
 * one input form a group. Its gradient, or its proximal operator (as `l1_method` says), which sets
 * whole groups to 0: pixels in the first layer, hidden units in the others.
 *
 * With `l1_penalty` it is the sparse group lasso: shrinking first each weight and then its group is
 * the proximal operator of both penalties together.
 *
 * Source: Yuan and Lin, Model selection and estimation in regression with grouped variables (2006);
 * Scardapane et al., Group sparse regularization for deep neural networks (2017).
 */
export const groupLasso: CreateRegularizer = ({ groupLasso, l1Method }, kernels) => {
  if (groupLasso === 0) return {};
  const strengthOf = (outputs: number) => groupLasso * Math.sqrt(outputs);
  const act: Regularizer = l1Method === "proximal"
    ? {
      shrink({ values, inputs, outputs }, stepSizes) {
        kernels.shrinkGroups(values, stepSizes, inputs, outputs, strengthOf(outputs));
      },
    }
    : {
      addGradient({ values, gradient, inputs, outputs }) {
        kernels.addGroupGradient(values, gradient, inputs, outputs, strengthOf(outputs));
      },
    };
  return {
    ...act,
    penalty(_, blocks) {
      const { precision, memory: { buffer } } = kernels;
      const all = precision === "f32" ? new Float32Array(buffer) : new Float64Array(buffer);
      let penalty = 0;
      for (const { values, inputs, outputs } of blocks) {
        const start = values / all.BYTES_PER_ELEMENT;
        let norms = 0;
        for (let i = 0; i < inputs; i++) {
          let squares = 0;
          for (let o = 0; o < outputs; o++) {
            const weight = all[start + weightIndex(inputs, i, o)];
            squares += weight * weight;
          }
          norms += Math.sqrt(squares);
        }
        penalty += strengthOf(outputs) * norms;
      }
      return penalty;
    },
  };
};
