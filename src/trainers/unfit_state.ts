/** A state, or a model, that a run cannot use: it is not the run's, or it is damaged. */
export class UnfitState extends Error {}
