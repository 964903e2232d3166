import { z } from "zod";

import { ZoneName } from "#contract/gatherings.ts";
import { type RawBody, route } from "#contract/route.ts";
import { Line } from "#contract/values.ts";

const Role = z.enum(["owner", "admin", "member"]);
const Hue = z.int().min(0).max(359);
/** Minutes. */
const SlotInterval = z.int().min(0).max(60);
const Named = z.strictObject({ id: z.string().min(1).max(60) });

/** The public face that events belong to. */
export const Organizer = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  bio: z.string(),
  website: z.string(),
  logoUrl: z.string().nullable(),
  hue: Hue,
  timeZone: z.string(),
  /** What the caller is there; null for strangers. */
  role: Role.nullable(),
  isFollowed: z.boolean(),
  /** How many follow; null for strangers where `showsFollowers` is off. */
  followers: z.int().min(0).max(2_000_000_000).nullable(),
  showsFollowers: z.boolean(),
  /** How far apart the starts of its event types lie, unless one says otherwise; 0: as far as it is long. */
  slotIntervalMinutes: SlotInterval,
});
export type Organizer = z.infer<typeof Organizer>;

export const OrganizerInput = z.strictObject({
  name: Line.min(1).max(120).optional(),
  slug: z.string().trim().toLowerCase().min(3).max(60).optional(),
  bio: z.string().trim().max(2000).optional(),
  website: z.union([z.literal(""), z.url({ protocol: /^https?$/, hostname: z.regexes.domain }).max(300)]).optional(),
  hue: Hue.optional(),
  timeZone: ZoneName.optional(),
  showsFollowers: z.boolean().optional(),
  slotIntervalMinutes: SlotInterval.optional(),
});
export type OrganizerInput = z.infer<typeof OrganizerInput>;

export const organizers = {
  mine: route({
    method: "GET",
    path: "/organizers",
    summary: "The organizers I belong to, the one last used first",
    status: 200,
    who: "signedIn",
    reply: z.object({ items: z.array(Organizer), nextCursor: z.null() }),
    problems: ["auth.required"],
  }),
  begin: route({
    method: "POST",
    path: "/organizers",
    summary: "An organizer of my own, made if I have none yet; for who belongs to others' teams only",
    status: 200,
    who: "signedIn",
    limit: 20,
    reply: Organizer,
    problems: ["auth.required"],
  }),
  get: route({
    method: "GET",
    path: "/organizers/:id",
    summary: "An organizer, by its id or its slug",
    status: 200,
    who: "anyone",
    params: Named,
    reply: Organizer,
    problems: ["organizer.not_found"],
  }),
  change: route({
    method: "PATCH",
    path: "/organizers/:id",
    summary: "Change the public face; for its owners and admins",
    status: 200,
    who: "signedIn",
    params: Named,
    body: OrganizerInput,
    reply: Organizer,
    problems: ["auth.required", "auth.forbidden", "organizer.not_found", "organizer.slug_taken", "request.invalid"],
  }),
  setLogo: route({
    method: "PUT",
    path: "/organizers/:id/logo",
    summary: "Give an organizer a picture",
    status: 200,
    who: "signedIn",
    limit: 60,
    raw: true,
    params: Named,
    body: z.custom<RawBody>(),
    reply: Organizer,
    problems: ["auth.required", "auth.forbidden", "organizer.not_found", "file.unreadable", "request.too_large"],
  }),
  removeLogo: route({
    method: "DELETE",
    path: "/organizers/:id/logo",
    summary: "Take the picture away",
    status: 200,
    who: "signedIn",
    params: Named,
    reply: Organizer,
    problems: ["auth.required", "auth.forbidden", "organizer.not_found"],
  }),
};
