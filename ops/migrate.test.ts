import { randomBytes } from "node:crypto";
import { beforeEach, describe, expect, inject, it } from "vitest";

import { compare, migrate } from "#server/platform/migrate.ts";
import { withClient } from "#server/platform/postgres.ts";

let url: string;
beforeEach(async () => {
  const address = new URL(inject("postgresUrl"));
  const name = `migrate_${randomBytes(6).toString("hex")}`;
  await withClient(address.href, (client) => client.query(`create database ${name}`));
  address.pathname = `/${name}`;
  url = address.href;
});

const ask = (sql: string) => withClient(url, async (client) => (await client.query(sql)).rows);

const aMigration = (name: string, hash = "h") => ({ name, hash, sql: "" });

describe("migrate", () => {
  it("takes each migration once, however many processes start at once", async () => {
    await Promise.all([migrate(url), migrate(url), migrate(url)]);
    await migrate(url);

    const applied = await ask("select name from migrations order by name");
    expect(applied.length).toBeGreaterThan(0);
    expect(new Set(applied.map(({ name }) => name)).size).toBe(applied.length);
  });

  it("brings what the jobs need along", async () => {
    await migrate(url);

    expect(await ask("select to_regclass('graphile_worker.jobs') is not null as there")).toEqual([{ there: true }]);
  });

  it("refuses a database that has been further than this program", () => {
    const applied = new Map([
      ["0001_first", "h"],
      ["0002_later", "h"],
    ]);

    expect(() => compare([aMigration("0001_first")], applied)).toThrow(/newer Plenary \(it knows "0002_later"\)/);
  });

  it("refuses a migration that was edited after it was taken", () => {
    expect(() => compare([aMigration("0001_first", "new")], new Map([["0001_first", "old"]]))).toThrow(
      /"0001_first" was changed/,
    );
  });

  it("goes on after the last one that was taken", () => {
    const migrations = [aMigration("0001_first"), aMigration("0002_second")];

    expect(compare(migrations, new Map([["0001_first", "h"]])).map(({ name }) => name)).toEqual(["0002_second"]);
  });
});
