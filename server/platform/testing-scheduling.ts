import { sql } from "kysely";
import { expect } from "vitest";

import { dateAt } from "#domain/time/wall.ts";
import { aUser, type Someone, type TestApp } from "#server/platform/testing.ts";
import { fromElsewhere } from "#server/platform/testing-guests.ts";

/** What can be booked, as its host got it. */
export interface EventType {
  id: string;
  organizerId: string;
  organizerSlug: string;
  eventTypeSlug: string;
  hosts: { userId: string }[];
}

const dayMs = 86_400_000;
let people = 0;

/** Hosts and those who book them, through HTTP alone; the app must trust the proxy at 127.0.0.1. */
export function schedulingIn(app: () => TestApp) {
  const dateIn = (days: number) => dateAt(new Date(app().ctx.now().getTime() + days * dayMs), "UTC");
  /** A Monday at least a week away, so that notice and horizon are far; or so many weeks after it. */
  const monday = (weeks = 0) => dateIn(7 * (weeks + 1) + ((8 - app().ctx.now().getUTCDay()) % 7));
  /** A time of that Monday. */
  const at = (time: string, weeks = 0) => `${monday(weeks)}T${time}:00.000Z`;

  /** A host who can be booked on working days from 9 to 17, UTC. */
  const aHost = () => aUser(app(), { name: `Host ${++people}`, timeZone: "UTC" });
  async function aType(over: object = {}, by?: Someone): Promise<{ host: Someone; type: EventType }> {
    const host = by ?? (await aHost());
    const reply = await app().post("/events/event-types", { name: "Intro call", duration: 60, ...over }, host);
    expect(reply.statusCode, reply.body).toBe(201);
    return { host, type: reply.json() };
  }

  /** What a visitor sends who has not booked before. */
  const bodyFor = ({ organizerSlug, eventTypeSlug }: EventType, startTime: string, over: object = {}) => {
    people += 1;
    const invitee = { inviteeName: `Ivy ${people}`, inviteeEmail: `ivy-${people}@example.org` };
    return { organizerSlug, eventTypeSlug, startTime, ...invitee, ...over };
  };
  const book = (type: EventType, startTime: string, over: object = {}, by?: Someone) =>
    app().post("/events/bookings/create", bodyFor(type, startTime, over), by, fromElsewhere());
  async function aBooking(type: EventType, startTime: string, over: object = {}, by?: Someone) {
    const reply = await book(type, startTime, over, by);
    expect(reply.statusCode, reply.body).toBe(201);
    return reply.json();
  }

  /** What an invitee does by the link of their letter. */
  const manage = (accessToken: string, body: object) =>
    app().post(`/events/booking/${accessToken}/manage`, body, undefined, fromElsewhere());
  /** What a host does to a booking. */
  const decide = (id: string, body: object, by: Someone) => app().send("PATCH", `/events/bookings/${id}`, body, by);

  const slotsOf = ({ organizerSlug, eventTypeSlug }: EventType, query: Record<string, string>) =>
    app().get(`/events/slots/${organizerSlug}/${eventTypeSlug}?${new URLSearchParams(query)}`);
  /** The free times of a day, of the Monday unless told. */
  async function starts(type: EventType, more: Record<string, string> = {}, date = monday()): Promise<string[]> {
    const reply = await slotsOf(type, { start_date: date, end_date: date, ...more });
    expect(reply.statusCode, reply.body).toBe(200);
    const days: { slots: { startTime: string }[] }[] = reply.json().days;
    return days.flatMap(({ slots }) => slots.map(({ startTime }) => startTime.slice(11, 16)));
  }

  /** How many connections wait for another one's lock. */
  async function countWaiting(): Promise<number> {
    const { rows } = await sql`select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(app().db);
    return rows.length;
  }

  return { dateIn, monday, at, aHost, aType, bodyFor, book, aBooking, manage, decide, slotsOf, starts, countWaiting };
}

/** The calendar entry that a letter brings. */
export function icsOf(letter: { attachments: unknown } | undefined): string {
  const [file] = (letter?.attachments ?? []) as { base64: string }[];
  return Buffer.from(file?.base64 ?? "", "base64").toString();
}
