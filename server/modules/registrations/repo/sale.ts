import { sql } from "kysely";

import type { GatheringStatus } from "#domain/gatherings/states.ts";
import type { Format, Side } from "#domain/registrations/places.ts";
import type { Db } from "#server/platform/db.ts";

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
  types: TicketTypeRow[];
}

type Raw = Omit<SaleRow, "types"> & {
  types: (Omit<TicketTypeRow, "opensAt" | "closesAt"> & { opensAt: string | null; closesAt: string | null })[];
};

export async function findSale(db: Db, gatheringId: string): Promise<SaleRow | undefined> {
  const { rows } = await sql<Raw>`select g.id as "gatheringId", g.source_id as "sourceId", coalesce(e.slug, '') as slug,
      g.status, g.visibility, g.format, g.start_time as "startTime", g.end_time as "endTime", g.time_zone as "timeZone",
      e.registration_opens_at as "opensAt", e.registration_closes_at as "closesAt",
      coalesce(e.needs_approval, false) as "needsApproval", coalesce(e.has_waitlist, false) as "hasWaitlist",
      e.capacity, e.in_person_capacity as "inPersonCapacity", e.virtual_capacity as "virtualCapacity",
      coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name, 'description', t.description,
          'priceMinor', t.price_minor, 'currency', t.currency, 'side', t.side, 'capacity', t.capacity,
          'opensAt', t.opens_at, 'closesAt', t.closes_at, 'maxParty', t.max_per_order, 'allowsSeveral', t.allows_several)
          order by t.position, t.id)
        from ticket_types t where t.source_id = g.source_id and t.retired_at is null), '[]') as types
    from gatherings g left join events e on e.id = g.source_id
    where g.id = ${gatheringId}`.execute(db);
  const [row] = rows;
  return row && { ...row, types: row.types.map(withDates) };
}

const withDates = ({ opensAt, closesAt, ...type }: Raw["types"][number]): TicketTypeRow => ({
  ...type,
  opensAt: opensAt === null ? null : new Date(opensAt),
  closesAt: closesAt === null ? null : new Date(closesAt),
});
