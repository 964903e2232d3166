import type { HostConflict, People, Review } from "#contract/event-team.ts";
import type { Category, EventCard, EventView } from "#contract/events.ts";
import { fileUrl } from "#contract/files.ts";
import type { EventVirtualConfig, GatheringSettings } from "#contract/gatherings.ts";
import type { OrganizedEvent } from "#contract/organize.ts";
import type { TeamRole } from "#domain/entitlement/doors.ts";
import type { Right } from "#domain/entitlement/rights.ts";
import { timesOf } from "#domain/events/agenda.ts";
import { type Lack, lacksOf, type Plan } from "#domain/events/complete.ts";
import { type Fullness, fullnessOf, publicly } from "#domain/events/fullness.ts";
import { sidesFor } from "#domain/registrations/places.ts";
import type { CardRow, Gone, OccurrenceRow, TicketTypeRow, ViewRow } from "#server/modules/events/repo/event.ts";
import type { OrganizedRow } from "#server/modules/events/repo/list.ts";
import { htmlOf } from "#server/platform/markdown.ts";
import { say } from "#server/platform/words.ts";

type Used = Pick<CardRow, "usedEvent" | "usedInPerson" | "usedVirtual">;

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
// PostgreSQL writes instants into JSON in a form of its own.
const isoOf = (at: string | null): string | null => (at === null ? null : new Date(at).toISOString());

/** Without a limit as soon as one of them has none. */
const sumOf = (numbers: readonly (number | null)[]): number | null =>
  numbers.reduce<number | null>((sum, n) => (sum === null || n === null ? null : sum + n), 0);

/** How much is gone, for the team or as strangers are told. */
const usedBy = ({ usedEvent, usedInPerson, usedVirtual }: Used, isTeam: boolean) => ({
  event: goneOf(usedEvent, isTeam),
  inPerson: goneOf(usedInPerson, isTeam),
  virtual: goneOf(usedVirtual, isTeam),
});

const goneOf = ([gone, told]: Gone, isTeam: boolean): number => (isTeam ? gone : told);

/** Who reads it, and when. */
interface Reading {
  now: Date;
  locale: string;
}

/** A category by its name in the reader's language; one that an installation has added itself has the same name in all. */
export const categoryIn = (locale: string, { id, slug, name }: Category): Category => ({
  id,
  slug,
  name: say(locale, `events.categories.${slug}`, { defaultValue: name }),
});

export function cardOf(row: CardRow, reading: Reading): EventCard {
  return {
    ...commonOf(row, reading),
    // A card is of one time: what only that says goes before what its event says.
    title: row.ownTitle ?? row.title,
    placeName: row.ownPlaceName ?? row.placeName,
    places: publicly(fullnessOf(limitsOf(row), usedBy(row, false)).all),
    hasMoreTimes: row.hasMoreTimes,
  };
}

const limitsOf = <Row extends Pick<CardRow, "capacity" | "ownCapacity">>(row: Row): Row => ({
  ...row,
  capacity: row.ownCapacity ?? row.capacity,
});

export const organizedOf = (row: OrganizedRow, reading: Reading): OrganizedEvent => ({
  ...cardOf(row, reading),
  people: { confirmed: row.confirmed, pending: row.pending, waitlisted: row.waitlisted, told: row.told },
  updatedAt: row.updatedAt.toISOString(),
  role: row.role,
});

function commonOf(
  row: Omit<CardRow, "typesLeft" | "hasMoreTimes">,
  { now, locale }: Reading,
): Omit<EventCard, "places" | "hasMoreTimes"> {
  const coverUrl = row.coverId === null ? null : fileUrl(row.coverId);
  const { startTime, endTime, overAt } = row;
  const isPast = overAt !== null && overAt <= now;
  return {
    id: row.id,
    slug: row.slug,
    title: row.title,
    summary: row.summary,
    coverUrl,
    imageUrl: coverUrl,
    hue: row.hue,
    category:
      row.categoryId === null
        ? null
        : categoryIn(locale, { id: row.categoryId, slug: row.categorySlug ?? "", name: row.categoryName ?? "" }),
    kind: row.kind,
    format: row.format,
    visibility: row.visibility,
    status: row.status,
    language: row.language,
    organizer: {
      id: row.organizerId,
      slug: row.organizerSlug,
      name: row.organizerName,
      hue: row.organizerHue,
      logoUrl: row.organizerLogoId === null ? null : fileUrl(row.organizerLogoId),
    },
    occurrenceId: row.gatheringId,
    startTime: iso(startTime),
    endTime: iso(endTime),
    timeZone: row.timeZone,
    isLive: row.status === "published" && startTime !== null && startTime <= now && !isPast,
    isPast,
    placeName: row.placeName,
    needsApproval: row.needsApproval,
    hasWaitlist: row.hasWaitlist,
    publishedAt: iso(row.publishedAt),
  };
}

/** What the team sees beside what everybody sees. */
export interface Team {
  role: TeamRole | null;
  mayEdit: boolean;
  may: Right[];
  people: People;
  review: Review;
  conflicts: HostConflict[];
}

export function viewOf(row: ViewRow, { now, locale, team }: Reading & { team: Team | null }): EventView {
  const isTeam = team !== null;
  const types = row.ticketTypes.map((type) => ticketTypeOf(type, row, isTeam));
  const typesLeft = sumOf(types.map(({ left }) => left));
  const places = fullnessOf({ ...limitsOf(row), typesLeft }, usedBy(row, isTeam));
  const told = team === null ? publicly : (fullness: Fullness) => fullness;
  const minutes = row.startTime && row.endTime ? (row.endTime.getTime() - row.startTime.getTime()) / 60_000 : null;
  return {
    ...commonOf(row, { now, locale }),
    places: told(places.all),
    sides: { inPerson: told(places.inPerson), virtual: told(places.virtual) },
    description: row.description,
    descriptionHtml: htmlOf(row.description),
    videoUrl: null,
    organizerId: row.organizerId,
    categoryId: row.categoryId,
    tags: row.tags,
    minimumAge: row.minimumAge,
    accessibility: row.accessibility,
    conduct: row.conduct,
    contact: row.contact,
    speakers: row.speakers.map(speakerOf),
    agenda: row.agenda.map((item) => itemOf(item, row)),
    metadata: team?.mayEdit ? row.metadata : null,
    timezone: row.timeZone,
    wallStart: row.wallStart,
    wallEnd: row.wallEnd,
    duration: minutes === null ? null : Math.round(minutes),
    sequence: row.sequence,
    occurrences: row.occurrences.map((one) => occurrenceOf(one, team !== null)),
    placeAddress: row.placeAddress,
    placeNotes: row.placeNotes,
    capacity: row.capacity,
    maxParticipants: row.capacity,
    inPersonCapacity: row.inPersonCapacity,
    virtualCapacity: row.virtualCapacity,
    registrationOpensAt: iso(row.registrationOpensAt),
    registrationClosesAt: iso(row.registrationClosesAt),
    ticketTypes: types,
    chatEnabled: row.settings.chat.enabled,
    virtualConfig: virtualConfigOf(row.settings, row),
    cancelledAt: iso(row.cancelledAt),
    cancelReason: row.cancelReason,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    team: team && { ...team, version: row.version, missing: lacksOf(planOf(row), now).map(nameOf) },
  };
}

const speakerOf = ({ pictureId, ...speaker }: ViewRow["speakers"][number]) => ({
  ...speaker,
  pictureUrl: pictureId === null ? null : fileUrl(pictureId, 640),
});

function itemOf(item: ViewRow["agenda"][number], { wallStart, timeZone }: ViewRow) {
  const times = wallStart === null ? { startTime: null, endTime: null } : timesOf(item, wallStart, timeZone);
  return { ...item, startTime: iso(times.startTime), endTime: iso(times.endTime) };
}

const nameOf = ({ at, code }: Lack): string => (code === "missing" ? at : `${at}.${code}`);

/** What decides whether an event can be published. */
export const planOf = (row: ViewRow): Plan => ({ ...row, ticketTypes: row.ticketTypes.length });

/** The online side; its limit is the capacity of the virtual side, which is kept once. */
const virtualConfigOf = (
  { virtualConfig }: GatheringSettings,
  { virtualCapacity, format, conferenceRoomId }: Pick<ViewRow, "virtualCapacity" | "format" | "conferenceRoomId">,
): EventVirtualConfig => ({
  ...virtualConfig,
  enabled: format !== "in_person",
  conferenceRoomId: conferenceRoomId ?? undefined,
  maxVirtualAttendees: virtualCapacity ?? undefined,
});

const occurrenceOf = (row: OccurrenceRow, isTeam: boolean) => ({
  ...row,
  told: isTeam ? row.told : null,
  startTime: isoOf(row.startTime),
  endTime: isoOf(row.endTime),
});

const ticketTypeOf = (
  { used, side, ...type }: TicketTypeRow,
  { format }: Pick<ViewRow, "format">,
  isTeam: boolean,
) => ({
  ...type,
  sides: sidesFor(format, side),
  left: type.capacity === null ? null : Math.max(0, type.capacity - goneOf(used, isTeam)),
  opensAt: isoOf(type.opensAt),
  closesAt: isoOf(type.closesAt),
});
