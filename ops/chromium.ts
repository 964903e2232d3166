import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const installing = "apt-get update && apt-get install -y --no-install-recommends chromium";

/** The browser of the journeys: the one that is named or installed, else Debian's, installed now. */
export async function findChromium(): Promise<string> {
  const found = process.env.CHROMIUM || onPath();
  if (found && existsSync(found)) return found;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    console.log("Installing Debian's Chromium …");
    spawnSync("sh", ["-c", installing], {
      stdio: "inherit",
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
    const installed = onPath();
    if (installed) return installed;
  }
  throw new Error(
    `There is no Chromium for the journeys: \`${installing}\` (as root) installs it, or set CHROMIUM to one.`,
  );
}

function onPath(): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(existsSync);
}
