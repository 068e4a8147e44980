import nodeFs from "node:fs";

/** Node's functions, for packages that read files themselves: isomorphic-git, the repository's. */
export const nodeFiles = nodeFs;
