#!/usr/bin/env node
// Starts regsweep by the Deno that npm has installed with it.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { fileURLToPath } from "node:url";
import { cacheFolder } from "../../src/cli/user_folders.ts";

// pack_npm.ts writes what stands here.
const FLAGS = [];
const FIRST = "";

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const { platform, env, execPath, argv } = process;
const os = platform === "win32" ? "windows" : platform;
const cache = cacheFolder({ os, home: homedir(), env: (name) => env[name] });
const inCache = (text) => text.replace("{cache}", () => cache);

const deno = createRequire(import.meta.url).resolve("deno/bin.cjs");
const child = spawn(execPath, [
  ...[deno, "run", "--quiet", "--node-modules-dir=none", `--config=${path("deno.json")}`],
  ...[...FLAGS.map(inCache), path("src/main.ts"), inCache(FIRST), ...argv.slice(2)],
  // Without it, the lock file would have to know package.json.
], { stdio: "inherit", env: { ...env, DENO_NO_PACKAGE_JSON: "1" } });

// The terminal sends Ctrl-C to the child, too, which then ends by itself.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => child.kill("SIGTERM"));
child.on("exit", (code, signal) => {
  process.exitCode = code ?? (signal === "SIGKILL" ? 137 : 1);
});
