import { type Move, move, type StateTable } from "#domain/states/table.ts";

export const roomStatuses = ["scheduled", "open", "ended"] as const;
export type RoomStatus = (typeof roomStatuses)[number];

export const roomActions = ["open", "end", "reopen"] as const;
export type RoomAction = (typeof roomActions)[number];

// Suspended is a flag beside the status: a room is suspended and resumed without losing where it was.
export const roomTable: StateTable<RoomStatus, RoomAction> = {
  scheduled: { open: "open", end: "ended", reopen: "-" },
  open: { open: "open", end: "ended", reopen: "open" },
  ended: { open: "-", end: "ended", reopen: "open" },
};

const reopenableMs = 2 * 60 * 60 * 1000;

/** A host may reopen an ended room until two hours after the end that was announced. */
export const mayReopen = (endTime: Date, now: Date): boolean => now.getTime() < endTime.getTime() + reopenableMs;

/** Moves a room; doing again what is done already changes nothing and is no refusal. */
export function moveRoom(
  from: RoomStatus,
  action: RoomAction,
  endTime: Date,
  now: Date,
): Move<RoomStatus, "room.ended"> {
  if (action === "reopen" && !mayReopen(endTime, now)) return { moved: false, because: "room.ended" };
  return move(roomTable, from, action, "room.ended");
}
