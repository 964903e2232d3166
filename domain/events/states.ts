import { type Move, move, type StateTable } from "#domain/states/table.ts";

export const eventStatuses = ["draft", "in_review", "published", "cancelled"] as const;
export type EventStatus = (typeof eventStatuses)[number];

export const eventActions = [
  "submit",
  "withdraw",
  "approve",
  "ask_changes",
  "reject",
  "publish",
  "unpublish",
  "cancel",
] as const;
export type EventAction = (typeof eventActions)[number];

// Live and past are no states: they follow from the time and the room.
export const eventTable: StateTable<EventStatus, EventAction> = {
  draft: {
    submit: "in_review",
    withdraw: "-",
    approve: "-",
    ask_changes: "-",
    reject: "-",
    publish: "published",
    unpublish: "-",
    cancel: "-",
  },
  in_review: {
    submit: "in_review",
    withdraw: "draft",
    approve: "published",
    ask_changes: "draft",
    reject: "draft",
    publish: "published",
    unpublish: "-",
    cancel: "-",
  },
  published: {
    submit: "-",
    withdraw: "-",
    approve: "published",
    ask_changes: "-",
    reject: "-",
    publish: "published",
    unpublish: "draft",
    cancel: "cancelled",
  },
  cancelled: {
    submit: "-",
    withdraw: "-",
    approve: "-",
    ask_changes: "-",
    reject: "-",
    publish: "-",
    unpublish: "-",
    cancel: "cancelled",
  },
};

/** Moves an event; doing again what is done already changes nothing and is no refusal. */
export const moveEvent = (from: EventStatus, action: EventAction): Move<EventStatus, "event.wrong_status"> =>
  move(eventTable, from, action, "event.wrong_status");
