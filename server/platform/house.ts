import { sql } from "kysely";

import { InstallationSettings } from "#contract/installation.ts";
import { type Db, prepared } from "#server/platform/db.ts";

const written = prepared<{ settings: object }, []>(() => sql`select settings from installation_settings`);

/** What the people who run this installation decided; each setting has a default. */
export async function findSettings(db: Db): Promise<InstallationSettings> {
  return InstallationSettings.parse((await written(db))[0]?.settings ?? {});
}

/** The name that they gave it; stands on every page and in every letter. */
export const findHouse = async (db: Db): Promise<string> => (await findSettings(db)).name;

/** Stands in the sentences of letters, which are written before anybody asks for the name; no person can type it. */
export const houseMark = "\uE000house\uE000";
