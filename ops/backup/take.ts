import { resolve } from "node:path";

import { takeBackup } from "#ops/backup/backup.ts";
import { openDatabase } from "#ops/with-house.ts";
import { openFiles } from "#server/gateways/s3.ts";
import { readSettings } from "#server/platform/settings.ts";
import { inASentence } from "#server/platform/startup.ts";

const moment = new Date().toISOString().slice(0, 19).replaceAll(":", "");
const path = resolve(process.argv[2] ?? `plenary-${moment}Z.tar.gz`);

try {
  const settings = readSettings(process.env, []);
  const { url, stop } = await openDatabase(settings);
  try {
    const { rows, files, gone } = await takeBackup({ url, files: openFiles(settings), settings }, path);
    console.log(`${path} holds ${rows} rows and ${files} files.`);
    if (gone > 0) console.log(`${gone} files were thrown away meanwhile and are not in it.`);
    console.log("Whoever has it can read and do everything: keep it as you keep the secrets.");
  } finally {
    await stop();
  }
} catch (error) {
  console.error(inASentence(error) ?? error);
  process.exitCode = 1;
}
