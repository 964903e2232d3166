import type { EventCard, EventPage, EventQuery } from "#contract/events.ts";
import { allOf, anyOf, lexeme, type Reading, readWords } from "#domain/events/search.ts";
import { toInstant } from "#domain/time/wall.ts";
import * as repo from "#server/modules/events/repo/listing.ts";
import { cardOf } from "#server/modules/events/service/views.ts";
import { getOrganizer } from "#server/modules/organizers/service.ts";
import type { Ctx } from "#server/platform/ctx.ts";
import { readCursor, writeCursor } from "#server/platform/cursor.ts";

/**
 * Finds events that anybody may see and that are not over, a page at a time, each once.
 *
 * Words are found whatever their accents and case, begun or bent; where nobody ever wrote one, what looks like it is
 * searched instead, and the reply says so.
 */
export async function list(ctx: Ctx, query: EventQuery): Promise<EventPage> {
  const asked = await askedFor(ctx, query);
  if (!asked) return { items: [], nextCursor: null, instead: null };
  const { tiers, instead, ...search } = asked;
  const key = query.cursor === undefined ? null : keyIn(query.cursor, tiers.length);
  const found: (repo.Found & { tier: number })[] = [];
  for (const [tier, words] of tiers.entries()) {
    if (tier < (key?.tier ?? 0)) continue;
    const limit = query.limit + 1 - found.length;
    if (limit === 0) break;
    const after = key?.tier === tier ? key : null;
    found.push(...(await repo.findListed(ctx.db, { ...search, words, after, limit })).map((one) => ({ ...one, tier })));
  }
  const shown = found.slice(0, query.limit);
  const last = shown.at(-1);
  const rows = await repo.listCards(
    ctx.db,
    shown.map(({ gatheringId }) => gatheringId),
    search.now,
  );
  return {
    items: rows.map((row) => cardOf(row, { now: search.now, locale: ctx.locale })),
    nextCursor:
      found.length > query.limit && last ? writeCursor([String(last.tier), last.at.toISOString(), last.id]) : null,
    // What nobody may see any more must not be told by a suggestion either.
    instead: found.length > 0 || key ? instead : null,
  };
}

/** What an organizer has had for all to see, each event once, the last one first. */
export async function listPast(
  ctx: Ctx,
  name: string,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<{ items: EventCard[]; nextCursor: string | null }> {
  const { id: organizerId } = await getOrganizer(ctx, name);
  const [at = "", id = ""] = cursor === undefined ? [] : readCursor(cursor, ["instant", "id"]);
  const now = ctx.now();
  const after = cursor === undefined ? null : { at, id };
  const found = await repo.findPast(ctx.db, { organizerId, now, after, limit: limit + 1 });
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const rows = await repo.listCards(
    ctx.db,
    shown.map(({ gatheringId }) => gatheringId),
    now,
  );
  return {
    items: rows.map((row) => cardOf(row, { now, locale: ctx.locale })),
    nextCursor: found.length > limit && last ? writeCursor([last.at.toISOString(), last.id]) : null,
  };
}

type Asked = Omit<repo.Search, "words" | "after" | "limit"> & {
  /** What fits best comes first; each part of the list has an order of its own. */
  tiers: string[];
  instead: EventPage["instead"];
};

/** Nothing where nothing can be found. */
async function askedFor(ctx: Ctx, query: EventQuery): Promise<Asked | null> {
  const { start_date: first, end_date: last, timezone } = query;
  const now = ctx.now();
  const languages = [...new Set([query.language ?? ctx.locale, ctx.locale, "en"].map((tag) => tag.slice(0, 2)))];
  const [said, placed, organizerId] = await Promise.all([
    readText(ctx, query.q, languages),
    readText(ctx, query.place, []),
    query.organizer === undefined ? null : repo.findOrganizerId(ctx.db, query.organizer),
  ]);
  if (said.isHopeless || placed.isHopeless || organizerId === undefined) return null;
  const filters = allOf([...placed.words.map((words) => anyOf(words, "@")), filterOf(query)]);
  return {
    now,
    from: first === undefined ? now : later(now, toInstant(`${first}T00:00`, timezone)),
    until: last === undefined ? null : toInstant(`${dayAfter(last)}T00:00`, timezone),
    isOn: query.on_now === "true",
    organizerId,
    order: query.sort === "newest" ? "newest" : "soonest",
    tiers: tiersOf(said, filters, query.sort),
    instead: said.instead === null && placed.instead === null ? null : { q: said.instead, place: placed.instead },
  };
}

const later = (one: Date, other: Date) => (one > other ? one : other);
const dayAfter = (day: string) => Temporal.PlainDate.from(day).add({ days: 1 }).toString();

const nothing: Reading = { words: [], instead: null, isHopeless: false };

async function readText(ctx: Ctx, text: string | undefined, languages: readonly string[]): Promise<Reading> {
  return text ? readWords(await repo.lookUpWords(ctx.db, text, languages)) : nothing;
}

/** All that was chosen, as the one word that listings carry for it: each alone may be a quarter of them. */
function filterOf({ category, format, language, price }: EventQuery): string {
  const chosen = [
    category ? `=c/${category}` : "",
    format ? `=f/${format}` : "",
    language ? `=l/${language.slice(0, 2)}` : "",
    price ? `=p/${price}` : "",
  ].join("");
  return chosen && lexeme(chosen);
}

/** By relevance: first where every word stands in the title, then all others. */
function tiersOf({ words }: Reading, filters: string, sort: EventQuery["sort"]): string[] {
  const said = words.map((one) => anyOf(one));
  if (sort !== "relevance" || words.length === 0) return [allOf([...said, filters])];
  const inTitle = allOf(words.map((one) => anyOf(one, "^")));
  return [allOf([inTitle, filters]), allOf([...said, `!(${inTitle})`, filters])];
}

function keyIn(cursor: string, tiers: number): { tier: number; at: string; id: string } {
  const [tier = "", at = "", id = ""] = readCursor(cursor, ["number", "instant", "id"]);
  return { tier: Math.min(Number(tier), tiers - 1), at, id };
}
