import type { TestProject } from "vitest/node";

import { startThrowaway } from "#ops/throwaway.ts";
import { migrate } from "#server/platform/migrate.ts";
import { withClient } from "#server/platform/postgres.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A PostgreSQL for this run, where test files make their databases. */
    postgresUrl: string;
    /** The migrated database that they copy; nobody may be connected to it. */
    templateDatabase: string;
  }
}

const template = "plenary_template";

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startThrowaway();
  try {
    await withClient(postgres.url, (client) => client.query(`create database ${template}`));
    await migrate(databaseAt(postgres.url, template));
  } catch (error) {
    await postgres.stop();
    throw error;
  }
  project.provide("postgresUrl", postgres.url);
  project.provide("templateDatabase", template);
  return postgres.stop;
}

function databaseAt(url: string, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}
