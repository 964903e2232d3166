import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { readSettings } from "#server/platform/settings.ts";

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "plenary-settings-"));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const read = (env: NodeJS.ProcessEnv = {}, args: string[] = []) =>
  readSettings({ PLENARY_DATA: dataDir, ...env }, args);

const aSecret = "k3J9x!mQ7vR2tY8wB4nZ6cD1fG5hL0pS";

describe("readSettings", () => {
  it("needs nothing at all", () => {
    expect(read()).toMatchObject({
      port: 3000,
      host: "localhost",
      publicUrl: "http://localhost:3000",
      isLoopback: true,
      demo: true,
      production: false,
      roles: ["web", "realtime", "worker"],
    });
  });

  it("makes its secrets once and keeps them to their owner", () => {
    const first = read();
    const second = read();

    expect(second.secrets).toEqual(first.secrets);
    expect(second.ticketKey.equals(first.ticketKey)).toBe(true);
    expect(statSync(join(dataDir, "plenary-secret")).mode & 0o777).toBe(0o600);
    expect(new Set(Object.values(first.secrets)).size).toBe(Object.keys(first.secrets).length);
    expect(Object.values(first.secrets)).not.toContain(readFileSync(join(dataDir, "plenary-secret"), "utf8").trim());
  });

  it("takes JWT_SECRET for the secret, as the specification names it", () => {
    expect(read({ JWT_SECRET: aSecret }).secrets).toEqual(read({ PLENARY_SECRET: aSecret }).secrets);
  });

  it.each([
    ["0.0.0.0", undefined],
    ["0.0.0.0", "http://localhost:3000"],
    ["localhost", "https://events.example.org"],
  ])("does not call %s with the address %s a loopback, so letters and demo data stay away", (HOST, PUBLIC_URL) => {
    expect(read({ HOST, PUBLIC_URL })).toMatchObject({ isLoopback: false, demo: false });
  });

  it("takes an empty setting for one that is not set", () => {
    expect(read({ SMTP_URL: "", PORT: "" })).toMatchObject({ smtpUrl: undefined, port: 3000 });
  });

  it("believes the proxies that are named, in any usual way of writing a list", () => {
    const { trustedProxy } = read({ TRUSTED_PROXY: "10.0.0.0/8, ::1 loopback" });

    expect(trustedProxy).toEqual(["10.0.0.0/8", "::1", "loopback"]);
  });

  it.each([
    [{ PORT: "70000" }, "PORT"],
    [{ PORT: "http" }, "PORT"],
    [{ DATABASE_URL: "mysql://localhost" }, "DATABASE_URL"],
    [{ REDIS_URL: "localhost:6379" }, "REDIS_URL"],
    [{ TRUSTED_PROXY: "everybody" }, "TRUSTED_PROXY"],
    [{ MEDIA_ADDRESS: "media.example.org" }, "MEDIA_ADDRESS"],
    [{ LIVEKIT_URL: "wss://live.example.org" }, "LIVEKIT_API_KEY"],
    [{ LIVEKIT_API_SECRET: "short" }, "LIVEKIT_API_SECRET"],
    [{ PLENARY_DEMO: "maybe" }, "PLENARY_DEMO"],
    [{ PLENARY_SECRET: "short" }, "PLENARY_SECRET"],
    [{ PLENARY_SECRET: "ab".repeat(20) }, "PLENARY_SECRET"],
    [{ PLENARY_TICKET_KEY: "no key" }, "PLENARY_TICKET_KEY"],
    [{ NODE_ENV: "production" }, "PLENARY_SECRET"],
    [{ NODE_ENV: "production", PLENARY_SECRET: aSecret }, "PLENARY_TICKET_KEY"],
    [{ NODE_ENV: "production", PLENARY_SECRET: aSecret, PLENARY_CLOCK: "/tmp/clock" }, "PLENARY_CLOCK"],
  ])("refuses %o in one sentence that names %s", (env, name) => {
    expect(() => read(env)).toThrow(new RegExp(`^[^\\n]*${name}[^\\n]*\\.$`));
  });

  it("starts the roles that are asked for, and no others that nobody knows", () => {
    expect(read({}, ["--roles=web,worker"]).roles).toEqual(["web", "worker"]);
    expect(() => read({}, ["--roles=web,media"])).toThrow("--roles=");
  });
});
