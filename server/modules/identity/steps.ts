import { randomUUIDv7 } from "node:crypto";

import * as repo from "#server/modules/identity/repo/steps.ts";
import type { Ctx } from "#server/platform/ctx.ts";
import { linkToken, readLinkToken } from "#server/platform/links.ts";
import { Problem } from "#server/platform/problem.ts";

const minutesOf: Record<repo.Step["kind"], number> = {
  magic: 30,
  email: 24 * 60,
  second: 10,
  passkey: 10,
  new_passkey: 10,
  provider: 15,
  forget: 24 * 60,
};

/** Takes down what somebody has begun, and gives the token by which they will end it. */
export async function beginStep(
  ctx: Pick<Ctx, "db" | "settings" | "now">,
  kind: repo.Step["kind"],
  about: Partial<Omit<repo.Step, "id" | "kind">>,
): Promise<string> {
  const id = randomUUIDv7();
  const now = ctx.now();
  const endsAt = new Date(now.getTime() + minutesOf[kind] * 60_000);
  const blank = { userId: null, secret: "", email: null, provider: "", next: "", since: null };
  await repo.insertStep(ctx.db, { ...blank, ...about, id, kind, endsAt, now });
  return linkToken(ctx.settings.secrets.links, { kind: "step", id, version: 1 });
}

/** Reads a step that is under way, and leaves it so. */
export const readStep = (ctx: Pick<Ctx, "db" | "settings" | "now">, kind: repo.Step["kind"], token: string) =>
  look(ctx, kind, token, repo.findStep);

/** Ends a step: its token is void from then on. */
export const endStep = (ctx: Pick<Ctx, "db" | "settings" | "now">, kind: repo.Step["kind"], token: string) =>
  look(ctx, kind, token, repo.takeStep);

async function look(
  ctx: Pick<Ctx, "db" | "settings" | "now">,
  kind: repo.Step["kind"],
  token: string,
  by: typeof repo.findStep,
): Promise<repo.Step> {
  const link = readLinkToken(ctx.settings.secrets.links, token);
  const step = link?.kind === "step" ? await by(ctx.db, { id: link.id, kind, now: ctx.now() }) : undefined;
  if (!step) throw new Problem("auth.link_invalid");
  return step;
}
