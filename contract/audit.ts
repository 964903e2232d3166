import { z } from "zod";

import { paging } from "#contract/events.ts";
import { Instant } from "#contract/gatherings.ts";
import { route } from "#contract/route.ts";

const Count = z.int().min(0).max(Number.MAX_SAFE_INTEGER);

/** One thing that was done. */
export const AuditEntry = z.object({
  id: z.uuid(),
  at: Instant,
  actor: z.object({
    kind: z.enum(["anonymous", "user", "key", "system"]),
    id: z.uuid().nullable(),
    name: z.string().nullable(),
  }),
  action: z.string(),
  subject: z.object({ kind: z.string(), id: z.uuid() }),
  old: z.record(z.string(), z.unknown()),
  new: z.record(z.string(), z.unknown()),
  requestId: z.string(),
  /** Where it came from; null once that was erased. */
  address: z.string().nullable(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** Whether the chains of the log hold, as far as they were walked last. */
export const AuditState = z.object({
  /** Entries that no chain holds yet. */
  open: Count,
  last: z.object({ at: Instant, links: Count, breaks: z.array(z.uuid()) }).nullable(),
});
export type AuditState = z.infer<typeof AuditState>;

export const AuditQuery = z.strictObject({
  /** An account, by its id or its address. */
  actor: z.string().trim().max(254).optional(),
  subject: z.uuid().optional(),
  /** The first word of what was done, such as `event`. */
  kind: z
    .string()
    .regex(/^[a-z_]{1,40}$/)
    .optional(),
  /** Days in UTC, both included. */
  start_date: z.iso.date().optional(),
  end_date: z.iso.date().optional(),
  ...paging,
});
export type AuditQuery = z.output<typeof AuditQuery>;

export const audit = {
  list: route({
    method: "GET",
    path: "/admin/audit",
    summary: "Who did what to which thing, the newest first",
    status: 200,
    who: "admin",
    query: AuditQuery,
    reply: z.object({ items: z.array(AuditEntry), nextCursor: z.string().nullable() }),
    problems: ["request.invalid"],
  }),
  state: route({
    method: "GET",
    path: "/admin/audit/state",
    summary: "Whether the log is what it was, when it was last looked at",
    status: 200,
    who: "admin",
    reply: AuditState,
    problems: [],
  }),
  verify: route({
    method: "POST",
    path: "/admin/audit/verify",
    summary: "Walk all chains of the log now",
    status: 200,
    who: "admin",
    limit: 6,
    reply: AuditState,
    problems: ["rate.limited"],
  }),
};
