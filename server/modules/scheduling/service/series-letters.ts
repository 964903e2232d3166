import { type SeriesKind, seriesLetter } from "#server/modules/scheduling/emails/series.ts";
import type { SeriesChange } from "#server/modules/scheduling/facts.ts";
import { isLiving, manageUrl, roomUrl } from "#server/modules/scheduling/service/booking-views.ts";
import { calendarOfAll, membersOf } from "#server/modules/scheduling/service/managing.ts";
import type { Member } from "#server/modules/scheduling/service/series-changes.ts";
import { type Ctx, inTx } from "#server/platform/ctx.ts";
import { post } from "#server/platform/letters.ts";

interface Changed {
  kind: SeriesChange;
  attendeeIds: string[];
  change: string;
}

/** What is still so of what happened, and what is said of it by now. */
function meantOf(kind: SeriesChange, all: readonly Member[]): { kind: SeriesKind; members: Member[] } {
  if (kind === "cancelled") return { kind, members: all.filter(({ party }) => party.status === "cancelled") };
  if (kind === "declined") return { kind, members: all.filter(({ party }) => party.status === "declined") };
  const living = all.filter(({ party }) => isLiving(party));
  const are = (status: "pending" | "confirmed") => living.filter(({ row }) => row.status === status);
  if (kind === "asked") return { kind, members: are("pending") };
  return kind === "moved" ? { kind, members: living } : { kind: "booked", members: are("confirmed") };
}

/** Tells the parties of a series, and its hosts, in one letter each what became of several bookings at once. */
export async function tellSeries(ctx: Ctx, { kind: happened, attendeeIds, change }: Changed): Promise<void> {
  const { kind, members } = meantOf(happened, await membersOf(ctx, attendeeIds));
  const [first] = members;
  if (!first) return;
  const telling = { kind, happened, change };
  const bySeries = Map.groupBy(members, (member) => member.party.seriesId ?? "");
  for (const own of bySeries.values()) await tellParty(ctx, own, telling);
  const heard = members.filter((member) => member.party.guestOf === null);
  if (kind !== "declined") await tellHosts(ctx, heard.length > 0 ? heard : members, telling);
}

interface Telling {
  kind: SeriesKind;
  happened: SeriesChange;
  change: string;
}

const sharedOf = (ctx: Ctx, kind: SeriesKind, { row, party }: Member) => ({
  ...{ kind, row, party, before: undefined, publicUrl: ctx.settings.publicUrl, roomUrl: roomUrl(ctx, row) },
});

async function tellParty(ctx: Ctx, members: readonly Member[], { kind, happened, change }: Telling): Promise<void> {
  const [first] = members;
  // A guest hears of it once it is certain.
  if (!first || first.party.email === "") return;
  if (first.party.guestOf !== null && (kind === "asked" || kind === "declined")) return;
  const rows = members.map(({ row }) => row);
  const about = { ...sharedOf(ctx, kind, first), rows, link: manageUrl(ctx, first.party) };
  const letter = seriesLetter({ ...about, calendar: await calendarOfAll(ctx, members) });
  const key = `booking/series_${happened}/${first.party.id}/${change}`;
  await inTx(ctx, (tctx) => post(tctx, letter, { key, lane: "normal" }));
}

async function tellHosts(ctx: Ctx, members: readonly Member[], { kind, happened, change }: Telling): Promise<void> {
  const hosts = new Map(members.flatMap(({ row }) => row.hosts.map((host) => [host.userId, host])));
  for (const host of hosts.values()) {
    const own = members.filter(({ row }) => row.hostIds.includes(host.userId));
    const [first] = own;
    if (host.email === "" || !first) continue;
    const rows = own.map(({ row }) => row);
    const calendar = await calendarOfAll(
      ctx,
      rows.map((row) => ({ row, party: undefined })),
    );
    const link = `${ctx.settings.publicUrl}/bookings/${first.row.id}`;
    const letter = seriesLetter({ ...sharedOf(ctx, kind, first), rows, host, link, calendar });
    // By the first of them, on whose page of the desk it is listed.
    const key = `booking/series_${happened}/host/${host.userId}/${first.party.id}/${change}`;
    await inTx(ctx, (tctx) => post(tctx, letter, { key, lane: "normal" }));
  }
}
