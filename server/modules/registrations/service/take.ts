import { randomUUIDv7 } from "node:crypto";

import type { RegisterInput, RegisterReply } from "#contract/registrations.ts";
import { noTerms, type Terms } from "#domain/entitlement/terms.ts";
import { admit } from "#domain/registrations/admission.ts";
import { chooseSide, poolsFor, sidesFor } from "#domain/registrations/places.ts";
import { isZone } from "#domain/time/wall.ts";
import { enter, mayAs } from "#server/modules/access/service.ts";
import { type Deed, recordAll } from "#server/modules/audit/service.ts";
import { type Asked, change, type Decided, type Plan, type Use } from "#server/modules/capacity/service.ts";
import { pick } from "#server/modules/gatherings/service/reading.ts";
import { knowPeople, meetPeople, type Person } from "#server/modules/identity/service/people.ts";
import { confirmed, repeated, requested, waitlisted } from "#server/modules/registrations/facts.ts";
import * as repo from "#server/modules/registrations/repo/places.ts";
import { findSale, holdSale } from "#server/modules/registrations/repo/sale.ts";
import {
  type Answered,
  answerParty,
  joined,
  keepOf,
  type PartyAnswers,
} from "#server/modules/registrations/service/answering.ts";
import {
  chooseType,
  poolsOf,
  refuseUninvited,
  rulesOf,
  type SaleRow,
  type TicketTypeRow,
} from "#server/modules/registrations/service/sale.ts";
import { acceptedOf } from "#server/modules/registrations/service/terms.ts";
import { findOwnAddress, getDetail } from "#server/modules/registrations/service/views.ts";
import type { Ctx, TxCtx } from "#server/platform/ctx.ts";
import { type Fact, inBulk, record } from "#server/platform/facts.ts";
import { Problem } from "#server/platform/problem.ts";
import { together } from "#server/platform/together.ts";

interface Attendee {
  name: string;
  email: string;
  side?: "in_person" | "virtual" | "both";
}

interface Wish {
  gatheringId: string;
  ticketTypeId?: string;
  attendees: readonly Attendee[];
  /** Further places that the first of them names later. */
  unnamed: number;
  /** The account that registers, when there is one. */
  selfId: string | null;
  /** The team adds people whatever the window says, and without asking itself for approval. */
  byTeam: boolean;
  /** The team adds somebody by name: it learns who has a place already, and may go above the limit. */
  added?: { overbook: boolean; isQuiet: boolean; isOneOfMany: boolean };
  answers?: PartyAnswers;
  /** What whoever registers has accepted: the code of conduct for themselves alone, the age for all whom they bring. */
  accepted?: Terms;
}

/** What a wish turned out to be under the locks: places to take, to ask for, or to wait for. */
interface Taking {
  ask: boolean;
  whenFull: "wait" | "refuse";
  places: repo.NewPlace[];
  /** Registrations of those who are registered already. */
  repeats: repo.LivingRow[];
  /** All who are named: they are known from now on, unless it is refused. */
  people: { id: string; email: string; name: string }[];
  answered: Answered[];
}

interface Taken {
  ownId: string | null;
  made: number;
  isRepeat: boolean;
}

/**
 * Takes places at an event for the caller or for people they name, or a place on its waitlist, or asks for approval.
 *
 * Somebody signed in gets their own place at once. Of everybody else nothing is told: whether an address is
 * registered, now or before, only its mailbox learns.
 */
export async function register(ctx: Ctx, source: string, input: RegisterInput): Promise<RegisterReply> {
  const { gathering, known, sale } = await look(ctx, source, input.occurrenceId);
  const selfId = "personId" in ctx.actor ? ctx.actor.personId : null;
  const attendees = input.attendees ?? (await alone(ctx, selfId));
  const accepted = known.role === null ? acceptedOf(sale, input) : noTerms;
  const answers = await answerParty(ctx, sale.sourceId, input);
  // Nobody could ever learn of their ticket.
  if (selfId === null && ctx.gateways.mail.kind === "off") throw new Problem("mail.off");
  const wish = { attendees, unnamed: input.unnamed ?? 0, ticketTypeId: input.ticketTypeId };
  await refuseUninvited(ctx, { ...wish, sale, known });
  const byTeam = known.role !== null && (await mayAs(ctx, gathering.id, "decide"));
  const note = { ...wish, gatheringId: gathering.id, selfId, byTeam, answers, accepted };
  const { ownId } = await change(ctx, { use: taking, lane: gathering.id, pools: poolsOf(sale), note });
  if (ownId) return getDetail(ctx, ownId);
  ctx.reply.status(202);
  return { status: "sent" };
}

/** What is meant, and whether the caller may ask for a place. Of all whom nobody knows, it is asked for once. */
function look(ctx: Ctx, source: string, occurrenceId?: string) {
  const isNobody = ctx.actor.kind === "anonymous" && ctx.holds.length === 0;
  const ask = async () => {
    const gathering = await pick(ctx, source, occurrenceId);
    const known = await enter(ctx, gathering.id, "register");
    const sale = await findSale(ctx.db, gathering.id);
    if (!sale) throw new Problem("gathering.not_found");
    return { gathering, known, sale };
  };
  return isNobody ? together(ctx.db, `register ${source} ${occurrenceId ?? ""}`, ask) : ask();
}

async function alone(ctx: Ctx, selfId: string | null): Promise<Attendee[]> {
  const own = selfId === null ? undefined : await findOwnAddress(ctx, selfId);
  if (!own)
    throw new Problem("request.invalid", {
      fields: [{ at: "body.attendees", code: "required", key: "fields.who_comes" }],
    });
  return [own];
}

/** Takes places, asks for them or waits for them; for the one who comes, and for a team that adds people. */
export const taking: Use<Wish, Taking, Taken> = { plan, write };

async function plan(tctx: TxCtx, asked: readonly Asked<Wish>[]): Promise<Plan<Taking>[]> {
  const gatheringId = asked[0]?.note.gatheringId ?? "";
  const sale = await holdSale(tctx.db, gatheringId);
  if (!sale) return asked.map(() => new Problem("gathering.not_found"));
  const people = await meetPeople(
    tctx,
    asked.flatMap(({ note }) => note.attendees.map(({ email }) => email)),
  );
  const ids = [...people.values()].map(({ id }) => id);
  const living = await repo.listLiving(tctx.db, gatheringId, ids);
  return asked.map((one) => planOne(one, { sale, people, living, now: tctx.now() }));
}

interface Known {
  sale: SaleRow;
  people: ReadonlyMap<string, Person>;
  living: readonly repo.LivingRow[];
  now: Date;
}

function planOne({ by, note }: Asked<Wish>, { sale, people, living, now }: Known): Plan<Taking> {
  if (sale.status === "cancelled") return new Problem("gathering.cancelled");
  // Taken back since the door was asked.
  if (sale.status === "planned") return new Problem("registration.closed");
  const type = chooseType(sale, note, now);
  if (!type) return new Problem("ticket_type.not_found");
  const admission = admissionOf(sale, type, note, now);
  if (admission instanceof Problem) return admission;
  const registrant = note.selfId ?? people.get(note.attendees[0]?.email ?? "")?.id;
  if (!registrant) return new Problem("request.invalid", { fields: [] });
  const places: repo.NewPlace[] = [];
  const repeats: repo.LivingRow[] = [];
  const probes: repo.NewPlace[] = [];
  const answered: Answered[] = [];
  for (const [index, attendee] of note.attendees.entries()) {
    const person = people.get(attendee.email);
    const side = chooseSide(attendee.side, sidesFor(sale.format, type.side));
    if (!person) continue;
    if (!side) return new Problem("registration.side_not_offered", { sides: sidesFor(sale.format, type.side) });
    const place = placeFor({ by, person, attendee, side, type, sale, registrant, note });
    // Who is shut out gets nothing, and the answer is that of anybody else.
    if (person.isBanned) {
      probes.push(place);
      continue;
    }
    const before = type.allowsSeveral ? undefined : hasAlready(person, type, living, places);
    if (!before) {
      const good = joined(note.answers?.each[index], places.length === 0 ? note.answers?.party : undefined);
      answered.push({ registrationId: place.registrationId, good });
      places.push(place);
    } else if (before === "here") continue;
    else if (person.id === note.selfId) return new Problem("registration.duplicate", { registrationId: before.id });
    else {
      repeats.push(before);
      if (!note.added) probes.push(place);
    }
  }
  const unnamed = unnamedOf({ by, note, sale, type, people });
  if (unnamed instanceof Problem) return unnamed;
  (unnamed.isBanned ? probes : places).push(...unnamed.places);
  return {
    frees: [],
    wants: admission.ask
      ? []
      : [...places.flatMap(wantsOf), ...probes.flatMap(wantsOf).map((want) => ({ ...want, isProbe: true }))],
    overbooks: note.added?.overbook,
    touches: note.attendees.map(({ email }) => `${email} ${type.id}`),
    with: { ...admission, places, repeats, people: namedIn(note, people), answered },
  };
}

const namedIn = ({ attendees }: Wish, people: Known["people"]): Taking["people"] =>
  attendees.flatMap(({ email, name }) => {
    const person = people.get(email);
    return person ? [{ id: person.id, email, name }] : [];
  });

/** Places without a name: the first who is named has them, and is shut out with them. */
function unnamedOf({
  by,
  note,
  sale,
  type,
  people,
}: Pick<Known, "sale" | "people"> & Asked<Wish> & { type: TicketTypeRow }) {
  const [first] = note.attendees;
  const person = people.get(first?.email ?? "");
  const side = chooseSide(first?.side, sidesFor(sale.format, type.side));
  if (note.unnamed === 0 || !first || !person) return { places: [], isBanned: false };
  if (!side) return new Problem("registration.side_not_offered", { sides: sidesFor(sale.format, type.side) });
  const place = { by, person, attendee: first, side, type, sale, registrant: person.id, note: { attendees: [] } };
  const places = Array.from({ length: note.unnamed }, (_, n) => ({
    ...placeFor(place),
    personId: null,
    name: `${first.name.slice(0, 110)} +${n + 1}`,
  }));
  return { places, isBanned: person.isBanned };
}

function admissionOf(
  sale: SaleRow,
  type: TicketTypeRow,
  { byTeam, added, attendees, unnamed }: Wish,
  now: Date,
): Pick<Taking, "ask" | "whenFull"> | Problem {
  const rules = rulesOf(sale, type);
  // Its own window and its own approval are no bar to the team.
  const free = byTeam ? { ...rules, opensAt: null, closesAt: null, needsApproval: false } : rules;
  // Whom the team adds has a place or none; who of it comes by themselves waits like everybody.
  const asked = { ...free, hasWaitlist: rules.hasWaitlist && !added };
  const admission = admit(asked, attendees.length + unnamed, now);
  if (admission.outcome === "ask") return { ask: true, whenFull: "refuse" };
  if (admission.outcome === "take") return { ask: false, whenFull: admission.whenFull };
  if (admission.because === "registration.party_too_large")
    return new Problem(admission.because, { max: admission.max });
  return new Problem(admission.because, admission.until ? { until: admission.until.toISOString() } : {});
}

function hasAlready(
  person: Person,
  type: TicketTypeRow,
  living: readonly repo.LivingRow[],
  places: readonly repo.NewPlace[],
): repo.LivingRow | "here" | undefined {
  if (places.some(({ personId }) => personId === person.id)) return "here";
  return living.find(({ personId, ticketTypeId }) => personId === person.id && ticketTypeId === type.id);
}

function placeFor(about: {
  by: Asked<Wish>["by"];
  person: Person;
  attendee: Attendee;
  side: repo.NewPlace["side"];
  type: TicketTypeRow;
  sale: SaleRow;
  registrant: string;
  note: Pick<Wish, "attendees" | "accepted">;
}): repo.NewPlace {
  const { by, person, attendee, side, type, sale, registrant, note } = about;
  const isRegistrant = person.id === registrant;
  return {
    registrationId: randomUUIDv7(),
    ticketId: randomUUIDv7(),
    gatheringId: sale.gatheringId,
    ticketTypeId: type.id,
    personId: person.id,
    registeredBy: registrant,
    entryId: null,
    // As they were typed: which of them had a place before is nobody's to learn.
    others: isRegistrant ? note.attendees.filter((one) => one !== attendee).map(({ name }) => name) : [],
    name: attendee.name,
    side,
    status: "confirmed",
    repeatable: type.allowsSeveral,
    locale: by.locale,
    timeZone: isZone(sale.timeZone) ? sale.timeZone : "UTC",
    conduct: isRegistrant ? (note.accepted?.conduct ?? null) : null,
    minimumAge: note.accepted?.minimumAge ?? null,
  };
}

const wantsOf = (place: repo.NewPlace) =>
  poolsFor(place).map((pool) => ({ subjectId: place.registrationId, pool, as: "taken" as const, amount: 1 }));

async function write(tctx: TxCtx, decided: readonly Decided<Wish, Taking>[]): Promise<(Taken | Problem)[]> {
  const places: repo.NewPlace[] = [];
  const entries: repo.NewEntry[] = [];
  const facts: Fact[] = [];
  const deeds: Deed[] = [];
  const people: Taking["people"] = [];
  const answers = decided.map((one): Taken | Problem => {
    const { plan, outcome, note, by } = one;
    if (!outcome.granted && plan.whenFull === "refuse") return new Problem("registration.sold_out");
    people.push(...plan.people);
    const written = outcome.granted ? granted(plan) : waiting(plan, entries);
    places.push(...written);
    facts.push(
      ...factsOf(written, note),
      ...(note.added ? [] : plan.repeats).map(({ id }) =>
        repeated({ registrationId: id, gatheringId: note.gatheringId }),
      ),
    );
    const overbooked = outcome.granted ? outcome.overbooked : undefined;
    deeds.push(...written.map((place) => deedOf(place, by, overbooked)));
    const own = note.selfId === null ? undefined : written.find(({ personId }) => personId === note.selfId);
    return { ownId: own?.registrationId ?? null, made: written.length, isRepeat: plan.repeats.length > 0 };
  });
  const settled = await settle(tctx, people, { places, entries });
  if (places.length > 0) await repo.insertPlaces(tctx.db, settled.places, settled.entries, tctx.now());
  const answered = decided.flatMap(({ plan }) => plan.answered);
  await keepOf(tctx, answered, places);
  await record(tctx, ...facts);
  await recordAll(tctx, deeds);
  return answers;
}

/** Makes those whom nobody had named before; whom another named in the meantime has the id that they were given there. */
async function settle(
  tctx: TxCtx,
  people: Taking["people"],
  { places, entries }: { places: repo.NewPlace[]; entries: repo.NewEntry[] },
) {
  const known = await knowPeople(tctx, people);
  const ids = new Map(people.map(({ id, email }) => [id, known.get(email)?.id ?? id]));
  const idOf = <Id extends string | null>(id: Id) => (id === null ? id : ((ids.get(id) ?? id) as Id));
  return {
    places: places.map((place) => ({
      ...place,
      personId: idOf(place.personId),
      registeredBy: idOf(place.registeredBy),
    })),
    entries: entries.map((entry) => ({ ...entry, personId: idOf(entry.personId) })),
  };
}

const granted = ({ ask, places }: Taking): repo.NewPlace[] =>
  places.map((place) => ({ ...place, status: ask ? "pending" : "confirmed" }));

/** A party waits together: one entry for all of its places. */
function waiting({ places }: Taking, entries: repo.NewEntry[]): repo.NewPlace[] {
  const [first] = places;
  if (!first) return [];
  const entryId = randomUUIDv7();
  entries.push({
    entryId,
    gatheringId: first.gatheringId,
    ticketTypeId: first.ticketTypeId,
    personId: first.personId ?? first.registeredBy,
    partySize: places.length,
  });
  return places.map((place) => ({ ...place, status: "waitlisted", entryId }));
}

function factsOf(places: readonly repo.NewPlace[], { gatheringId, added }: Wish): Fact[] {
  const entryId = places[0]?.entryId;
  if (entryId) return [waitlisted({ entryId, gatheringId })];
  const quiet = added?.isQuiet ? ({ isQuiet: true } as const) : {};
  return places.map(({ registrationId, status }) => {
    if (status === "pending") return requested({ registrationId, gatheringId });
    const fact = confirmed({ registrationId, gatheringId, ...quiet });
    return added?.isOneOfMany ? inBulk(fact) : fact;
  });
}

const deedOf = (
  { registrationId, status, side, gatheringId, conduct, minimumAge }: repo.NewPlace,
  by: Asked<Wish>["by"],
  overbooked?: string[],
): Deed => ({
  by,
  action: "registration.made",
  subject: { kind: "registration", id: registrationId },
  change: {
    new: {
      status,
      side,
      gatheringId,
      ...(conduct && { conduct }),
      ...(minimumAge && { minimumAge }),
      ...(overbooked && { overbooked }),
    },
  },
});
