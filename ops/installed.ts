import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

interface Wanted {
  /** Names one that is not on the path. */
  setting: string;
  /** What it is called, the best first. */
  programs: readonly string[];
  debianPackage: string;
}

/** The browser of the journeys. */
export const findChromium = (): string =>
  find({
    setting: "CHROMIUM",
    programs: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
    debianPackage: "chromium",
  });

/** The server that tests share, to be started as `redis-server`: Debian's package of tools has it, without a service that would start by itself. */
export const findRedis = (): string =>
  find({
    setting: "REDIS_SERVER",
    programs: ["redis-server", "valkey-server", "redis-check-rdb"],
    debianPackage: "redis-tools",
  });

/** A program that is named or installed, else Debian's, installed now. */
function find({ setting, programs, debianPackage }: Wanted): string {
  const found = process.env[setting] || onPath(programs);
  if (found && existsSync(found)) return found;
  const installing = `apt-get update && apt-get install -y --no-install-recommends ${debianPackage}`;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    console.log(`Installing Debian's ${debianPackage} …`);
    spawnSync("sh", ["-c", installing], {
      stdio: "inherit",
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
    const installed = onPath(programs);
    if (installed) return installed;
  }
  throw new Error(
    `There is no ${programs[0]} for the tests: \`${installing}\` (as root) installs it, or set ${setting} to one.`,
  );
}

function onPath(programs: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  return programs.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
}
