import { existsSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { startPostgres } from "#server/platform/postgres.ts";
import type { Settings } from "#server/platform/settings.ts";
import { type Opened, slowly } from "#server/platform/startup.ts";

const wish = (dataDir: string) => join(dataDir, "demo-wanted");
const deed = (dataDir: string) => join(dataDir, "demo-made");

/** Starts the database of this folder; the very first time it asks for demo data. */
export async function openEmbedded({ dataDir }: Settings, opened: Opened): Promise<string> {
  const postgres = await slowly("Starting the database", startPostgres({ dataDir }));
  opened.add(postgres.stop);
  postgres.onCrash(() => console.error("The database ended by itself and is started again."));
  if (postgres.isNew) writeFileSync(wish(dataDir), "");
  return postgres.url;
}

export const wantsDemo = ({ demo, dataDir }: Settings) => demo && existsSync(wish(dataDir));

export const noteDemo = ({ dataDir }: Settings) => renameSync(wish(dataDir), deed(dataDir));

/** Whether this installation has the demo, and only this machine can reach it. */
export const showsDemo = ({ demo, dataDir }: Settings) => demo && existsSync(deed(dataDir));
