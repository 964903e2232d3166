import { prepareEngine } from "#server/gateways/engine.ts";
import { freePort } from "#server/platform/addresses.ts";
import { createLog } from "#server/platform/log.ts";
import { migrate } from "#server/platform/migrate.ts";
import { startPostgres } from "#server/platform/postgres.ts";
import { readSettings, type Settings } from "#server/platform/settings.ts";
import { live, type Opened, refuseBusyPort, slowly, tellOfEngine } from "#server/platform/startup.ts";
import { buildWeb } from "#server/platform/web-build.ts";

// Below a watch nothing here is ours to close, and a slow end would hang the next start.
const endsAtOnce = process.argv.includes("--dev");

await live(start, { endsAtOnce });

async function start(opened: Opened, ending: AbortSignal): Promise<void> {
  const port = process.env.PORT === "0" ? String(await freePort()) : process.env.PORT;
  const settings = readSettings({ ...process.env, PORT: port });
  if (!settings.dev) await refuseBusyPort(settings.host, settings.port);

  const building = settings.dev ? undefined : slowly("Building the pages", buildWeb(ending));
  // Whatever else fails first, its own failure is told below.
  building?.catch(() => {});
  const databaseUrl = await openDatabase(settings, opened);
  ending.throwIfAborted();
  const media = prepareEngine(settings);
  opened.add(media.close);
  await building;
  ending.throwIfAborted();

  const { startRoles } = await import("#server/roles/start.ts");
  const running = await startRoles({ settings, databaseUrl, media, log: createLog(settings.logLevel) });
  opened.add(running.close);
  console.log(`Plenary is at ${settings.publicUrl}`);
  tellOfEngine(media);
}

async function openDatabase(settings: Settings, opened: Opened): Promise<string> {
  const url = settings.databaseUrl ?? (await openEmbedded(settings, opened));
  await slowly("Bringing the database up to date", migrate(url));
  return url;
}

async function openEmbedded({ dataDir }: Settings, opened: Opened): Promise<string> {
  const postgres = await slowly("Starting the database", startPostgres({ dataDir }));
  opened.add(postgres.stop);
  postgres.onCrash(() => console.error("The database ended by itself and is started again."));
  return postgres.url;
}
