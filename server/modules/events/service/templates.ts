import { type EventDraft, TemplateContent } from "#contract/event-input.ts";
import { type EventTemplate, own } from "#contract/templates.ts";
import { type BuiltIn, builtIns } from "#domain/events/templates.ts";
import { isUuid } from "#server/modules/events/repo/event.ts";
import * as repo from "#server/modules/events/repo/template.ts";
import { reviewsWhatIsBegun } from "#server/modules/events/service/reviews.ts";
import { instantOf } from "#server/modules/gatherings/service/planning.ts";
import * as organizers from "#server/modules/organizers/service.ts";
import type { NewTicketType } from "#server/modules/registrations/service/ticket-types.ts";
import type { Ctx, TxCtx } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";
import { say } from "#server/platform/words.ts";

const minuteMs = 60_000;

/** What the caller can begin events from: their organizer's own templates, the newest first, and those of the house. */
export async function listTemplates(ctx: Ctx, organizerId?: string) {
  const mine = organizerId === own ? [] : await organizers.listMine(ctx);
  const organizer = organizerId === undefined ? mine[0] : mine.find(({ id }) => id === organizerId);
  if (!organizer && organizerId !== undefined && organizerId !== own) throw new Problem("organizer.not_found");
  const kept = organizer ? await repo.list(ctx.db, organizer.id) : [];
  return {
    items: [...kept.map(viewOf), ...builtIns.map((one) => houseView(ctx.locale, one))],
    nextCursor: null,
    isReviewed: await reviewsWhatIsBegun(ctx, organizer?.id),
  };
}

type Draft = Omit<EventDraft, "organizerId" | "template">;

/** A draft as its template completes it, with the template's tickets; without one, as it is. */
export async function begunFrom(
  tctx: TxCtx,
  { id: organizerId, timeZone }: organizers.Membership,
  { template, ...draft }: Draft & Pick<EventDraft, "template">,
): Promise<{ draft: Draft; ticketTypes: NewTicketType[] }> {
  if (template === undefined) return { draft, ticketTypes: [] };
  const from = await find(tctx, organizerId, template);
  const { startTime, endTime } = draft;
  const zone = draft.timeZone ?? draft.timezone ?? timeZone;
  const ends =
    startTime && endTime === undefined && from.minutes !== null
      ? { endTime: new Date(instantOf(startTime, zone).getTime() + from.minutes * minuteMs).toISOString() }
      : {};
  const content = { ...from.content, ...draft };
  // Whether it has an online side follows from how people come, which the draft may say otherwise.
  const { enabled: _follows, ...virtualConfig } = content.virtualConfig ?? {};
  return { draft: { ...content, virtualConfig, ...ends }, ticketTypes: from.ticketTypes };
}

async function find(
  tctx: TxCtx,
  organizerId: string,
  id: string,
): Promise<{ content: Omit<Draft, "title">; minutes: number | null; ticketTypes: NewTicketType[] }> {
  const house = builtIns.find((one) => one.id === id);
  if (house) return { content: houseContent(tctx.locale, house), minutes: house.minutes, ticketTypes: [] };
  const row = isUuid.test(id) ? await repo.find(tctx.db, id) : undefined;
  if (row?.organizerId !== organizerId) throw new Problem("template.not_found");
  // What older templates say in a way that is no longer understood is left out.
  return { ...row, content: contentOf(row.content) };
}

/** Whatever of it a template can keep. */
export function contentOf(said: object): TemplateContent {
  const known = Object.entries(TemplateContent.shape).flatMap(([name, schema]) => {
    const read = schema.safeParse((said as Record<string, unknown>)[name]);
    return read.success && read.data !== undefined ? [[name, read.data]] : [];
  });
  return Object.fromEntries(known);
}

export const viewOf = ({ id, name, content, minutes }: repo.TemplateRow): EventTemplate => ({
  id,
  name,
  isBuiltIn: false,
  title: content.title ?? "",
  summary: content.summary ?? "",
  kind: content.kind ?? null,
  format: content.format ?? "virtual",
  placeName: content.placeName ?? "",
  minutes,
});

const houseView = (locale: string, one: BuiltIn): EventTemplate => ({
  ...houseWords(locale, one),
  id: one.id,
  isBuiltIn: true,
  title: "",
  kind: one.kind,
  format: one.format,
  placeName: "",
  minutes: one.minutes,
});

const houseWords = (locale: string, { id }: BuiltIn) => ({
  name: say(locale, `events.templates.${id}.name`),
  summary: say(locale, `events.templates.${id}.summary`),
});

const houseContent = (locale: string, one: BuiltIn): Omit<Draft, "title"> => ({
  description: say(locale, `events.templates.${one.id}.description`),
  conduct: say(locale, `events.templates.${one.id}.conduct`),
  kind: one.kind,
  category: one.category,
  format: one.format,
  capacity: one.capacity,
  needsApproval: one.needsApproval,
  visibility: one.visibility,
});
