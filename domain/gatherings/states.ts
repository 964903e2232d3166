import { type Move, move, type StateTable } from "#domain/states/table.ts";

export const gatheringStatuses = ["planned", "scheduled", "cancelled"] as const;
export type GatheringStatus = (typeof gatheringStatuses)[number];

export const gatheringActions = ["schedule", "unschedule", "cancel"] as const;
export type GatheringAction = (typeof gatheringActions)[number];

// A planned gathering belongs to something that is not published yet: only its team knows of it.
export const gatheringTable: StateTable<GatheringStatus, GatheringAction> = {
  planned: { schedule: "scheduled", unschedule: "planned", cancel: "cancelled" },
  scheduled: { schedule: "scheduled", unschedule: "planned", cancel: "cancelled" },
  cancelled: { schedule: "-", unschedule: "-", cancel: "cancelled" },
};

/** Moves a gathering; doing again what is done already changes nothing and is no refusal. */
export const moveGathering = (
  from: GatheringStatus,
  action: GatheringAction,
): Move<GatheringStatus, "gathering.cancelled"> => move(gatheringTable, from, action, "gathering.cancelled");
