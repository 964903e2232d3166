import { z } from "zod";

import { paging } from "#contract/events.ts";
import { Instant } from "#contract/gatherings.ts";
import { route } from "#contract/route.ts";

const Role = z.enum(["attendee", "organizer", "admin"]);

/** An account as those see it who run the installation. */
export const Account = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  role: Role,
  pictureUrl: z.string().nullable(),
  createdAt: Instant,
  /** When one of its sessions was last used; null where none is open. */
  lastSeenAt: Instant.nullable(),
  organizers: z.array(z.object({ id: z.uuid(), slug: z.string(), name: z.string() })),
  /** Set while it is closed; without an end it is for good. */
  ban: z.object({ since: Instant, until: Instant.nullable(), reason: z.string() }).nullable(),
});
export type Account = z.infer<typeof Account>;

export const AccountQuery = z.strictObject({
  q: z.string().trim().max(200).optional(),
  show: z.enum(["all", "admins", "organizers", "banned"]).default("all"),
  ...paging,
});
export type AccountQuery = z.output<typeof AccountQuery>;

export const BanInput = z.strictObject({
  reason: z.string().trim().min(1).max(1000),
  /** When it ends by itself; left out, it does not. */
  until: Instant.optional(),
});
export type BanInput = z.infer<typeof BanInput>;

export const RoleInput = z.strictObject({ role: Role });

const Named = z.strictObject({ id: z.uuid() });

/** What admins do with accounts. */
export const accounts = {
  list: route({
    method: "GET",
    path: "/admin/users",
    summary: "Accounts, the newest first; `q` finds names and addresses",
    status: 200,
    who: "admin",
    query: AccountQuery,
    reply: z.object({ items: z.array(Account), nextCursor: z.string().nullable() }),
    problems: ["request.invalid"],
  }),
  get: route({
    method: "GET",
    path: "/admin/users/:id",
    summary: "One account",
    status: 200,
    who: "admin",
    params: Named,
    reply: Account,
    problems: ["user.not_found"],
  }),
  role: route({
    method: "PUT",
    path: "/admin/users/:id/role",
    summary: "Give an account another role; there is always an admin",
    status: 200,
    who: "admin",
    params: Named,
    body: RoleInput,
    reply: Account,
    problems: ["user.not_found", "user.last_admin"],
  }),
  ban: route({
    method: "PUT",
    path: "/admin/users/:id/ban",
    summary: "Close an account, for good or until a time: its sessions, sockets and calls end at once",
    status: 200,
    who: "admin",
    params: Named,
    body: BanInput,
    reply: Account,
    problems: ["user.not_found", "user.last_admin", "request.invalid"],
  }),
  unban: route({
    method: "DELETE",
    path: "/admin/users/:id/ban",
    summary: "Open an account again",
    status: 200,
    who: "admin",
    params: Named,
    reply: Account,
    problems: ["user.not_found"],
  }),
  passwordLetter: route({
    method: "POST",
    path: "/admin/users/:id/password-letter",
    summary: "Send an account the letter that leads to a new password",
    status: 204,
    who: "admin",
    params: Named,
    reply: z.undefined(),
    problems: ["user.not_found", "mail.off"],
  }),
};
