import { demoAccounts, demoPassword } from "#db/demo-people.ts";
import { prepareEngine } from "#server/gateways/engine.ts";
import { freePort } from "#server/platform/addresses.ts";
import { noteDemo, openEmbedded, showsDemo, wantsDemo } from "#server/platform/embedded.ts";
import { createLog } from "#server/platform/log.ts";
import { migrate } from "#server/platform/migrate.ts";
import { readSettings, type Settings } from "#server/platform/settings.ts";
import { live, type Opened, refuseBusyPort, slowly, tellOfEngine } from "#server/platform/startup.ts";
import { buildWeb } from "#server/platform/web-build.ts";
import type { House } from "#server/roles/house.ts";

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

  const house = { settings, databaseUrl, media, log: createLog(settings.logLevel) };
  if (wantsDemo(settings)) await slowly("Making the demo events", fillHouse(house));
  ending.throwIfAborted();

  const { startRoles } = await import("#server/roles/start.ts");
  const running = await startRoles(house);
  opened.add(running.close);
  tellWhere(settings);
  tellOfEngine(media);
}

async function openDatabase(settings: Settings, opened: Opened): Promise<string> {
  const url = settings.databaseUrl ?? (await openEmbedded(settings, opened));
  await slowly("Bringing the database up to date", migrate(url));
  return url;
}

async function fillHouse(house: House): Promise<void> {
  const [{ openHouse }, { makeDemo }] = await Promise.all([
    import("#server/roles/house.ts"),
    import("#db/demo.ts"),
    import("#server/modules.ts"),
  ]);
  const { ctx, close } = await openHouse(house, 10);
  try {
    await makeDemo(ctx);
    noteDemo(house.settings);
  } catch (error) {
    house.log.error(error, "the demo events could not be made");
  } finally {
    await close();
  }
}

function tellWhere(settings: Settings): void {
  console.log(`Plenary is at ${settings.publicUrl}`);
  if (!settings.smtpUrl && settings.isLoopback) console.log(`  letters lie at ${settings.publicUrl}/dev/mail`);
  if (!showsDemo(settings)) return;
  for (const { does, email } of demoAccounts.slice(0, 3)) {
    console.log(`  sign in as ${email} with ${demoPassword}: ${does}`);
  }
}
