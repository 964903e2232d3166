import type { EventView } from "#contract/events.ts";

const modes = {
  in_person: "https://schema.org/OfflineEventAttendanceMode",
  virtual: "https://schema.org/OnlineEventAttendanceMode",
  hybrid: "https://schema.org/MixedEventAttendanceMode",
} as const;

/** An event in the words of schema.org, for search engines and assistants. */
export function structuredData(event: EventView, url: string, picture: string) {
  const place = {
    "@type": "Place",
    name: event.placeName,
    ...(event.placeAddress ? { address: event.placeAddress } : {}),
  };
  const online = { "@type": "VirtualLocation", url };
  const locations = { in_person: place, virtual: online, hybrid: [place, online] } as const;
  const { left } = event.places;
  return {
    "@context": "https://schema.org",
    "@type": "Event",
    name: event.title,
    url,
    image: [picture],
    description: event.summary || event.title,
    startDate: event.startTime,
    endDate: event.endTime,
    inLanguage: event.language,
    eventAttendanceMode: modes[event.format],
    eventStatus: `https://schema.org/${event.status === "cancelled" ? "EventCancelled" : "EventScheduled"}`,
    location: locations[event.format],
    ...(event.speakers.length > 0 ? { performer: event.speakers.map((one) => performer(one, url)) } : {}),
    organizer: { "@type": "Organization", name: event.organizer.name },
    isAccessibleForFree: event.ticketTypes.every(({ priceMinor }) => priceMinor === 0),
    offers: event.ticketTypes.map((type) => ({
      "@type": "Offer",
      name: type.name,
      price: type.priceMinor / 100,
      priceCurrency: type.currency,
      url,
      availability: `https://schema.org/${left === 0 || type.left === 0 ? "SoldOut" : "InStock"}`,
    })),
  };
}

const performer = ({ name, headline, bio, url: site, pictureUrl }: EventView["speakers"][number], url: string) => ({
  "@type": "Person",
  name,
  ...(headline ? { jobTitle: headline } : {}),
  ...(bio ? { description: bio } : {}),
  ...(site ? { url: site } : {}),
  ...(pictureUrl ? { image: new URL(pictureUrl, url).href } : {}),
});
