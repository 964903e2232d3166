import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { migrate } from "#server/platform/migrate.ts";
import { startPostgres } from "#server/platform/postgres.ts";

// What is lost in a power cut here, nobody misses.
const flags = ["fsync=off", "full_page_writes=off", "max_connections=300"];

/** A folder that the database's user may enter too, so that nothing has to move out of it. */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `plenary-${name}-`));
  chmodSync(folder, 0o755);
  return folder;
}

/** A PostgreSQL that is gone with its data when `stop` is called. */
export async function startThrowaway(): Promise<{ url: string; stop: () => Promise<void> }> {
  const dataDir = temporaryFolder("throwaway");
  const { url, stop } = await startPostgres({ dataDir, flags });
  return {
    url,
    stop: async () => {
      await stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A migrated database for as long as `use` runs. */
export async function withMigrated<T>(use: (url: string) => Promise<T>): Promise<T> {
  const { url, stop } = await startThrowaway();
  try {
    await migrate(url);
    return await use(url);
  } finally {
    await stop();
  }
}
