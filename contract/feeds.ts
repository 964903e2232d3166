import { z } from "zod";

import { route } from "#contract/route.ts";

const Named = z.strictObject({ id: z.string().min(1).max(60) });
const xml = "application/xml; charset=utf-8";

/** What programs read again and again: only events that anybody may see. */
export const feeds = {
  calendar: route({
    method: "GET",
    path: "/organizers/:id/calendar.ics",
    summary:
      "What an organizer has coming up, for calendars to subscribe to; what was cancelled says so until it would be over",
    status: 200,
    who: "anyone",
    media: "text/calendar; charset=utf-8",
    params: Named,
    reply: z.string(),
    problems: ["organizer.not_found"],
  }),
  atom: route({
    method: "GET",
    path: "/organizers/:id/feed.atom",
    summary: "An organizer's events still to come, the one last published first, for feed readers",
    status: 200,
    who: "anyone",
    media: "application/atom+xml; charset=utf-8",
    params: Named,
    reply: z.string(),
    problems: ["organizer.not_found"],
  }),
  sitemap: route({
    method: "GET",
    path: "/sitemap.xml",
    summary: "The parts of the map of all pages, for search engines",
    status: 200,
    who: "anyone",
    limit: 120,
    media: xml,
    reply: z.string(),
    problems: [],
  }),
  sitemapPart: route({
    method: "GET",
    path: "/sitemap-part.xml",
    summary: "The pages of up to 50,000 events, after the named one",
    status: 200,
    who: "anyone",
    limit: 120,
    media: xml,
    query: z.strictObject({ after: z.uuid().optional() }),
    reply: z.string(),
    problems: [],
  }),
};
