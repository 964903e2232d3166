import type { BookingAuditEntry } from "#contract/scheduling-bookings.ts";
import { mayHost } from "#server/modules/scheduling/policy.ts";
import * as repo from "#server/modules/scheduling/repo/bookings.ts";
import { findForTeam } from "#server/modules/scheduling/service/bookings.ts";
import type { Ctx } from "#server/platform/ctx.ts";
import { say } from "#server/platform/words.ts";

type Entry = Awaited<ReturnType<typeof repo.listAudit>>[number];
type Who = Pick<BookingAuditEntry, "actorType" | "actorName" | "actorEmail">;

/** What happened to a booking, the newest first, for its team; where it came from, for who decides over it. */
export async function listAudit(ctx: Ctx, id: string): Promise<{ items: BookingAuditEntry[]; nextCursor: null }> {
  const row = await findForTeam(ctx, id);
  const seesWhere = await mayHost(ctx, row);
  const entries = await repo.listAudit(ctx.db, row.id);
  const items = entries.map(
    (entry): BookingAuditEntry => ({
      id: entry.id,
      action: entry.action,
      description: say(ctx.locale, `audit.actions.${entry.action}`),
      ...whoOf(row, entry),
      ipAddress: seesWhere ? entry.ipAddress : null,
      userAgent: seesWhere ? entry.userAgent : null,
      at: entry.at.toISOString(),
      metadata: { requestId: entry.requestId },
      oldValues: entry.old,
      newValues: entry.new,
    }),
  );
  return { items, nextCursor: null };
}

/** Who did it: an entry says so itself where an account could be either, and names the party that it is about. */
function whoOf(row: repo.BookingRow, { actorKind, actorId, actorName, actorEmail, old, new: fresh }: Entry): Who {
  const by = (fresh as { by?: unknown }).by;
  const isParty = row.attendees.some(({ email }) => email !== "" && email === actorEmail);
  const isVisitor = actorKind === "anonymous" || (isParty && !row.hostIds.includes(actorId ?? ""));
  if (by === "system" || (actorKind === "system" && by === undefined))
    return { actorType: "system", actorName: "", actorEmail: "" };
  if (by !== "invitee" && (by === "organizer" || !isVisitor))
    return { actorType: actorKind === "key" ? "integration" : "organizer", actorName, actorEmail };
  const about = fresh.attendeeId ?? old.attendeeId;
  const party = row.attendees.find((one) => one.id === about || (!about && one.guestOf === null));
  const isAttendee = row.seats > 1 || (party?.guestOf ?? null) !== null;
  return {
    actorType: isAttendee ? "attendee" : "invitee",
    // Of a session's entries that name no party, who it was is not known.
    actorName: actorName || (about || !isAttendee ? (party?.name ?? "") : ""),
    actorEmail: actorEmail || (about || !isAttendee ? (party?.email ?? "") : ""),
  };
}
