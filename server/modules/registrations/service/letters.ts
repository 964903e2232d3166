import { toBuffer as drawPng } from "qrcode";

import { placeOf } from "#domain/registrations/states.ts";
import { get as getGathering } from "#server/modules/gatherings/service/reading.ts";
import { cancellation } from "#server/modules/registrations/emails/cancellation.ts";
import { changed } from "#server/modules/registrations/emails/change.ts";
import { confirmation } from "#server/modules/registrations/emails/confirmation.ts";
import { handedOn } from "#server/modules/registrations/emails/handed-on.ts";
import type { About } from "#server/modules/registrations/emails/pieces.ts";
import { declined, requested } from "#server/modules/registrations/emails/request.ts";
import { lapsed, offered, waitlisted } from "#server/modules/registrations/emails/waitlist.ts";
import * as repo from "#server/modules/registrations/repo/views.ts";
import { calendarFor, calendarsFor, linkTo, ticketOf } from "#server/modules/registrations/service/views.ts";
import { type Ctx, inTx } from "#server/platform/ctx.ts";
import { type Letter, post } from "#server/platform/letters.ts";

const aboutOf = (ctx: Ctx, row: repo.ViewRow, calendar?: string): About => ({
  row,
  publicUrl: ctx.settings.publicUrl,
  link: linkTo(ctx, row),
  calendar,
});

async function send(
  ctx: Ctx,
  letter: Letter | undefined,
  key: string,
  how: Partial<Parameters<typeof post>[2]> = {},
): Promise<void> {
  if (letter) await inTx(ctx, (tctx) => post(tctx, letter, { lane: "normal", ...how, key }));
}

/** The letter that tells how a registration stands now, whatever that is. */
async function letterNow(
  ctx: Ctx,
  row: repo.ViewRow,
  under?: "confirmation" | "relocated",
): Promise<Letter | undefined> {
  if (row.status === "confirmed") {
    const ticket = ticketOf(ctx, row);
    if (!ticket) return undefined;
    const png = await drawPng(ticket.code, { errorCorrectionLevel: "M", margin: 2, width: 440 });
    return confirmation(aboutOf(ctx, row, await calendarFor(ctx, row)), { typedCode: ticket.typedCode, png }, under);
  }
  if (row.status === "pending") return requested(aboutOf(ctx, row));
  if (row.status === "declined") return declined(aboutOf(ctx, row));
  if (row.status === "lapsed") return lapsed(aboutOf(ctx, row));
  if (row.status === "waitlisted") return waitlisted(aboutOf(ctx, row), await sizeOf(ctx, row));
  if (row.status === "offered" && row.offerEndsAt)
    return offered(aboutOf(ctx, row), await sizeOf(ctx, row), row.offerEndsAt);
  return undefined;
}

const sizeOf = async (ctx: Ctx, { entryId, status }: repo.ViewRow): Promise<number> =>
  entryId === null ? 1 : (await repo.listParty(ctx.db, entryId)).filter((one) => one.status === status).length;

/** Tells the holder how their registration stands; once for each standing it has had, and for each holder. */
export async function sendStanding(ctx: Ctx, registrationId: string): Promise<void> {
  const row = await repo.findView(ctx.db, registrationId);
  if (!row) return;
  const since = row.offerEndsAt ? `/${row.offerEndsAt.getTime()}` : "";
  const holder = (row.codeVersion ?? 1) > 1 ? `/v${row.codeVersion}` : "";
  await send(ctx, await letterNow(ctx, row), `${row.status}/${row.id}/${row.sequence}${since}${holder}`);
}

/** The same once more, since it was asked for or what it says has changed; `why` makes it a letter of its own. */
export async function sendAgain(ctx: Ctx, registrationId: string, why: string): Promise<void> {
  const row = await repo.findView(ctx.db, registrationId);
  if (row) await send(ctx, await letterNow(ctx, row), `${row.status}/${row.id}/${row.sequence}/${why}`);
}

/** Somebody comes after all, or (`relocated`) another way, at another time: what their ticket is good for is another. */
export async function sendMoved(ctx: Ctx, registrationId: string, under?: "relocated"): Promise<void> {
  const row = await repo.findView(ctx.db, registrationId);
  if (row)
    await send(ctx, await letterNow(ctx, row, under), `moved/${row.id}/${row.sequence}/${row.updatedAt.getTime()}`);
}

/** A seat has changed hands: who has it now gets what is theirs, and who had it hears that it is gone. */
export async function sendHandedOn(
  ctx: Ctx,
  registrationId: string,
  { fromPersonId, version }: { fromPersonId?: string; version: number },
): Promise<void> {
  const row = await repo.findView(ctx.db, registrationId);
  // Handed on once more in the meantime: whoever has it then is written to then.
  if (row?.codeVersion === version) await sendStanding(ctx, registrationId);
  const before = fromPersonId === undefined ? undefined : await repo.findAddress(ctx.db, fromPersonId);
  if (!row || !before) return;
  const about = aboutOf(ctx, { ...row, ...before });
  await send(ctx, handedOn(about, row.name), `handed/${row.id}/${version}`);
}

const slotMs = 600_000;

/** Somebody registered an address that is registered: its mailbox gets the letter again, at most every ten minutes. */
export function sendRepeated(ctx: Ctx, registrationId: string): Promise<void> {
  return sendAgain(ctx, registrationId, `repeated/${Math.floor(ctx.now().getTime() / slotMs)}`);
}

/** Tells a whole party that waits how it stands; each by their own letter, with their own link. */
export async function sendToParty(ctx: Ctx, entryId: string): Promise<void> {
  for (const { id } of await repo.listParty(ctx.db, entryId)) await sendStanding(ctx, id);
}

/** Tells that a place is gone. */
export async function sendCancelled(ctx: Ctx, registrationId: string): Promise<void> {
  const row = await repo.findView(ctx.db, registrationId);
  if (row?.status !== "cancelled") return;
  const letter = cancellation(aboutOf(ctx, row, await calendarFor(ctx, row)));
  await send(ctx, letter, `cancelled/${row.id}/${row.sequence}`, {
    lane: row.cancelledBy === "system" ? "bulk" : "normal",
  });
}

// Who only wishes for a place keeps their calendar free.
const hasPlace = ({ status }: repo.ViewRow): boolean => placeOf(status) === "taken";

const mostAtOnce = 100;

/** Tells everybody at a gathering that it is at another time, at another place, or called otherwise. */
export async function sendChanged(ctx: Ctx, gatheringId: string, sequence: number): Promise<void> {
  const gathering = await getGathering(ctx, gatheringId);
  // A later change tells all that this one would have; one that nobody is told of has no letters.
  if (gathering.status !== "scheduled" || gathering.toldSequence !== sequence) return;
  let after: string | null = null;
  for (;;) {
    const rows: repo.ViewRow[] = await repo.listToTell(ctx.db, gatheringId, after, mostAtOnce);
    const calendars = await calendarsFor(ctx, gatheringId, rows.filter(hasPlace));
    await inTx(ctx, async (tctx) => {
      for (const row of rows) {
        const letter = changed(aboutOf(ctx, row, calendars.get(row.id)), gathering.changeNote);
        if (letter) await post(tctx, letter, { key: `changed/${row.id}/${sequence}`, lane: "bulk", topic: "changes" });
      }
    });
    after = rows.at(-1)?.id ?? null;
    if (rows.length < mostAtOnce) return;
  }
}
