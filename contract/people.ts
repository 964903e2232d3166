import { z } from "zod";

import { named } from "#contract/issue.ts";
import { Attendance, Participant, RegistrationStatus, SideInput } from "#contract/registrations.ts";
import { route } from "#contract/route.ts";
import { Email, PersonName } from "#contract/values.ts";

const ofEvent = z.object({ id: z.string().min(1).max(200) });
const Count = z.int().min(0).max(1_000_000_000);
const Note = z.string().trim().max(2000).default("");

export const AddPeopleInput = z.strictObject({
  occurrenceId: z.uuid().optional(),
  ticketTypeId: z.uuid().optional(),
  people: z
    .array(z.strictObject({ name: PersonName, email: Email, side: SideInput.optional() }))
    .min(1)
    .max(100),
  /** Each hears of their seat by letter. */
  letter: z.boolean().default(true),
  /** Above what there is, where the organizer wants it so. */
  overbook: z.boolean().default(false),
});
export type AddPeopleInput = z.infer<typeof AddPeopleInput>;

export const bulkActions = ["approve", "decline", "cancel", "letter", "restore"] as const;

export const BulkInput = z
  .strictObject({
    occurrenceId: z.uuid().optional(),
    action: z.enum(bulkActions),
    note: Note,
    /** Those who were chosen, or else all that match. */
    ids: z.array(z.uuid()).min(1).max(100).optional(),
    matching: z
      .strictObject({
        q: z.string().trim().max(120).optional(),
        status: RegistrationStatus.optional(),
        attendance: Attendance.optional(),
      })
      .optional(),
    cursor: z.string().max(400).optional(),
  })
  .refine(({ ids, matching }) => (ids === undefined) !== (matching === undefined), {
    path: ["ids"],
    ...named("one_of_two"),
  })
  .meta({ oneOf: [{ required: ["ids"] }, { required: ["matching"] }] });
export type BulkInput = z.infer<typeof BulkInput>;

export const BulkReply = z.object({
  /** What was done to whom, so that it can be undone where that is possible. */
  done: z.array(z.uuid()),
  refused: z.array(z.object({ id: z.uuid(), name: z.string(), code: z.string() })),
  /** More are to come: ask again with it. */
  nextCursor: z.string().nullable(),
});
export type BulkReply = z.infer<typeof BulkReply>;

/** What the team does about the people of an event, beside deciding over one of them. */
export const people = {
  add: route({
    method: "POST",
    path: "/events/:id/participants",
    summary: "Add people as the team, each with a place of their own",
    status: 200,
    who: "signedIn",
    limit: 60,
    params: ofEvent,
    body: AddPeopleInput,
    reply: z.object({
      added: z.array(Email),
      /** They have a place already. */
      already: z.array(Email),
      /** There was no place left for them, or they are shut out. */
      refused: z.array(z.object({ email: Email, code: z.string() })),
    }),
    problems: ["event.not_found", "auth.forbidden", "gathering.cancelled", "ticket_type.not_found", "mail.off"],
  }),
  move: route({
    method: "POST",
    path: "/registrations/:id/move",
    summary: "Give somebody another time, side or ticket, as the team",
    status: 200,
    who: "signedIn",
    params: z.object({ id: z.uuid() }),
    body: z.strictObject({
      occurrenceId: z.uuid().optional(),
      ticketTypeId: z.uuid().optional(),
      side: SideInput.optional(),
      overbook: z.boolean().default(false),
    }),
    reply: Participant,
    problems: [
      "registration.not_found",
      "registration.wrong_status",
      "registration.closed",
      "registration.sold_out",
      "registration.side_not_offered",
      "registration.duplicate",
      "ticket_type.not_found",
      "gathering.not_found",
      "gathering.cancelled",
      "auth.forbidden",
    ],
  }),
  bulk: route({
    method: "POST",
    path: "/events/:id/participants/bulk",
    summary: "Do one thing to many of an event's people, a hundred at a time",
    status: 200,
    who: "signedIn",
    limit: 120,
    params: ofEvent,
    body: BulkInput,
    reply: BulkReply.extend({ matching: Count }),
    problems: ["event.not_found", "auth.forbidden"],
  }),
};
