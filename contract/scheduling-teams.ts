import { z } from "zod";

import { route } from "#contract/route.ts";

const Person = z.object({ userId: z.uuid(), name: z.string(), pictureUrl: z.string().nullable() });

/** Somebody who could host an event type, or has bookings of it to come. */
export const PossibleHost = Person.extend({
  /** One who is no member any more can host nothing new; what is booked with them stands. */
  isMember: z.boolean(),
  /** Their own, the default one first. */
  schedules: z.array(z.object({ id: z.uuid(), name: z.string(), isDefault: z.boolean() })),
  /** Bookings of this event type that are to come with them. */
  upcoming: z.int().min(0).max(1_000_000),
});
export type PossibleHost = z.infer<typeof PossibleHost>;

export const Colleague = Person;
export type Colleague = z.infer<typeof Colleague>;

/** Who shares event types, and who stands in for whom. */
export const schedulingTeams = {
  possibleHosts: route({
    method: "GET",
    path: "/events/event-types/:id/possible-hosts",
    summary: "Who could host an event type: the members of its organizer, and who still has bookings of it",
    status: 200,
    who: "signedIn",
    params: z.strictObject({ id: z.uuid() }),
    reply: z.object({ items: z.array(PossibleHost), nextCursor: z.null() }),
    problems: ["event_type.not_found", "auth.forbidden"],
  }),
  colleagues: route({
    method: "GET",
    path: "/events/colleagues",
    summary: "Who could stand in for me: whoever is at an organizer with me",
    status: 200,
    who: "signedIn",
    reply: z.object({ items: z.array(Colleague), nextCursor: z.null() }),
    problems: [],
  }),
};
