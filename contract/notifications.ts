import { z } from "zod";

import { channel } from "#contract/channel.ts";
import { route } from "#contract/route.ts";
import { noticeKinds, topics, ways } from "#domain/notifications/topics.ts";
import { eventRoles, memberRoles } from "#domain/organizers/team.ts";

const Instant = z.iso.datetime();
const Count = z.int().min(0).max(1_000_000_000);

export const NoticeKind = z.enum(noticeKinds);

/** Something that somebody is told inside the product. */
export const Notice = z.object({
  id: z.uuid(),
  kind: NoticeKind,
  /** The event it is about; of a whole team, its organizer. */
  title: z.string(),
  organizer: z.string(),
  hue: z.int().min(0).max(359),
  /** How many people it tells of; 1 where it is about oneself. */
  n: Count,
  /** Who did it, or who it is about, where it tells of a team. */
  by: z.string().nullable(),
  role: z.enum([...memberRoles, ...eventRoles]).nullable(),
  /** When the event begins, in its own zone. */
  startTime: Instant.nullable(),
  timeZone: z.string(),
  /** Where it leads, in this house. */
  path: z.string(),
  at: Instant,
  isRead: z.boolean(),
});
export type Notice = z.infer<typeof Notice>;

const wish = z.boolean().optional();
const told = z.strictObject({ letter: wish, notice: wish, push: wish });
const Told = z.object({ letter: z.boolean(), notice: z.boolean(), push: z.boolean() });
const each = <S extends z.ZodType>(schema: S) =>
  Object.fromEntries(topics.map((topic) => [topic, schema])) as Record<(typeof topics)[number], S>;

/** How somebody wants to be told of each topic. */
export const Wishes = z.object(each(Told));
export const WishesInput = z.strictObject(each(told.optional()));
export type WishesInput = z.infer<typeof WishesInput>;

const Preferences = z.object({
  wishes: Wishes,
  /** What cannot be switched off. */
  fixed: z.array(z.object({ topic: z.enum(topics), way: z.enum(ways) })),
});
export type Preferences = z.infer<typeof Preferences>;

const token = z.string().min(1).max(200);

/** Which letters an address gets; what always comes is not among them. */
export const LetterWishes = z.object({
  email: z.string(),
  topics: z.array(z.object({ topic: z.enum(topics), isTold: z.boolean() })),
});
export type LetterWishes = z.infer<typeof LetterWishes>;

export const notifications = {
  list: route({
    method: "GET",
    path: "/me/notices",
    summary: "What I was told, newest first",
    status: 200,
    who: "signedIn",
    query: z.strictObject({
      unread: z.enum(["true", "false"]).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(30),
      cursor: z.string().max(400).optional(),
    }),
    reply: z.object({ items: z.array(Notice), nextCursor: z.string().nullable(), unread: Count }),
    problems: ["request.invalid"],
  }),
  read: route({
    method: "POST",
    path: "/me/notices/read",
    summary: "Mark notices as read; without ids, all of them",
    status: 200,
    who: "signedIn",
    limit: 120,
    body: z.strictObject({ ids: z.array(z.uuid()).min(1).max(100).optional() }).prefault({}),
    reply: z.object({ unread: Count }),
    problems: ["request.invalid", "rate.limited"],
  }),
  preferences: route({
    method: "GET",
    path: "/me/notification-preferences",
    summary: "How I am told of what",
    status: 200,
    who: "signedIn",
    reply: Preferences,
    problems: [],
  }),
  openWishes: route({
    method: "POST",
    path: "/letter-wishes/open",
    summary: "Which letters an address gets, by the link of one of them",
    status: 200,
    who: "anyone",
    limit: 120,
    body: z.strictObject({ token }),
    reply: LetterWishes,
    problems: ["auth.link_invalid", "rate.limited"],
  }),
  setWish: route({
    method: "POST",
    path: "/letter-wishes",
    summary: "Stop the letters about a topic, or have them again, by the link of one of them",
    status: 200,
    who: "anyone",
    limit: 600,
    body: z.strictObject({ token, topic: z.enum(topics), isTold: z.boolean() }),
    reply: LetterWishes,
    problems: ["auth.link_invalid", "notification.fixed", "rate.limited"],
  }),
  prefer: route({
    method: "PATCH",
    path: "/me/notification-preferences",
    summary: "Switch off, or on again, how I am told of what; what is left out stays",
    status: 200,
    who: "signedIn",
    limit: 60,
    body: WishesInput,
    reply: Preferences,
    problems: ["request.invalid", "notification.fixed", "rate.limited"],
  }),
};

/** How many notices wait for one person, on every screen of theirs. */
export const bell = channel({
  name: "user/:userId/notices",
  params: z.strictObject({ userId: z.uuid() }),
  told: { counted: z.object({ unread: Count }) },
  said: {},
  keepsHistory: false,
});
