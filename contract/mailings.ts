import { z } from "zod";

import { Attendance, RegistrationStatus, Side } from "#contract/registrations.ts";
import { route } from "#contract/route.ts";
import { Line } from "#contract/values.ts";
import { mailingStatuses } from "#domain/notifications/mailing.ts";

const Instant = z.iso.datetime();
const Count = z.int().min(0).max(1_000_000_000);
const ofEvent = z.object({ id: z.string().min(1).max(200) });
const ofMailing = z.object({ id: z.uuid() });

/** Whom a letter is meant for; an empty list means all. */
export const MeantFor = z.strictObject({
  statuses: z.array(RegistrationStatus).max(10).default(["confirmed"]),
  ticketTypeIds: z.array(z.uuid()).max(100).default([]),
  sides: z.array(Side).max(3).default([]),
  attendances: z.array(Attendance).max(3).default([]),
});
export type MeantFor = z.infer<typeof MeantFor>;

const written = {
  subject: Line.min(1).max(200),
  markdown: z.string().trim().min(1).max(20_000),
  meantFor: MeantFor,
  /** Those with an account find it among their notices too. */
  isAnnounced: z.boolean(),
};
export const MailingDraft = z.strictObject({
  occurrenceId: z.uuid().optional(),
  ...written,
  meantFor: MeantFor.prefault({}),
  isAnnounced: z.boolean().default(false),
});
export type MailingDraft = z.infer<typeof MailingDraft>;
export const MailingChange = z.strictObject(written).partial();
export type MailingChange = z.infer<typeof MailingChange>;

export const MailingStatus = z.enum(mailingStatuses);

/** A letter of a team to many who registered. */
export const Mailing = z.object({
  id: z.uuid(),
  occurrenceId: z.uuid(),
  status: MailingStatus,
  ...written,
  html: z.string(),
  sendAt: Instant.nullable(),
  createdAt: Instant,
  counts: z.object({
    /** Whom it is meant for by now. */
    meant: Count,
    /** Who had their turn; among them those who want no such letters, and whose address is nobody's. */
    done: Count,
    handedOver: Count,
    unsubscribed: Count,
    refused: Count,
    failed: Count,
  }),
});
export type Mailing = z.infer<typeof Mailing>;

export const MailingRecipient = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  outcome: z.enum(["waiting", "handed_over", "failed", "refused", "unsubscribed"]),
  said: z.string().nullable(),
});
export type MailingRecipient = z.infer<typeof MailingRecipient>;

const paging = { limit: z.coerce.number().int().min(1).max(100).default(50), cursor: z.uuid().optional() };
const mine = ["mailing.not_found"] as const;
const acts = [...mine, "mailing.wrong_status"] as const;

export const mailings = {
  list: route({
    method: "GET",
    path: "/events/:id/mailings",
    summary: "The letters of a team to those who registered, newest first",
    status: 200,
    who: "signedIn",
    params: ofEvent,
    query: z.strictObject({ occurrence_id: z.uuid().optional(), ...paging }),
    reply: z.object({ items: z.array(Mailing), nextCursor: z.string().nullable() }),
    problems: ["event.not_found", "gathering.not_found", "auth.forbidden"],
  }),
  create: route({
    method: "POST",
    path: "/events/:id/mailings",
    summary: "Write a letter to those who registered; nothing is sent yet",
    status: 201,
    who: "signedIn",
    limit: 30,
    idempotent: true,
    params: ofEvent,
    body: MailingDraft,
    reply: Mailing,
    problems: ["event.not_found", "gathering.not_found", "ticket_type.not_found", "auth.forbidden", "rate.limited"],
  }),
  get: route({
    method: "GET",
    path: "/mailings/:id",
    summary: "A letter to many, with how far it has come",
    status: 200,
    who: "signedIn",
    params: ofMailing,
    reply: Mailing,
    problems: mine,
  }),
  change: route({
    method: "PATCH",
    path: "/mailings/:id",
    summary: "Change a letter that is still a draft",
    status: 200,
    who: "signedIn",
    params: ofMailing,
    body: MailingChange,
    reply: Mailing,
    problems: [...acts, "ticket_type.not_found"],
  }),
  remove: route({
    method: "DELETE",
    path: "/mailings/:id",
    summary: "Throw a draft away",
    status: 204,
    who: "signedIn",
    params: ofMailing,
    reply: z.undefined(),
    problems: acts,
  }),
  test: route({
    method: "POST",
    path: "/mailings/:id/test",
    summary: "Send a letter to oneself, to see how it looks",
    status: 202,
    who: "signedIn",
    limit: 10,
    params: ofMailing,
    reply: z.object({ to: z.string() }),
    problems: [...mine, "mail.off", "rate.limited"],
  }),
  send: route({
    method: "POST",
    path: "/mailings/:id/send",
    summary: "Send a letter now, or at a time",
    status: 202,
    who: "signedIn",
    limit: 10,
    params: ofMailing,
    body: z.strictObject({ at: Instant.optional() }).prefault({}),
    reply: Mailing,
    problems: [...acts, "mail.off", "rate.limited"],
  }),
  stop: route({
    method: "POST",
    path: "/mailings/:id/stop",
    summary: "Take a scheduled letter back, or send no more of one that is on its way",
    status: 200,
    who: "signedIn",
    params: ofMailing,
    reply: Mailing,
    problems: acts,
  }),
  recipients: route({
    method: "GET",
    path: "/mailings/:id/recipients",
    summary: "Who had their turn, and what came of it",
    status: 200,
    who: "signedIn",
    params: ofMailing,
    query: z.strictObject(paging),
    reply: z.object({ items: z.array(MailingRecipient), nextCursor: z.string().nullable() }),
    problems: mine,
  }),
  read: route({
    method: "GET",
    path: "/me/mailings/:id",
    summary: "A letter that was announced to me",
    status: 200,
    who: "signedIn",
    params: ofMailing,
    reply: z.object({
      subject: z.string(),
      html: z.string(),
      at: Instant,
      title: z.string(),
      slug: z.string(),
      organizer: z.string(),
    }),
    problems: mine,
  }),
};
