import { z } from "zod";

import { route } from "#contract/route.ts";
import { Line } from "#contract/values.ts";

export const reviewRules = ["off", "new_organizers", "all"] as const;

const fields = {
  /** Stands beside the logo. */
  name: Line.min(1).max(60),
  /** Whose events an admin looks at before anybody else sees them. */
  review: z.enum(reviewRules),
  /** `open`: everybody may do everything; `tiers` comes later. */
  plans: z.enum(["open", "tiers"]),
  /** To which sites, and parts of them, visitors may be led once they have booked. */
  redirectSites: z.array(z.string().trim().toLowerCase().max(253).regex(z.regexes.domain)).max(100),
};

/** What the people who run this installation decided. */
export const InstallationSettings = z.object({
  name: fields.name.default("Plenary"),
  review: fields.review.default("off"),
  plans: fields.plans.default("open"),
  redirectSites: fields.redirectSites.default([]),
});
export type InstallationSettings = z.output<typeof InstallationSettings>;

export const InstallationChange = z.strictObject(fields).partial();
export type InstallationChange = z.infer<typeof InstallationChange>;

export const installation = {
  settings: route({
    method: "GET",
    path: "/admin/settings",
    summary: "The settings of this installation",
    status: 200,
    who: "admin",
    reply: InstallationSettings,
    problems: [],
  }),
  change: route({
    method: "PATCH",
    path: "/admin/settings",
    summary: "Change the settings of this installation; what the body leaves out stays",
    status: 200,
    who: "admin",
    body: InstallationChange,
    reply: InstallationSettings,
    problems: ["request.invalid", "feature.later"],
  }),
};
