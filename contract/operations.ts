import { z } from "zod";

import { paging } from "#contract/events.ts";
import { Instant } from "#contract/gatherings.ts";
import { route } from "#contract/route.ts";

const Count = z.int().min(0).max(Number.MAX_SAFE_INTEGER);

/** A letter on its way; what it says is for its reader alone. */
export const LetterState = z.object({
  id: z.uuid(),
  kind: z.string(),
  to: z.string(),
  lane: z.enum(["urgent", "normal", "bulk"]),
  status: z.enum(["waiting", "handed_over", "failed", "refused"]),
  attempts: Count,
  lastError: z.string().nullable(),
  createdAt: Instant,
});
export type LetterState = z.infer<typeof LetterState>;

/** A job that failed and will be tried again, or not any more. */
export const FailedJob = z.object({
  id: z.string(),
  task: z.string(),
  /** The fact or the routine that it is about. */
  about: z.string().nullable(),
  attempts: Count,
  maxAttempts: Count,
  lastError: z.string(),
  /** When it is tried again; null when never by itself. */
  nextAt: Instant.nullable(),
});
export type FailedJob = z.infer<typeof FailedJob>;

export const Queue = z.object({ task: z.string(), waiting: Count, running: Count, failed: Count });
export type Queue = z.infer<typeof Queue>;

const Part = z.object({
  state: z.enum(["ready", "preparing", "off"]),
  /** For those who run it, in the language of whoever asks. */
  reason: z.string().nullable(),
});

export const Health = z.object({
  database: Part.extend({ version: z.string(), bytes: Count, connections: Count }),
  jobs: Part.extend({ workers: Count, waiting: Count, failed: Count }),
  media: Part,
  /** Null where the installation has none. */
  redis: Part.nullable(),
  mail: z.object({ kind: z.enum(["smtp", "mailbox", "off"]), waiting: Count, failed: Count }),
  disk: z.object({ freeBytes: Count, totalBytes: Count }),
  versions: z.object({ plenary: z.string(), node: z.string() }),
  startedAt: Instant,
});
export type Health = z.infer<typeof Health>;

export const Figures = z.object({
  users: Count,
  newUsers: Count,
  organizers: Count,
  upcoming: Count,
  inReview: Count,
  coming: Count,
  liveRooms: Count,
});
export type Figures = z.infer<typeof Figures>;

export const LetterQuery = z.strictObject({
  status: z.enum(["waiting", "handed_over", "failed", "refused"]).optional(),
  to: z.string().trim().max(254).optional(),
  ...paging,
});
export type LetterQuery = z.output<typeof LetterQuery>;

/** What keeps an installation running, for those who run it. */
export const operations = {
  figures: route({
    method: "GET",
    path: "/admin/figures",
    summary: "How much there is; new accounts are those of the last seven days",
    status: 200,
    who: "admin",
    reply: Figures,
    problems: [],
  }),
  health: route({
    method: "GET",
    path: "/admin/health",
    summary: "How the parts of this installation are",
    status: 200,
    who: "admin",
    reply: Health,
    problems: [],
  }),
  letters: route({
    method: "GET",
    path: "/admin/letters",
    summary: "Letters and how their delivery went, the newest first, without what they say",
    status: 200,
    who: "admin",
    query: LetterQuery,
    reply: z.object({ items: z.array(LetterState), nextCursor: z.string().nullable() }),
    problems: ["request.invalid"],
  }),
  retryLetter: route({
    method: "POST",
    path: "/admin/letters/:id/retry",
    summary: "Hand a letter over again, now",
    status: 204,
    who: "admin",
    params: z.strictObject({ id: z.uuid() }),
    reply: z.undefined(),
    problems: ["letter.not_found"],
  }),
  jobs: route({
    method: "GET",
    path: "/admin/jobs",
    summary: "Jobs that failed, and how long each queue is",
    status: 200,
    who: "admin",
    query: z.strictObject(paging),
    reply: z.object({
      items: z.array(FailedJob),
      nextCursor: z.string().nullable(),
      queues: z.array(Queue),
    }),
    problems: ["request.invalid"],
  }),
  retryJob: route({
    method: "POST",
    path: "/admin/jobs/:id/retry",
    summary: "Try a failed job again, now",
    status: 204,
    who: "admin",
    params: z.strictObject({ id: z.string().regex(/^\d{1,15}$/) }),
    reply: z.undefined(),
    problems: ["job.not_found"],
  }),
};
