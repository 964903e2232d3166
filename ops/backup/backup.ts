import { createHash, createPublicKey } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";

import { type Add, damaged, readArchive, writeArchive } from "#ops/backup/archive.ts";
import { atOneMoment, exportRows, importRows, isEmpty, type Shape, shapeOf } from "#ops/backup/database.ts";
import type { Files } from "#server/gateways/files.ts";
import { migrate } from "#server/platform/migrate.ts";
import { withClient } from "#server/platform/postgres.ts";
import type { Settings } from "#server/platform/settings.ts";
import { Unstartable } from "#server/platform/unstartable.ts";

/** The secrets without which links in letters and printed tickets end; those that we made lie in the data folder. */
export const keptSecrets = {
  "plenary-secret": ["PLENARY_SECRET", "JWT_SECRET"],
  "plenary-ticket-key": ["PLENARY_TICKET_KEY"],
};
type SecretName = keyof typeof keptSecrets;

/** The first entry of a backup. */
export interface Head {
  format: 1;
  madeAt: string;
  shape: Shape;
  /** What the folder holds; what comes by the environment stays there. */
  secrets: Partial<Record<SecretName, string>>;
  /** Tells whether an installation has the same secrets, and nothing more about them. */
  marks: Record<SecretName, string>;
}

/** The last entry: a backup without it is torn. */
interface Tail {
  rows: Record<string, number>;
  files: number;
}

const headName = "plenary.json";
const tailName = "whole.json";
const json = (value: unknown) => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);

interface House {
  url: string;
  files: Files;
  settings: Pick<Settings, "dataDir" | "secrets" | "ticketKey">;
}

export interface Taken {
  rows: number;
  files: number;
  /** Thrown away by somebody while the backup was taken. */
  gone: number;
}

/** Writes all of an installation into one file, as it is at one moment, while it runs or not. */
export async function takeBackup({ url, files, settings }: House, path: string): Promise<Taken> {
  const taken: Taken = { rows: 0, files: 0, gone: 0 };
  await writeArchive(path, (add) =>
    withClient(url, (client) =>
      atOneMoment(client, async () => {
        const shape = await shapeOf(client);
        await add(headName, json(headOf(shape, settings)));
        const rows = await exportRows(client, shape, add);
        await addFiles(files, add, taken);
        await add(tailName, json({ rows, files: taken.files } satisfies Tail));
        taken.rows = Object.values(rows).reduce((all, some) => all + some, 0);
      }),
    ),
  );
  return taken;
}

async function addFiles(files: Files, add: Add, taken: Taken): Promise<void> {
  for await (const key of files.list()) {
    const bytes = await files.find(key);
    if (bytes) {
      await add(`files/${key}`, await buffer(bytes));
      taken.files += 1;
    } else taken.gone += 1;
  }
}

function headOf(shape: Shape, { dataDir, ...settings }: House["settings"]): Head {
  const secrets: Head["secrets"] = {};
  const marks = marksOf(settings);
  for (const name of Object.keys(keptSecrets) as SecretName[]) {
    const path = join(dataDir, name);
    if (existsSync(path)) secrets[name] = readFileSync(path, "utf8").trim();
  }
  return { format: 1, madeAt: new Date().toISOString(), shape, secrets, marks };
}

export function marksOf({ secrets, ticketKey }: Pick<Settings, "secrets" | "ticketKey">): Head["marks"] {
  const mark = (bytes: string | Buffer) => createHash("sha256").update(bytes).digest("hex");
  return {
    "plenary-secret": mark(`backup ${secrets.links}`),
    "plenary-ticket-key": mark(createPublicKey(ticketKey).export({ format: "der", type: "spki" })),
  };
}

export async function readHead(path: string): Promise<Head> {
  for await (const { name, bytes } of readArchive(path)) {
    const head = name === headName ? (JSON.parse(String(bytes)) as Head) : undefined;
    if (head?.format === 1) return head;
    break;
  }
  throw damaged(path);
}

/**
 * Fills an empty installation from a backup, and brings it up to this program.
 *
 * Rows come all or not at all; of uploads, none stays behind when it fails.
 */
export async function restoreBackup({ url, files, settings }: House, path: string): Promise<Tail> {
  const { shape, marks } = await readHead(path);
  refuseOtherSecrets(marks, marksOf(settings));
  await refuseUsed(url, files);
  const put: string[] = [];
  let tail: Tail | undefined;
  try {
    await migrate(url, { as: new Map(shape.migrations) });
    await withClient(url, (client) =>
      importRows(client, shape, async (rows) => {
        for await (const { name, bytes } of readArchive(path)) {
          const [kind, table = ""] = name.split("/");
          if (kind === "database") await rows.take(table, bytes);
          if (kind === "files") {
            const key = name.slice("files/".length);
            put.push(key);
            await files.put(key, bytes);
          }
          if (name === tailName) tail = JSON.parse(String(bytes)) as Tail;
        }
        if (!tail || !isWhole(tail, { rows: await rows.end(), files: put.length })) throw damaged(path);
      }),
    );
  } catch (error) {
    for (const key of put) await files.remove(key);
    throw error;
  }
  await migrate(url);
  return tail as unknown as Tail;
}

const isWhole = (wanted: Tail, got: Tail) =>
  wanted.files === got.files && Object.entries(wanted.rows).every(([table, count]) => got.rows[table] === count);

async function refuseUsed(url: string, files: Files): Promise<void> {
  const used = new Unstartable(
    "This installation is not empty: restore into a new folder, as in `PLENARY_DATA=.plenary-restored npm run restore FILE`, or a new database.",
  );
  if (!(await withClient(url, isEmpty))) throw used;
  for await (const _ of files.list()) throw used;
}

function refuseOtherSecrets(wanted: Head["marks"], mine: Head["marks"]): void {
  for (const name of Object.keys(keptSecrets) as SecretName[]) {
    if (wanted[name] === mine[name]) continue;
    throw new Unstartable(
      `The backup belongs to another ${keptSecrets[name][0]}, and links or tickets of then would end: set the one of the installation it was taken from.`,
    );
  }
}
