import { sql } from "kysely";

import type { Pool } from "#domain/capacity/decide.ts";
import type { GatheringStatus } from "#domain/gatherings/states.ts";
import type { Format, Side } from "#domain/registrations/places.ts";
import { doorStatus } from "#server/modules/access/service.ts";
import { meantFirst, nameOf, overAt } from "#server/modules/gatherings/service/reading.ts";
import { type Db, prepared, type Tx } from "#server/platform/db.ts";

export interface TicketTypeRow {
  id: string;
  name: string;
  description: string;
  priceMinor: number;
  currency: string;
  side: Side | "any";
  capacity: number | null;
  opensAt: Date | null;
  closesAt: Date | null;
  maxParty: number;
  allowsSeveral: boolean;
}

/** All that decides over registering for one gathering, beside its pools. */
export interface SaleRow {
  gatheringId: string;
  sourceId: string;
  slug: string;
  status: GatheringStatus;
  visibility: "public" | "unlisted" | "invite_only" | "private";
  format: Format;
  startTime: Date | null;
  endTime: Date | null;
  timeZone: string;
  opensAt: Date | null;
  closesAt: Date | null;
  needsApproval: boolean;
  hasWaitlist: boolean;
  capacity: number | null;
  inPersonCapacity: number | null;
  virtualCapacity: number | null;
  /** Of the code of conduct, where there is one. */
  conduct: string | null;
  minimumAge: number | null;
  types: TicketTypeRow[];
}

/** The same with how full its pools are; one that nobody took from yet is not among them. */
export interface OfferRow extends SaleRow {
  pools: (Pool & { key: string; told: number })[];
}

type Raw<Row extends SaleRow> = Omit<Row, "types"> & {
  types: (Omit<TicketTypeRow, "opensAt" | "closesAt"> & { opensAt: string | null; closesAt: string | null })[];
};

const sale = sql`g.id as "gatheringId", g.source_id as "sourceId", coalesce(e.slug, '') as slug,
    ${doorStatus} as status, g.visibility, g.format, g.start_time as "startTime", ${overAt} as "endTime", g.time_zone as "timeZone",
    e.registration_opens_at as "opensAt", e.registration_closes_at as "closesAt",
    coalesce(e.needs_approval, false) as "needsApproval", coalesce(e.has_waitlist, false) as "hasWaitlist",
    coalesce(g.own_capacity, e.capacity) as capacity, e.in_person_capacity as "inPersonCapacity", e.virtual_capacity as "virtualCapacity",
    e.conduct_digest as conduct, e.minimum_age as "minimumAge",
    coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name, 'description', t.description,
        'priceMinor', t.price_minor, 'currency', t.currency, 'side', t.side, 'capacity', t.capacity,
        'opensAt', t.opens_at, 'closesAt', t.closes_at, 'maxParty', t.max_per_order, 'allowsSeveral', t.allows_several)
        order by t.position, t.id)
      from ticket_types t where t.source_id = g.source_id and t.retired_at is null), '[]') as types`;

const sales = prepared<Raw<SaleRow>, [gatheringId: string]>(
  (id) => sql`select ${sale} from gatherings g left join events e on e.id = g.source_id where g.id = ${id}`,
);

export async function findSale(db: Db, gatheringId: string): Promise<SaleRow | undefined> {
  const [row] = await sales(db, gatheringId);
  return row && { ...row, types: row.types.map(withDates) };
}

const heldSales = prepared<Raw<SaleRow>, [gatheringId: string]>(
  (id) =>
    sql`select ${sale} from gatherings g left join events e on e.id = g.source_id where g.id = ${id} for share of g`,
);

/** The same, and until the transaction ends nobody cancels the gathering or takes it back: what is decided of it holds. */
export async function holdSale(tx: Tx, gatheringId: string): Promise<SaleRow | undefined> {
  const [row] = await heldSales(tx, gatheringId);
  return row && { ...row, types: row.types.map(withDates) };
}

const offers = prepared<
  Raw<OfferRow>,
  [id: string | null, slug: string | null, occurrenceId: string | null, now: Date]
>(
  (id, slug, occurrenceId, now) => sql`select ${sale},
    coalesce((select jsonb_agg(jsonb_build_object('key', p.key, 'capacity', p.capacity, 'held', p.held,
        'taken', p.taken, 'overbookedTo', p.overbooked_to, 'told', told_of(p)))
      from pools p where p.key = any (array['gathering/' || g.id, 'side/in_person/' || g.id, 'side/virtual/' || g.id]
        || array(select 'type/' || t.id || '/' || g.id from ticket_types t
          where t.source_id = g.source_id and t.retired_at is null))), '[]') as pools
    from (select * from gatherings where source_id = coalesce(${id}::uuid, (select id from events where slug = ${slug}))
        and kind <> 'talk' and (${occurrenceId}::uuid is null or id = ${occurrenceId})
      order by ${meantFirst(now)} limit 1) as g
    left join events e on e.id = g.source_id`,
);

/** What can be had at an event, given by id or slug, in one statement: at the named occurrence, or the one that is meant. */
export async function findOffer(
  db: Db,
  name: string,
  { occurrenceId, now }: { occurrenceId?: string; now: Date },
): Promise<OfferRow | undefined> {
  const [row] = await offers(db, ...nameOf(name), occurrenceId ?? null, now);
  return row && { ...row, types: row.types.map(withDates) };
}

const withDates = ({ opensAt, closesAt, ...type }: Raw<SaleRow>["types"][number]): TicketTypeRow => ({
  ...type,
  opensAt: opensAt === null ? null : new Date(opensAt),
  closesAt: closesAt === null ? null : new Date(closesAt),
});
