import nodeFs from "node:fs";

/** Calls a function that does not wait where a promise is expected. */
function atOnce<Args extends unknown[], Result>(call: (...args: Args) => Result) {
  return (...args: Args) => Promise.try(call, ...args);
}

/**
 * Node's functions, for packages that read files themselves: isomorphic-git, the repository's.
 *
 * It asks for hundreds of small files, most of which are not there: to wait for another thread each time
 * takes longer than to look.
 */
export const nodeFiles = {
  promises: {
    ...nodeFs.promises,
    readFile: atOnce(nodeFs.readFileSync),
    readdir: atOnce(nodeFs.readdirSync),
    stat: atOnce(nodeFs.statSync),
    lstat: atOnce(nodeFs.lstatSync),
  },
};
