import { createPrivateKey, generateKeyPairSync, hkdfSync, type KeyObject, randomBytes } from "node:crypto";
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { Unstartable } from "#server/platform/unstartable.ts";

const enoughCharacters = 32;
const enoughDifferentOnes = 10;

export const newSecret = () => randomBytes(32).toString("base64url");

export const newTicketKey = () =>
  generateKeyPairSync("ed25519").privateKey.export({ format: "der", type: "pkcs8" }).toString("base64");

/** Reads a secret that was not given from the data folder, made there at its first use; production wants its own. */
export function keptSecret(ask: { dataDir: string; name: string; make: () => string; production: boolean }): string {
  const { dataDir, name, make, production } = ask;
  if (production) throw new Unstartable(`${name} is missing: in production set it to a secret of your own.`);
  const path = join(dataDir, name.toLowerCase().replaceAll("_", "-"));
  return readKept(path) ?? keep(path, make());
}

function readKept(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").trim() || undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Several processes may start at once: the first link wins, and all read the same bytes, never half of them. */
function keep(path: string, secret: string): string {
  mkdirSync(join(path, ".."), { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${secret}\n`, { mode: 0o600 });
  chmodSync(draft, 0o600);
  try {
    linkSync(draft, path);
    return secret;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return readFileSync(path, "utf8").trim();
  } finally {
    rmSync(draft, { force: true });
  }
}

export interface Secrets {
  /** Signs the tokens in links. */
  links: string;
  cookies: string;
  /** Signs access tokens of the API. */
  tokens: string;
  /** Seals what is stored and must be read again. */
  seals: string;
  /** The private key that browsers know us by when we ring them (P-256). */
  push: string;
  /** Shared with the media engine that we start. */
  media: string;
  /** Names what is ours in a Redis. */
  redis: string;
}

/** One secret, several purposes: what leaks from one says nothing about another. */
export function derivedSecrets(secret: string): Secrets {
  if (secret.length < enoughCharacters || new Set(secret).size < enoughDifferentOnes) {
    throw new Unstartable(
      `PLENARY_SECRET is too weak: give it at least ${enoughCharacters} random characters, such as \`openssl rand -base64 32\` prints.`,
    );
  }
  const derive = (purpose: string) =>
    Buffer.from(hkdfSync("sha256", secret, "", `plenary/${purpose}`, 32)).toString("base64url");
  return {
    links: derive("links"),
    cookies: derive("cookies"),
    tokens: derive("tokens"),
    seals: derive("seals"),
    push: derive("push"),
    media: derive("media"),
    redis: derive("redis"),
  };
}

export function readTicketKey(base64: string): KeyObject {
  try {
    const key = createPrivateKey({ key: Buffer.from(base64, "base64"), format: "der", type: "pkcs8" });
    if (key.asymmetricKeyType === "ed25519") return key;
  } catch {
    // The sentence below says what is wanted.
  }
  throw new Unstartable(
    "PLENARY_TICKET_KEY must be an Ed25519 key in PKCS8, base64: `openssl genpkey -algorithm ed25519 -outform DER | base64 -w0` makes one.",
  );
}
