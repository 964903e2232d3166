import type { Format } from "#domain/registrations/places.ts";

/** A beginning that comes with the house; its words are `events.templates.<id>` of the catalogue. */
export interface BuiltIn {
  id: string;
  format: Format;
  kind: "support_group" | "workshop" | "expert_talk";
  category: "support" | "workshops" | "talks";
  minutes: number;
  capacity: number | null;
  needsApproval: boolean;
  visibility: "public" | "invite_only";
}

/** The beginnings that come with the house, in the order in which they are offered. */
export const builtIns: readonly BuiltIn[] = [
  {
    id: "circle",
    format: "virtual",
    kind: "support_group",
    category: "support",
    minutes: 90,
    capacity: 12,
    needsApproval: true,
    visibility: "public",
  },
  {
    id: "workshop",
    format: "hybrid",
    kind: "workshop",
    category: "workshops",
    minutes: 180,
    capacity: 24,
    needsApproval: false,
    visibility: "public",
  },
  {
    id: "talk",
    format: "virtual",
    kind: "expert_talk",
    category: "talks",
    minutes: 60,
    capacity: null,
    needsApproval: false,
    visibility: "public",
  },
];
