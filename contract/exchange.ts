import { z } from "zod";

import { Attendance, RegistrationStatus, Side } from "#contract/registrations.ts";
import { route } from "#contract/route.ts";

const ofEvent = z.object({ id: z.string().min(1).max(200) });
const Count = z.int().min(0).max(1_000_000_000);
const which = z.strictObject({
  occurrence_id: z.uuid().optional(),
  q: z.string().trim().max(120).optional(),
  status: RegistrationStatus.optional(),
  attendance: Attendance.optional(),
});

/** A line of a table as it would be taken in. */
export const ImportLine = z.object({
  line: Count,
  name: z.string(),
  email: z.string(),
  side: Side.nullable(),
  ticketTypeId: z.uuid().nullable(),
  /** What keeps it out; `known` is who has a place already. */
  problem: z.enum(["no_address", "no_name", "twice", "side_unknown", "ticket_unknown", "known"]).nullable(),
});
export type ImportLine = z.infer<typeof ImportLine>;

/** People as tables, out and in. Cells that a spreadsheet would run as a formula carry an apostrophe. */
export const exchange = {
  csv: route({
    method: "GET",
    path: "/events/:id/participants.csv",
    summary: "Who comes, as CSV",
    status: 200,
    who: "signedIn",
    limit: 30,
    media: "text/csv; charset=utf-8",
    params: ofEvent,
    query: which,
    reply: z.string(),
    problems: ["event.not_found", "auth.forbidden"],
  }),
  xlsx: route({
    method: "GET",
    path: "/events/:id/participants.xlsx",
    summary: "Who comes, as a workbook",
    status: 200,
    who: "signedIn",
    limit: 30,
    media: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    params: ofEvent,
    query: which,
    reply: z.custom<Uint8Array>(),
    problems: ["event.not_found", "auth.forbidden"],
  }),
  preview: route({
    method: "POST",
    path: "/events/:id/participants/preview",
    summary:
      "Read a table of people (CSV or XLSX as bytes) and say line by line what would come of it; changes nothing",
    status: 200,
    who: "signedIn",
    limit: 20,
    raw: true,
    params: ofEvent,
    query: which.pick({ occurrence_id: true }),
    body: z.custom<{ bytes: Uint8Array }>(),
    reply: z.object({ lines: z.array(ImportLine) }),
    problems: ["event.not_found", "auth.forbidden", "table.unreadable", "table.too_large"],
  }),
};
