import { spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { createInterface } from "node:readline";

import { findRedis } from "#ops/installed.ts";
import { freePort } from "#server/platform/addresses.ts";

/** A Redis that keeps nothing, on a port of its own or the one it had before, until `end` is called. */
export async function startRedis(port?: number) {
  const at = port ?? (await freePort());
  const flags = { port: String(at), bind: "127.0.0.1", save: "", appendonly: "no", dir: tmpdir() };
  const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]);
  const child = spawn(findRedis(), args, { argv0: "redis-server", stdio: ["ignore", "pipe", "inherit"] });
  const exit = once(child, "exit");
  for await (const line of createInterface(child.stdout)) if (line.includes("Ready to accept connections")) break;
  child.stdout.resume();
  return {
    url: `redis://127.0.0.1:${at}`,
    port: at,
    /** Holds it still: it takes connections, and answers nothing. */
    freeze: () => child.kill("SIGSTOP"),
    end: async () => {
      child.kill("SIGKILL");
      await exit;
    },
  };
}
