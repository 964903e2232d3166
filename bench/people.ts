import { randomUUIDv7 } from "node:crypto";
import type pg from "pg";

import { hashToken, newSessionToken } from "#server/modules/identity/sessions.ts";

/** The address that a proxy before us would name for the n-th of many, each from a network of their own. */
export const addressOf = (n: number) => `10.${Math.floor(n / 62_500)}.${Math.floor(n / 250) % 250}.${(n % 250) + 1}`;

/** An account with a verified address and a session, written straight into the tables; returns its cookie. */
export async function makeAccount(
  db: pg.Pool,
  name: string,
): Promise<{ cookie: string; userId: string; personId: string }> {
  const [userId, personId, sessionId] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()];
  const email = `${userId}@bench.example`;
  const token = newSessionToken();
  await db.query(
    `insert into users (id, email, name, verified_at, time_zone, created_at, updated_at)
     values ($1, $2, $3, now(), 'Europe/Berlin', now(), now())`,
    [userId, email, name],
  );
  await db.query("insert into people (id, email, name, user_id, created_at) values ($1, $2, $3, $4, now())", [
    personId,
    email,
    name,
    userId,
  ]);
  await db.query(
    `insert into sessions (id, token_hash, user_id, address, agent, created_at, last_seen_at, expires_at)
     values ($1, $2, $3, '127.0.0.1', 'bench', now(), now(), now() + interval '1 day')`,
    [sessionId, hashToken(token), userId],
  );
  return { cookie: `plenary_session=${token}`, userId, personId };
}

/** A published event of a new host: public, online, a fortnight ahead. */
export async function publishEvent(
  url: string,
  cookie: string,
  fields: Record<string, unknown> = {},
): Promise<{ id: string; slug: string }> {
  const startTime = new Date(Date.now() + 14 * 86_400_000);
  startTime.setUTCMinutes(0, 0, 0);
  const draft = await ask(url, cookie, "/events", {
    title: "An evening for the benchmark",
    summary: "Many people at once.",
    description:
      "Come in.\n\n## What happens\n\n- We **sit**\n- We breathe\n- We talk\n\nBring [a friend](https://example.org).",
    format: "virtual",
    startTime: startTime.toISOString(),
    endTime: new Date(startTime.getTime() + 5_400_000).toISOString(),
    timeZone: "Europe/Berlin",
    ...fields,
  });
  const event = await ask(url, cookie, `/events/${draft.id}/publish`, {});
  return { id: String(event.id), slug: String(event.slug) };
}

/** Asks the product something in somebody's name. */
export async function ask(url: string, cookie: string, path: string, body: object): Promise<Record<string, unknown>> {
  const reply = await fetch(`${url}/api/v1${path}`, {
    method: "POST",
    headers: { cookie, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const said = (await reply.json()) as Record<string, unknown>;
  if (!reply.ok) throw new Error(`${path}: ${reply.status} ${JSON.stringify(said)}`);
  return said;
}
