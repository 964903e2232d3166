import { z } from "zod";

import { Instant } from "#contract/gatherings.ts";
import { route } from "#contract/route.ts";
import { Email } from "#contract/values.ts";

const ofExport = z.strictObject({ id: z.uuid() });

export const DataExport = z.object({
  id: z.uuid(),
  askedAt: Instant,
  /** Null while it is being made. */
  readyAt: Instant.nullable(),
  /** From then on it is gone. */
  endsAt: Instant.nullable(),
  bytes: z.int().nullable(),
});
export type DataExport = z.infer<typeof DataExport>;

/** Something to come that nobody could run any more. */
export const Bound = z.object({
  gatheringId: z.uuid(),
  kind: z.enum(["occurrence", "talk", "booking"]),
  /** Its event or event type. */
  sourceId: z.uuid(),
  title: z.string(),
  organizer: z.string(),
  startTime: Instant,
  /** How often an event happens after that. */
  moreTimes: z.int().min(0),
});
export type Bound = z.infer<typeof Bound>;

export const Leaving = z.object({
  email: z.string(),
  /** What has to be cancelled or handed over first; fifty at most. */
  bound: z.array(Bound),
  /** How many places would be given up. */
  places: z.int(),
});
export type Leaving = z.infer<typeof Leaving>;

/** Typed to be sure: the account's own address. */
export const LeaveInput = z.strictObject({ confirm: Email });
export type LeaveInput = z.infer<typeof LeaveInput>;

export const ForgetInput = z.strictObject({ email: Email });
export const ForgetToken = z.strictObject({ token: z.string().min(1).max(200) });

/** What the house knows of somebody, and how it forgets it. */
export const privacy = {
  exports: route({
    method: "GET",
    path: "/me/exports",
    summary: "The files of my data that are made or being made, newest first",
    status: 200,
    who: "signedIn",
    reply: z.object({ items: z.array(DataExport), nextCursor: z.null() }),
    problems: ["auth.required"],
  }),
  ask: route({
    method: "POST",
    path: "/me/exports",
    summary: "Ask for one file of all my data; a letter says when it is ready",
    status: 202,
    who: "signedIn",
    limit: 10,
    reply: DataExport,
    problems: ["auth.required", "auth.confirm_needed", "rate.limited"],
  }),
  read: route({
    method: "GET",
    path: "/me/exports/:id/file",
    summary: "Download a file of my data, within seven days",
    status: 200,
    who: "signedIn",
    limit: 30,
    media: "application/zip",
    params: ofExport,
    reply: z.custom<AsyncIterable<Uint8Array>>(),
    problems: ["auth.required", "auth.confirm_needed", "request.invalid", "export.not_found", "rate.limited"],
  }),
  leaving: route({
    method: "GET",
    path: "/me/leaving",
    summary: "What deleting my account would do, and what stands in its way",
    status: 200,
    who: "signedIn",
    reply: Leaving,
    problems: ["auth.required"],
  }),
  leave: route({
    method: "POST",
    path: "/me/leaving",
    summary: "Delete my account: for good, and at once",
    status: 204,
    who: "signedIn",
    limit: 10,
    body: LeaveInput,
    reply: z.undefined(),
    problems: [
      "auth.required",
      "auth.confirm_needed",
      "request.invalid",
      "leaving.bound",
      "user.last_admin",
      "rate.limited",
    ],
  }),
  askToForget: route({
    method: "POST",
    path: "/forget",
    summary: "Ask for a letter whose link makes the house forget an address without an account; the answer never tells",
    status: 202,
    who: "anyone",
    limit: 20,
    body: ForgetInput,
    reply: z.object({}),
    problems: ["request.invalid", "rate.limited", "mail.off"],
  }),
  forget: route({
    method: "POST",
    path: "/forget/confirm",
    summary: "Forget the address that the letter went to: its places are given up, its name and address erased",
    status: 204,
    who: "anyone",
    limit: 20,
    body: ForgetToken,
    reply: z.undefined(),
    problems: ["request.invalid", "auth.link_invalid", "rate.limited"],
  }),
};
