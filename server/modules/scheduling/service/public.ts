import { fileUrl } from "#contract/files.ts";
import type { PublicEventType, SlotDays, SlotReason, SlotsQuery } from "#contract/scheduling-public.ts";
import { explain, type Reason } from "#domain/availability/explain.ts";
import { groupsOf } from "#domain/availability/teams.ts";
import { findFace } from "#server/modules/organizers/service.ts";
import { listQuestions } from "#server/modules/questions/service/lists.ts";
import type { BookingRow } from "#server/modules/scheduling/repo/bookings.ts";
import * as repo from "#server/modules/scheduling/repo/event-types.ts";
import { findForTeam as findBooking } from "#server/modules/scheduling/service/bookings.ts";
import { findForTeam } from "#server/modules/scheduling/service/event-types.ts";
import { readHosts } from "#server/modules/scheduling/service/hosts.ts";
import { findByToken } from "#server/modules/scheduling/service/managing.ts";
import { recurrenceOf } from "#server/modules/scheduling/service/recurrence.ts";
import {
  durationOf,
  findPublic,
  hasWaitlist,
  listSlots,
  questionOf,
  spanOf,
} from "#server/modules/scheduling/service/slots.ts";
import { withPicture } from "#server/modules/scheduling/service/teams.ts";
import type { Ctx } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";

/** Shows who can be booked, and what for; private event types are not among it. */
export async function showOrganizer(ctx: Ctx, slug: string) {
  const organizer = await houseOf(ctx, slug);
  const rows = await repo.listPublic(ctx.db, organizer.id);
  return { organizer, eventTypes: rows.map(publicOf) };
}

/** Shows what a visitor books; by an address that it had before as well. */
export async function showEventType(ctx: Ctx, organizerSlug: string, slug: string) {
  const type = await findPublic(ctx, organizerSlug, slug);
  const { questions } = await listQuestions(ctx, type.id);
  return { organizer: await houseOf(ctx, organizerSlug), eventType: publicOf(type), questions };
}

async function houseOf(ctx: Ctx, slug: string) {
  const face = await findFace(ctx, slug);
  if (!face) throw new Problem("organizer.not_found");
  const { logoId, ...shown } = face;
  return { ...shown, logoUrl: logoId ? fileUrl(logoId, 640) : null };
}

function publicOf({ rules, ...type }: repo.EventTypeRow): PublicEventType {
  const { locationType, locationDetails, phoneCaller, needsApproval } = rules;
  const { id, name, description, hue, timeZone, durations, maxAttendees, isPrivate } = type;
  return {
    ...{ id, name, description, hue, timeZone, durations, maxAttendees, isPrivate },
    eventTypeSlug: type.slug,
    duration: durations[0] ?? 30,
    ...{ locationType, phoneCaller, needsApproval },
    enableWaitlist: hasWaitlist({ maxAttendees, rules }),
    maxGuests: maxAttendees > 1 ? 0 : rules.maxGuests,
    // A number is for whoever has booked.
    locationDetails: locationType === "phone_call" ? "" : locationDetails,
    changeNoticeMinutes: rules.changeNoticeMinutes,
    hosts: groupsOf(type.hosts, rules.team ?? "collective").flatMap((group, n) => group.map((host) => faceOf(host, n))),
    recurrence: recurrenceOf(rules),
  };
}

const faceOf = (host: repo.HostRow, group: number) => {
  const { name, pictureUrl } = withPicture(host);
  return { name, pictureUrl, group };
};

/** The free times that a visitor is offered; those who move a booking, without it in their way. */
export async function showSlots(ctx: Ctx, organizerSlug: string, slug: string, query: SlotsQuery): Promise<SlotDays> {
  const type = await findPublic(ctx, organizerSlug, slug);
  const moving = query.moving === undefined ? undefined : await movedBy(ctx, query.moving);
  if (moving?.eventTypeId !== type.id) return listSlots(ctx, type, query);
  // A session is moved whole, onto a time where there is none.
  return listSlots(ctx, moving.seats > 1 ? { ...type, maxAttendees: 1 } : type, query, moving);
}

/** The booking that somebody may move: by the link of their own, or by its id as one of its team. */
async function movedBy(ctx: Ctx, moving: string): Promise<BookingRow | undefined> {
  if (/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(moving)) return findBooking(ctx, moving);
  const { row } = await findByToken(ctx, moving);
  return row.seats === 1 ? row : undefined;
}

/** Says why a time is or is not offered, rule by rule, to the team. */
export async function explainSlot(
  ctx: Ctx,
  id: string,
  query: { start_time: string; duration?: number | undefined; attendee_count: number },
): Promise<{ isOffered: boolean; reasons: SlotReason[] }> {
  const type = await findForTeam(ctx, id);
  const start = new Date(query.start_time).getTime();
  const duration = durationOf(type, query.duration);
  const asking = { from: start, to: start + 1, duration, attendeeCount: query.attendee_count };
  const hosts = await readHosts(ctx, type, spanOf(type, asking, ctx.now().getTime()));
  const { isOffered, reasons } = explain(questionOf(ctx, type, hosts, asking), start);
  const names = new Map([...hosts.standIns, ...type.hosts.map(({ userId, name }) => [userId, name] as const)]);
  return { isOffered, reasons: reasons.map((reason) => reasonOf(reason, names)) };
}

const iso = (at: number) => new Date(at).toISOString();

function reasonOf(reason: Reason, names: ReadonlyMap<string, string>): SlotReason {
  switch (reason.rule) {
    case "notice":
      return { rule: reason.rule, earliest: iso(reason.earliest) };
    case "horizon":
      return { rule: reason.rule, latest: iso(reason.latest) };
    case "too_long":
      return { rule: reason.rule, closesAt: iso(reason.closesAt) };
    case "off_grid": {
      const { before, after } = reason;
      return {
        rule: reason.rule,
        before: before === null ? null : iso(before),
        after: after === null ? null : iso(after),
      };
    }
    case "hosts":
      return {
        rule: reason.rule,
        hindered: reason.hindered.map((one) => ({
          hostId: one.hostId,
          hostName: names.get(one.hostId) ?? "",
          because: one.because,
          ...(one.because === "closed" ? {} : { from: iso(one.from), until: iso(one.until) }),
        })),
      };
    default:
      return reason;
  }
}
