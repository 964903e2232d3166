import { createHash, randomBytes } from "node:crypto";
import { parseCookie } from "cookie";

import * as repo from "#server/modules/identity/repo/sessions.ts";
import { sessionOfToken } from "#server/modules/identity/tokens.ts";
import type { Actor, Ctx, Held } from "#server/platform/ctx.ts";
import { readLinkToken } from "#server/platform/links.ts";

export const sessionDays = 30;
const day = 86_400_000;
const touchAfter = 10 * 60_000;

/** The cookie that carries a session; on https its name binds it to this host. */
export const sessionCookie = (publicUrl: string) =>
  publicUrl.startsWith("https:") ? "__Host-plenary_session" : "plenary_session";

/** The cookie that carries the links a guest has opened, newest first. */
export const linksCookie = "plenary_links";

/** The cookie that carries the invitations somebody has opened. */
export const invitationsCookie = "plenary_invitations";

export const newSessionToken = () => randomBytes(32).toString("base64url");
export const hashToken = (token: string) => createHash("sha256").update(token).digest();

interface Headers {
  cookie?: string;
  authorization?: string;
}

/** Finds out who sends these headers: one query for a session, one more only for those who carry links. */
export async function whoIs(ctx: Ctx, headers: Headers): Promise<Pick<Ctx, "actor" | "holds"> & { locale?: string }> {
  const bearer = /^Bearer +(\S.*)$/i.exec(headers.authorization ?? "")?.[1];
  // Whoever names a token speaks with it alone: cookies beside it open nothing, so no other site can use them.
  if (bearer) return { holds: [], ...(await bearerOf(ctx, bearer)) };
  const cookies = headers.cookie ? parseCookie(headers.cookie) : {};
  const token = cookies[sessionCookie(ctx.settings.publicUrl)];
  const session = token ? await readSession(ctx, { tokenHash: hashToken(token) }) : undefined;
  const shown = linksOf(headers.authorization, cookies[linksCookie], cookies[invitationsCookie]);
  const holds = await readLinks(ctx, shown);
  return { actor: session?.actor ?? { kind: "anonymous" }, holds, locale: session?.locale };
}

async function bearerOf(ctx: Ctx, token: string): Promise<{ actor: Actor; locale?: string }> {
  const id = await sessionOfToken(ctx, token);
  const session = id ? await readSession(ctx, { id }) : undefined;
  if (session?.actor.kind !== "user") return { actor: { kind: "anonymous" } };
  return { ...session, actor: { ...session.actor, byToken: true } };
}

async function readSession(
  ctx: Ctx,
  by: Parameters<typeof repo.findSession>[1],
): Promise<{ actor: Actor; locale: string } | undefined> {
  const session = await repo.findSession(ctx.db, by, ctx.now());
  if (!session) return undefined;
  const { sessionId, userId, personId, role, locale } = session;
  if (ctx.now().getTime() - session.lastSeenAt.getTime() > touchAfter) {
    await repo.touchSession(ctx.db, sessionId, ctx.now(), new Date(ctx.now().getTime() + sessionDays * day));
  }
  return { actor: { kind: "user", userId, personId, sessionId, isAdmin: role === "admin" }, locale };
}

const mostInCookie = 20;

function linksOf(authorization: string | undefined, ...carried: (string | undefined)[]): string[] {
  const shown = authorization?.startsWith("Link ") ? [authorization.slice("Link ".length).trim()] : [];
  return [...shown, ...carried.flatMap((cookie) => (cookie ? cookie.split("~").slice(0, mostInCookie) : []))];
}

async function readLinks(ctx: Ctx, tokens: string[]): Promise<Held[]> {
  const links = tokens
    .map((token) => readLinkToken(ctx.settings.secrets.links, token))
    .filter((link) => link !== undefined);
  const of = (kind: "registration" | "invitation") => links.filter((link) => link.kind === kind);
  const [registrations, invitations] = [of("registration"), of("invitation")];
  const held: Held[] = [];
  if (registrations.length > 0)
    for (const id of await repo.listLinkedRegistrations(ctx.db, registrations)) held.push({ of: "registration", id });
  if (invitations.length > 0)
    for (const id of await repo.listLinkedInvitations(ctx.db, invitations)) held.push({ of: "invitation", id });
  return held;
}
