import { execFile } from "node:child_process";
import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, it } from "vitest";

import { startHouse } from "#ops/run-house.ts";
import { temporaryFolder } from "#ops/throwaway.ts";

const house = join(import.meta.dirname, "../..");
const folder = temporaryFolder("backup");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const npm = (script: string, file: string, dataDir: string) =>
  promisify(execFile)("npm", ["run", "--silent", script, file], {
    cwd: house,
    env: { ...process.env, PLENARY_DATA: dataDir },
  }).catch(({ stderr }: { stderr: string }) => ({ stdout: "", stderr }));

const post = async (url: string, path: string, body: object) => {
  const headers = { "content-type": "application/json" };
  return (await fetch(`${url}/api/v1${path}`, { method: "POST", headers, body: JSON.stringify(body) })).status;
};
const linkIn = async (url: string) => {
  const { items } = (await (await fetch(`${url}/api/v1/dev/letters`)).json()) as { items: { text: string }[] };
  return /verify\?token=([\w.-]+)/.exec(items[0]?.text ?? "")?.[1];
};

it("is taken of an installation that runs, and opens another one where its links go on", async () => {
  const file = join(folder, "all.tar.gz");
  const restored = join(folder, "restored");
  const first = await startHouse();
  await post(first.url, "/auth/register", { name: "Ada", email: "ada@example.org", password: "correct horse battery" });
  await expect.poll(() => linkIn(first.url)).toBeDefined();
  const token = await linkIn(first.url);

  const { stdout, stderr } = await npm("backup", file, first.dataDir);

  expect([stdout, stderr]).toEqual([expect.stringMatching(/holds \d+ rows and 0 files/), ""]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect((await npm("restore", file, first.dataDir)).stderr).toMatch(/already runs in this folder/);
  await first.stop();
  expect(await npm("restore", file, restored)).toEqual({ stdout: expect.stringMatching(/are here again/), stderr: "" });
  expect((await npm("restore", file, restored)).stderr).toMatch(/is not empty/);
  const second = await startHouse({ dataDir: restored });
  expect(await post(second.url, "/auth/verify", { token })).toBe(200);
  await second.stop();
});
