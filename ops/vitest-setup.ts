import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

import { migrate } from "#server/platform/migrate.ts";
import { startPostgres, withClient } from "#server/platform/postgres.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A PostgreSQL for this run, where test files make their databases. */
    postgresUrl: string;
    /** The migrated database that they copy; nobody may be connected to it. */
    templateDatabase: string;
  }
}

const template = "plenary_template";

// What a test run loses in a power cut, nobody misses.
const flags = ["fsync=off", "full_page_writes=off", "max_connections=300"];

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), "plenary-test-"));
  const postgres = await startPostgres({ dataDir, flags });
  const stop = async () => {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await withClient(postgres.url, (client) => client.query(`create database ${template}`));
    await migrate(databaseAt(postgres.url, template));
  } catch (error) {
    await stop();
    throw error;
  }
  project.provide("postgresUrl", postgres.url);
  project.provide("templateDatabase", template);
  return stop;
}

function databaseAt(url: string, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}
