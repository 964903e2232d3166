/**
 * The page of an event at one of its times, in this house. What leaves the house always names the time: it is read long
 * after another has become the next.
 */
export const pageAt = (slug: string, gatheringId: string): string => `/events/${slug}?occurrence_id=${gatheringId}`;
