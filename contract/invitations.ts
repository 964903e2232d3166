import { z } from "zod";

import { Occasion } from "#contract/occasion.ts";
import { route } from "#contract/route.ts";
import { Email, PersonName } from "#contract/values.ts";

const Instant = z.iso.datetime();
const Count = z.int().min(0).max(1_000_000_000);
const ofEvent = z.object({ id: z.string().min(1).max(200) });
const ofInvitation = z.object({ id: z.uuid() });
const token = z.strictObject({ token: z.string().min(1).max(200) });

export const InvitationStatus = z.enum(["invited", "accepted", "declined", "withdrawn"]);

export const Invitation = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  /** Accepted is who has a place, asks for one or waits for one. */
  status: InvitationStatus,
  sentAt: Instant,
});
export type Invitation = z.infer<typeof Invitation>;

/** An invitation as who was invited sees it. */
export const Invited = z.object({
  name: z.string(),
  email: z.string(),
  status: InvitationStatus,
  event: Occasion,
});
export type Invited = z.infer<typeof Invited>;

/** Who may come to events that are not for everybody. */
export const invitations = {
  list: route({
    method: "GET",
    path: "/events/:id/invitations",
    summary: "Who is invited, for the team",
    status: 200,
    who: "signedIn",
    params: ofEvent,
    query: z.strictObject({
      q: z.string().trim().max(120).optional(),
      status: InvitationStatus.optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
      cursor: z.string().max(400).optional(),
    }),
    reply: z.object({
      items: z.array(Invitation),
      nextCursor: z.string().nullable(),
      counts: z.object({ invited: Count, accepted: Count, declined: Count, withdrawn: Count }),
    }),
    problems: ["event.not_found", "auth.forbidden"],
  }),
  invite: route({
    method: "POST",
    path: "/events/:id/invitations",
    summary: "Invite people by letter; who is invited already is not written to again",
    status: 200,
    who: "signedIn",
    limit: 30,
    params: ofEvent,
    body: z.strictObject({
      people: z
        .array(z.strictObject({ email: Email, name: PersonName.or(z.literal("")).default("") }))
        .min(1)
        .max(500),
    }),
    reply: z.object({ invited: z.array(Email), already: z.array(Email) }),
    problems: ["event.not_found", "event.wrong_status", "auth.forbidden", "mail.off"],
  }),
  resend: route({
    method: "POST",
    path: "/invitations/:id/resend",
    summary: "Send an invitation once more",
    status: 200,
    who: "signedIn",
    limit: 60,
    params: ofInvitation,
    reply: Invitation,
    problems: ["invitation.not_found", "invitation.wrong_status", "mail.off"],
  }),
  withdraw: route({
    method: "DELETE",
    path: "/invitations/:id",
    summary: "Withdraw an invitation: its link is void, and the event is as unknown to them as to everybody",
    status: 200,
    who: "signedIn",
    params: ofInvitation,
    reply: Invitation,
    problems: ["invitation.not_found", "invitation.wrong_status"],
  }),
  open: route({
    method: "POST",
    path: "/invitations/open",
    summary: "Open the link of an invitation: this browser is invited from then on",
    status: 200,
    who: "anyone",
    limit: 60,
    body: token,
    reply: Invited,
    problems: ["auth.link_invalid"],
  }),
  decline: route({
    method: "POST",
    path: "/invitations/decline",
    summary: "Say that one does not come",
    status: 200,
    who: "anyone",
    limit: 20,
    body: token,
    reply: Invited,
    problems: ["auth.link_invalid", "invitation.wrong_status"],
  }),
};
