/** Something wrong in the definition of an own trainer. */
export interface DefinitionProblem {
  /** Where it is, from the definition down: `["hyperparameters", "c", "type"]`. */
  readonly path: readonly PropertyKey[];
  /** True if the last key of the path is wrong, rather than what it has. */
  readonly isAboutKey?: boolean;
  /** As in a `UserError`. */
  readonly message: string;
  readonly hint?: string;
}

/** Everything that is wrong in the definition of an own trainer; whoever read it knows the places. */
export class DefinitionError extends Error {
  override readonly name = "DefinitionError";
  readonly problems: readonly DefinitionProblem[];

  constructor(problems: readonly DefinitionProblem[]) {
    super(problems.map(({ message }) => message).join("\n"));
    this.problems = problems;
  }
}
