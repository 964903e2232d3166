import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { type Head, keptSecrets, readHead, restoreBackup } from "#ops/backup/backup.ts";
import { openFiles } from "#server/gateways/s3.ts";
import { startPostgres } from "#server/platform/postgres.ts";
import { readSettings, type Settings } from "#server/platform/settings.ts";
import { inASentence } from "#server/platform/startup.ts";
import { Unstartable } from "#server/platform/unstartable.ts";

try {
  const [, , file] = process.argv;
  if (!file) throw new Unstartable("Say which file: npm run restore FILE");
  const path = resolve(file);
  const head = await readHead(path);
  const { rows, files } = await withSecrets(head, (settings) => restoreInto(settings, path));
  const all = Object.values(rows).reduce((sum, some) => sum + some, 0);
  console.log(`${all} rows and ${files} files of ${head.madeAt} are here again. Start with \`npm start\`.`);
} catch (error) {
  console.error(inASentence(error) ?? error);
  process.exitCode = 1;
}

async function restoreInto(settings: Settings, path: string) {
  const { url, stop } = settings.databaseUrl
    ? { url: settings.databaseUrl, stop: async () => {} }
    : await startPostgres({ dataDir: settings.dataDir });
  try {
    return await restoreBackup({ url, files: openFiles(settings), settings }, path);
  } finally {
    await stop();
  }
}

/** Lays the backup's secrets into the folder where nothing else is given; takes them away again when nothing comes of it. */
async function withSecrets<T>({ secrets }: Head, use: (settings: Settings) => Promise<T>): Promise<T> {
  const dataDir = resolve(process.env.PLENARY_DATA || ".plenary");
  const names = Object.keys(keptSecrets) as (keyof typeof keptSecrets)[];
  const fresh = names.map((name) => join(dataDir, name)).filter((path) => !existsSync(path));
  mkdirSync(dataDir, { recursive: true });
  for (const name of names) {
    const path = join(dataDir, name);
    const isGiven = keptSecrets[name].some((variable) => process.env[variable]);
    const secret = secrets[name];
    if (secret && !isGiven && fresh.includes(path)) writeFileSync(path, `${secret}\n`, { mode: 0o600, flag: "wx" });
  }
  try {
    return await use(readSettings(process.env, []));
  } catch (error) {
    for (const path of fresh) rmSync(path, { force: true });
    throw error;
  }
}
