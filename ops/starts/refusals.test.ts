import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { refusedStart } from "#ops/run-house.ts";
import { temporaryFolder, withMigrated } from "#ops/throwaway.ts";
import { withClient } from "#server/platform/postgres.ts";

let dataDir: string;
beforeEach(() => {
  dataDir = temporaryFolder("refusal");
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const isRoot = process.getuid?.() === 0;

/** One sentence, without a stack trace. */
const isASentence = (says: string) => expect(says).toMatch(/^[A-Z][^\n]*\.$/);

describe("a start that cannot go on says why in one sentence", () => {
  it("when another program has the port", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as { port: number };

    const { code, says } = await refusedStart({ PORT: String(port), PLENARY_DATA: dataDir });

    other.close();
    expect(code).toBe(1);
    isASentence(says);
    expect(says).toContain(`Port ${port} is taken by another program: stop that one, or choose another port`);
  });

  it("when the database belongs to a newer version, which stays as it is", async () => {
    await withMigrated(async (url) => {
      const tell = "insert into migrations (name, hash) values ('9999_from_the_future', 'f00d')";
      await withClient(url, (client) => client.query(tell));

      const { code, says } = await refusedStart({ DATABASE_URL: url, PLENARY_DATA: dataDir });

      expect(code).toBe(1);
      isASentence(says);
      expect(says).toContain("belongs to a newer Plenary");
    });
  });

  it("when the database cannot be reached", async () => {
    const { code, says } = await refusedStart({
      DATABASE_URL: "postgres://plenary@127.0.0.1:9/plenary",
      PLENARY_DATA: dataDir,
    });

    expect(code).toBe(1);
    isASentence(says);
    expect(says).toContain("DATABASE_URL");
  });

  it("when a setting makes no sense", async () => {
    const { code, says } = await refusedStart({ SMTP_URL: "http://mail.example.org", PLENARY_DATA: dataDir });

    expect(code).toBe(1);
    isASentence(says);
    expect(says).toContain("SMTP_URL");
  });

  it.each([
    ["missing", {}, "PLENARY_SECRET is missing"],
    ["weak", { PLENARY_SECRET: "a".repeat(40) }, "PLENARY_SECRET is too weak"],
    [
      "for tests only",
      { PLENARY_SECRET: "k3J9x!mQ7vR2tY8wB4nZ6cD1fG5hL0pS", PLENARY_CLOCK: "/tmp/clock" },
      "PLENARY_CLOCK",
    ],
  ])("when a secret of production is %s", async (_how, env, reason) => {
    const { code, says } = await refusedStart({ NODE_ENV: "production", PLENARY_DATA: dataDir, ...env });

    expect(code).toBe(1);
    isASentence(says);
    expect(says).toContain(reason);
  });

  // The data folder does not fit, then its first tables, then its migrations.
  it.runIf(isRoot).each([12, 40, 46, 58])("when the disk is full at %i MB", async (megabytes) => {
    const disk = join(dataDir, "disk");
    mkdirSync(disk);
    const { status, stderr } = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=755`, "tmpfs", disk]);
    expect(String(stderr)).toBe("");
    expect(status).toBe(0);
    try {
      const { code, says } = await refusedStart({ PLENARY_DATA: join(disk, "data") });

      expect(code).toBe(1);
      isASentence(says);
      expect(says).toContain("is full: free some space");
    } finally {
      spawnSync("umount", [disk]);
    }
  });
});
