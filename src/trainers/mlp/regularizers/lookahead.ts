import type { CreateFollower } from "./follower.ts";

/**
 * Lookahead: every k = `lookahead_steps` updates of the fast weights θ, the slow weights φ move by the
 * share α = `lookahead_rate` towards them, φ = φ + α·(θ − φ), and θ starts again from φ. The optimizer
 * keeps its state. The model is that of the slow weights, which start as the initial weights.
 *
 * Source: Zhang, Lucas, Hinton and Ba, Lookahead optimizer: k steps forward, 1 step back (2019),
 * algorithm 1.
 */
export const lookahead: CreateFollower = ({ lookaheadSteps, lookaheadRate }) =>
  lookaheadSteps === Infinity ? undefined : {
    from: 0,
    shareAfter: (updates) => updates % lookaheadSteps === 0 ? lookaheadRate : 0,
    leads: true,
  };
