import { spawn } from "node:child_process";
import { once } from "node:events";

import { prepareEngine } from "#server/gateways/engine.ts";
import { openEmbedded } from "#server/platform/embedded.ts";
import { readSettings } from "#server/platform/settings.ts";
import { live, refuseBusyPort } from "#server/platform/startup.ts";

const watched = ["server", "contract", "domain", "db/migrations"];

// The database and the media engine belong to this process, so that they live on while the server below starts anew.
await live(async (opened) => {
  const settings = { ...readSettings(), dev: false };
  await refuseBusyPort(settings.host, settings.port);
  const env: NodeJS.ProcessEnv = { ...process.env };
  env.DATABASE_URL = settings.databaseUrl ?? (await openEmbedded(settings, opened));
  opened.add(prepareEngine(settings).close);

  const options = [...watched.map((folder) => `--watch-path=${folder}`), "--watch-preserve-output"];
  // Its own group: Ctrl-C is for us, who end it before what it leans on.
  const server = spawn(process.execPath, [...options, "server/main.ts", ...process.argv.slice(2)], {
    env,
    stdio: "inherit",
    detached: true,
  });
  opened.add(async () => {
    if (server.exitCode !== null) return;
    server.kill("SIGTERM");
    await once(server, "exit");
  });
});
