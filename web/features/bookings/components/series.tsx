import type { SeriesMember } from "#contract/scheduling-series.ts";
import { SeriesList } from "#web/features/scheduling/components/series-list.tsx";
import { useWords } from "#web/platform/words.ts";
import { Section } from "#web/ui/surface.tsx";

/** What was booked together with a booking, each on its own page of the desk. */
export function Series({ items, id, zone }: { items: readonly SeriesMember[]; id: string; zone: string }) {
  const words = useWords("scheduling.series");
  if (items.length < 2) return null;
  const linked = items.map((item) => ({
    ...item,
    to: `/bookings/${item.bookingId}`,
    isThis: item.bookingId === id,
  }));
  return (
    <Section id="series" title={words.title}>
      <SeriesList items={linked} zone={zone} />
    </Section>
  );
}
