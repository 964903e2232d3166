import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { type RunningHouse, startHouse } from "#ops/run-house.ts";
import { temporaryFolder } from "#ops/throwaway.ts";
import { commandOf } from "#server/platform/processes.ts";

const isRoot = process.getuid?.() === 0;
let house: RunningHouse | undefined;
let folder: string;

beforeEach(() => {
  folder = temporaryFolder("place");
});
afterEach(async () => {
  await house?.stop();
  house = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe("as root", () => {
  it.runIf(isRoot)("runs the database as the user postgres, and keeps secrets to itself", async () => {
    house = await startHouse({ dataDir: folder });

    const pid = readFileSync(join(folder, "postgres/postmaster.pid"), "utf8").split("\n")[0];
    const owner = /^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    expect(owner).not.toBe("0");
    for (const secret of ["plenary-secret", "plenary-ticket-key", "postgres-password"]) {
      expect(modeOf(join(folder, secret))).toBe("600");
    }
  });

  it.runIf(isRoot)(
    "in a folder that only root may enter, moves program and data where their user can reach them",
    async () => {
      const closed = mkdtempSync(join(homedir(), ".plenary-closed-"));
      const dataDir = join(closed, "data");
      mkdirSync(dataDir);
      try {
        house = await startHouse({ dataDir });

        const where = readFileSync(join(dataDir, "where"), "utf8").trim();
        expect(where).toMatch(/^\/var\/lib\/plenary\//);
        expect(existsSync(join(where, "postgres/PG_VERSION"))).toBe(true);
        const pid = Number(readFileSync(join(where, "postgres/postmaster.pid"), "utf8").split("\n")[0]);
        expect(commandOf(pid)).toContain(join(where, "program-"));

        await house.end("SIGTERM");
        house = await startHouse({ dataDir });
        expect((await house.ready()).database.state).toBe("ready");
        await house.stop();
        rmSync(where, { recursive: true });
      } finally {
        rmSync(closed, { recursive: true, force: true });
      }
    },
  );
});

describe("the media engine", () => {
  /** A machine without an engine of any kind. */
  const bare = () => ({ PATH: dirname(process.execPath), XDG_CACHE_HOME: join(folder, "cache"), LIVEKIT_BIN: "" });

  it("that cannot be had leaves all else working, and says why", async () => {
    const env = { ...bare(), LIVEKIT_BIN: "/nowhere/livekit-server" };

    house = await startHouse({ env });

    const { status, media } = await house.ready();
    expect(status).toBe("ready");
    expect(media).toMatchObject({ state: "off", reason: expect.stringContaining("/nowhere/livekit-server") });
    expect((await fetch(house.url)).status).toBe(200);
    await expect.poll(house.output).toContain("Live rooms are off");
  });

  it("comes from a released archive by its checksum", async () => {
    const { archive, sha256 } = packEngine();

    house = await startHouse({ env: { ...bare(), LIVEKIT_RELEASE: archive, LIVEKIT_RELEASE_SHA256: sha256 } });
    await house.untilRoomsAreReady();

    const { pid } = JSON.parse(readFileSync(join(house.dataDir, "engine/running"), "utf8"));
    expect(commandOf(pid)).toContain(join(house.dataDir, "engine/livekit-server"));
  });

  it("is refused when the archive is another one", async () => {
    const { archive } = packEngine();

    // Without a checksum of our own it must be the official archive.
    house = await startHouse({ env: { ...bare(), LIVEKIT_RELEASE: archive } });

    await expect(house.untilRoomsAreReady()).rejects.toThrow(/has the checksum [0-9a-f]{64}, not [0-9a-f]{64}/);
  });

  /** An archive as the official ones are: a licence, and the program. */
  function packEngine(): { archive: string; sha256: string } {
    const engine = process.env.LIVEKIT_BIN || join(homedir(), ".cache/plenary/livekit-server-1.13.5");
    const archive = join(folder, "livekit.tar.gz");
    writeFileSync(join(folder, "LICENSE"), "Apache License");
    const rename = `s#.*/livekit-server.*#livekit-server#`;
    const options = ["-I", "gzip -1", "-P", "--transform", rename, "-cf", archive, "-C", folder, "LICENSE", engine];
    const { status, stderr } = spawnSync("tar", options, { encoding: "utf8" });
    expect(stderr).toBe("");
    expect(status).toBe(0);
    return { archive, sha256: createHash("sha256").update(readFileSync(archive)).digest("hex") };
  }
});
