import { randomBytes, randomUUIDv7 } from "node:crypto";

import { fileUrl } from "#contract/files.ts";
import type { Organizer, OrganizerInput } from "#contract/organizers.ts";
import { hueOf } from "#domain/look/tone.ts";
import { mayBeOrganizerSlug, organizerSlugFrom } from "#domain/organizers/slugs.ts";
import type { MemberRole } from "#domain/organizers/team.ts";
import { rightChanged } from "#server/modules/access/facts.ts";
import * as audit from "#server/modules/audit/service.ts";
import { discard, takePicture } from "#server/modules/files/service.ts";
import { becomeOrganizer } from "#server/modules/identity/service/profile.ts";
import { mayAct, roleAt } from "#server/modules/organizers/policy.ts";
import * as repo from "#server/modules/organizers/repo.ts";
import { type Ctx, inTx, type TxCtx, userOf } from "#server/platform/ctx.ts";
import { readCursor, writeCursor } from "#server/platform/cursor.ts";
import { record } from "#server/platform/facts.ts";
import { Problem } from "#server/platform/problem.ts";
import { say } from "#server/platform/words.ts";

export { mayAct } from "#server/modules/organizers/policy.ts";
export type { Member, Membership } from "#server/modules/organizers/repo.ts";

/** The organizers that the caller belongs to, the one last used first. */
export const listMine = (ctx: Ctx): Promise<repo.Membership[]> => repo.listOfMember(ctx.db, userOf(ctx).userId);

/**
 * Says for which organizer the caller works: the named one, else the one last used. Whoever has none gets one by itself,
 * the first time; however often they begin at once, it is the same.
 */
export async function workFor(tctx: TxCtx, organizerId?: string): Promise<repo.Membership> {
  const { userId } = userOf(tctx);
  const mine = await repo.listOfMember(tctx.db, userId);
  const one = organizerId === undefined ? mine[0] : mine.find(({ id }) => id === organizerId);
  if (one) {
    await repo.touchMember(tctx.db, one.id, userId, tctx.now());
    return one;
  }
  if (organizerId !== undefined) throw new Problem("organizer.not_found");
  return makePersonal(tctx);
}

/** Gives the account that asks an organizer of its own, made if there is none yet: to work beside the teams it belongs to. */
export async function beginOwn(ctx: Ctx): Promise<Organizer> {
  const { userId } = userOf(ctx);
  const { id } = await inTx(ctx, async (tctx) => (await repo.findPersonal(tctx.db, userId)) ?? makePersonal(tctx));
  return getOrganizer(ctx, id);
}

async function makePersonal(tctx: TxCtx): Promise<repo.Membership> {
  const { userId } = userOf(tctx);
  const { name, timeZone } = await repo.findUser(tctx.db, userId);
  const id = randomUUIDv7();
  const base = organizerSlugFrom(name).slice(0, 50).replace(/-+$/, "");
  for (const slug of [base, `${base}-${randomBytes(3).toString("hex")}`]) {
    const one = { id, slug, name, hue: hueOf(id), timeZone };
    if (!(await repo.insertPersonal(tctx.db, { ...one, userId, now: tctx.now() }))) continue;
    await repo.insertMember(tctx.db, { organizerId: id, userId, role: "owner", now: tctx.now() });
    await becomeOrganizer(tctx, userId);
    await audit.record(tctx, "organizer.made", { kind: "organizer", id });
    return { ...one, role: "owner" };
  }
  // Another request of the same account was faster; ours waited for it to commit.
  const made = await repo.findPersonal(tctx.db, userId);
  if (!made) throw new Error("An account has neither got an organizer nor one already.");
  return made;
}

/** Who belongs to an organizer, owners first. Who may know that is for the caller to ask. */
export const listMembers = (ctx: Ctx | TxCtx, organizerId: string): Promise<repo.Member[]> =>
  repo.listMembers(ctx.db, organizerId);

/** The members of an organizer, who stay what they are until the transaction ends. */
export async function lockMembers(tctx: TxCtx, organizerId: string): Promise<repo.Member[]> {
  if (!(await repo.lockFace(tctx.db, organizerId))) throw new Problem("organizer.not_found");
  return repo.listMembers(tctx.db, organizerId);
}

/** Makes an account a member in this role, or gives a member this role. Who may do so is for the caller to ask. */
export async function putMember(
  tctx: TxCtx,
  member: { organizerId: string; userId: string; personId: string; role: MemberRole },
): Promise<void> {
  await repo.putMember(tctx.db, { ...member, now: tctx.now() });
  await becomeOrganizer(tctx, member.userId);
  await record(tctx, rightChanged({ personId: member.personId }));
}

/** Takes somebody out of a team; its events and all they made for it stay. */
export async function dropMember(
  tctx: TxCtx,
  member: { organizerId: string; userId: string; personId: string },
): Promise<void> {
  await repo.deleteMember(tctx.db, member.organizerId, member.userId);
  await record(tctx, rightChanged({ personId: member.personId }));
}

/** The public face of an organizer with this address, if there is one. */
export const findFace = (ctx: Ctx, slug: string): Promise<repo.Face | undefined> => repo.findFace(ctx.db, "slug", slug);

/** Shows the public face of an organizer, by its id or its slug. */
export async function getOrganizer(ctx: Ctx, name: string): Promise<Organizer> {
  return viewFor(ctx, await find(ctx, name));
}

/** Lists the organizers of the account that asks with their public faces, the one last used first. */
export async function listFaces(ctx: Ctx): Promise<{ items: Organizer[]; nextCursor: null }> {
  const rows = await repo.listFaces(ctx.db, userOf(ctx).userId);
  return { items: await Promise.all(rows.map(({ role: _known, ...row }) => viewFor(ctx, row))), nextCursor: null };
}

/** Changes the public face; what is left out stays. Its old address leads nowhere from then on. */
export async function changeOrganizer(ctx: Ctx, name: string, input: OrganizerInput): Promise<Organizer> {
  if (input.slug !== undefined && !mayBeOrganizerSlug(input.slug)) {
    throw new Problem("request.invalid", { fields: [{ at: "body.slug", code: "slug" }] });
  }
  return change(ctx, name, (face) => ({ ...face, ...input }));
}

/** Lets an organizer's events pass without review, or no longer; for admins. */
export async function setTrust(ctx: Ctx, id: string, trusted: boolean): Promise<void> {
  await inTx(ctx, async (tctx) => {
    if (!(await repo.lockFace(tctx.db, id))) throw new Problem("organizer.not_found");
    if (!(await repo.updateTrust(tctx.db, id, trusted ? tctx.now() : null))) return;
    await audit.record(tctx, "organizer.trust_changed", { kind: "organizer", id }, { new: { trusted } });
  });
}

/** Gives an organizer another picture, or none; the one before is thrown away. */
export async function setLogo(ctx: Ctx, name: string, bytes: Uint8Array | null): Promise<Organizer> {
  const { id } = await find(ctx, name);
  if (!(await mayAct(ctx, id, "admin"))) throw new Problem("auth.forbidden");
  const logoId = bytes && (await takePicture(ctx, bytes, "logo")).id;
  let before: string | null = null;
  const organizer = await change(ctx, name, (face) => {
    before = face.logoId;
    return { ...face, logoId };
  });
  if (before !== null) await discard(ctx, before);
  return organizer;
}

/** Follows an organizer, or no longer; as often as asked, it is once. */
export async function setFollowing(ctx: Ctx, name: string, follows: boolean): Promise<Organizer> {
  const face = await find(ctx, name);
  const { userId } = userOf(ctx);
  await inTx(ctx, async (tctx) => {
    const follow = { organizerId: face.id, userId };
    const isChanged = follows
      ? await repo.insertFollow(tctx.db, { ...follow, id: randomUUIDv7(), now: tctx.now() })
      : await repo.deleteFollow(tctx.db, follow);
    if (!isChanged) return;
    await audit.record(
      tctx,
      follows ? "user.followed" : "user.unfollowed",
      { kind: "user", id: userId },
      { new: { organizerId: face.id } },
    );
  });
  return viewFor(ctx, face);
}

/** The organizers that the account follows, the last one first. */
export async function listFollowed(
  ctx: Ctx,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<{ items: Organizer[]; nextCursor: string | null }> {
  const [before = null] = cursor === undefined ? [] : readCursor(cursor, ["id"]);
  const rows = await repo.listFollowed(ctx.db, { userId: userOf(ctx).userId, before, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: await Promise.all(shown.map(({ followId: _id, ...face }) => viewFor(ctx, face))),
    nextCursor: rows.length > limit && last ? writeCursor([last.followId]) : null,
  };
}

async function change(ctx: Ctx, name: string, to: (face: repo.Face) => repo.Face): Promise<Organizer> {
  const { id } = await find(ctx, name);
  return inTx(ctx, async (tctx) => {
    if (!(await mayAct(tctx, id, "admin"))) throw new Problem("auth.forbidden");
    const before = await repo.lockFace(tctx.db, id);
    if (!before) throw new Problem("organizer.not_found");
    const after = to(before);
    if (!(await repo.updateFace(tctx.db, after, tctx.now()))) throw new Problem("organizer.slug_taken");
    await audit.record(
      tctx,
      "organizer.changed",
      { kind: "organizer", id },
      { new: { fields: audit.fieldsOfChange(before, after) } },
    );
    return viewFor(tctx, after);
  });
}

async function find(ctx: Ctx, name: string): Promise<repo.Face> {
  const by = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(name) ? "id" : "slug";
  const found = await repo.findFace(ctx.db, by, name.toLowerCase());
  if (!found) throw new Problem("organizer.not_found");
  return found;
}

async function viewFor(ctx: Ctx | TxCtx, { logoId, ...face }: repo.Face): Promise<Organizer> {
  const role = await roleAt(ctx, face.id);
  const userId = "userId" in ctx.actor ? ctx.actor.userId : null;
  const { followers, isFollowed } = await repo.findFollowing(ctx.db, face.id, userId);
  return {
    ...face,
    logoUrl: logoId ? fileUrl(logoId, 640) : null,
    role,
    isFollowed,
    followers: role !== null || face.showsFollowers ? followers : null,
  };
}

/**
 * Takes an account that is gone out of its teams. An owner is found among those who stay; a face that nobody is behind any
 * more loses the name and all else that was said of a person.
 */
export async function forgetUser(ctx: Ctx, userId: string): Promise<void> {
  const logos = await inTx(ctx, async (tctx) => {
    const faceless: (string | null)[] = [];
    for (const { id, isPersonal } of await repo.deleteMemberships(tctx.db, userId)) {
      const face = await repo.lockFace(tctx.db, id);
      if ((await repo.raiseHeir(tctx.db, id)) || !isPersonal || !face) continue;
      const blank = { bio: "", website: "", logoId: null, slug: `gone-${id.slice(-12)}` };
      await repo.updateFace(tctx.db, { ...face, ...blank, name: say(ctx.locale, "privacy.nameless") }, tctx.now());
      await audit.record(tctx, "organizer.left", { kind: "organizer", id });
      faceless.push(face.logoId);
    }
    return faceless;
  });
  for (const logoId of logos) if (logoId !== null) await discard(ctx, logoId);
}
