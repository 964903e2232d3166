import { execFile } from "node:child_process";
import { randomUUIDv7 } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";

import { chain, record } from "#server/modules/audit/service.ts";
import { inTx } from "#server/platform/ctx.ts";
import { startTestApp, type TestApp } from "#server/platform/testing.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const verify = (): Promise<{ code?: number; stdout: string; stderr: string }> =>
  promisify(execFile)("npm", ["run", "--silent", "audit:verify"], {
    cwd: join(import.meta.dirname, ".."),
    env: { ...process.env, DATABASE_URL: t.databaseUrl },
  }).catch((error) => error);

it("says whether the log holds, and ends with 1 where somebody altered it", async () => {
  for (const note of ["one", "two"]) {
    await inTx(t.ctx, (tctx) =>
      record(tctx, "event.changed", { kind: "event", id: randomUUIDv7() }, { new: { note } }),
    );
  }
  await chain(t.ctx);
  const good = await verify();
  expect([good.code, good.stdout]).toEqual([undefined, expect.stringMatching(/^2 entries .* 0 .*\nEvery chain holds/)]);

  const intruder = new pg.Client({ connectionString: t.databaseUrl });
  await intruder.connect();
  await intruder.query("set session_replication_role = replica");
  const { rows } = await intruder.query(
    `update audit_entries set new = '{}' where id = (select min(id::text)::uuid from audit_entries) returning id`,
  );
  await intruder.end();

  const altered = await verify();
  expect([altered.code, altered.stderr]).toEqual([1, expect.stringContaining(rows[0].id)]);
});
