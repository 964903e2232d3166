import { atomOf, calendarOf, codeOf, codePictureOf, mapOf, mapPartOf } from "#server/modules/events/feeds.ts";
import * as repo from "#server/modules/events/repo/feed.ts";
import { get } from "#server/modules/events/service/reading.ts";
import { getOrganizer } from "#server/modules/organizers/service.ts";
import type { Ctx } from "#server/platform/ctx.ts";

const mostInCalendar = 500;
const mostInFeed = 50;
/** Search engines take 50,000 pages in one file; each event may bring that of its organizer along. */
const mostInMap = 24_000;

async function feedOf(ctx: Ctx, name: string, newestFirst: boolean) {
  const organizer = await getOrganizer(ctx, name);
  const limit = newestFirst ? mostInFeed : mostInCalendar;
  const rows = await repo.listFed(ctx.db, { organizerId: organizer.id, now: ctx.now(), newestFirst, limit });
  ctx.reply.header("cache-control", "public, max-age=300");
  return { organizer, rows, publicUrl: ctx.settings.publicUrl };
}

/** What an organizer has coming up, as a calendar; only what anybody may find. */
export const calendar = async (ctx: Ctx, name: string): Promise<string> => calendarOf(await feedOf(ctx, name, false));

/** The same for feed readers, the one last published first. */
export const atom = async (ctx: Ctx, name: string): Promise<string> => atomOf(await feedOf(ctx, name, true), ctx.now());

/** The map of all pages that anybody may find, in parts. */
export async function sitemap(ctx: Ctx): Promise<string> {
  ctx.reply.header("cache-control", "public, max-age=3600");
  return mapOf(ctx.settings.publicUrl, [null, ...(await repo.listPartEnds(ctx.db, mostInMap))]);
}

/** One part of it; the first also names the pages that are always there. */
export async function sitemapPart(ctx: Ctx, after: string | null): Promise<string> {
  const { publicUrl } = ctx.settings;
  const fixed = after === null ? ["/", "/events"] : [];
  const rows = await repo.listPart(ctx.db, { after, now: ctx.now(), limit: mostInMap });
  ctx.reply.header("cache-control", "public, max-age=3600");
  return mapPartOf([
    ...fixed.map((path) => ({ url: publicUrl + path })),
    ...[...new Set(rows.map(({ organizerSlug }) => organizerSlug))].map((slug) => ({ url: `${publicUrl}/${slug}` })),
    ...rows.map(({ slug, updatedAt }) => ({ url: `${publicUrl}/events/${slug}`, updatedAt })),
  ]);
}

/** A code that leads to an event's page, for whoever may see that page. */
export async function code(ctx: Ctx, name: string): Promise<string> {
  return codeOf(await addressOf(ctx, name));
}

/** The same as a picture. */
export async function codePicture(ctx: Ctx, name: string): Promise<Uint8Array> {
  return codePictureOf(await addressOf(ctx, name));
}

async function addressOf(ctx: Ctx, name: string): Promise<string> {
  const { slug } = await get(ctx, name);
  return `${ctx.settings.publicUrl}/events/${slug}`;
}
