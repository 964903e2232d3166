import { fact } from "#server/platform/facts.ts";

interface About {
  registrationId: string;
  gatheringId: string;
}

interface AboutEntry {
  entryId: string;
  gatheringId: string;
}

/** Somebody asks for a place; the team decides. */
export const requested = fact<About>()("registration.requested");
/** A place is theirs; quietly, when the team that added them wants no letter. */
export const confirmed = fact<About & { isQuiet?: true }>()("registration.confirmed");
/** Who is registered already registered again: their letter is sent once more. */
export const repeated = fact<About>()("registration.repeated");
/** The team said no. */
export const declined = fact<About>()("registration.declined");
/** A party waits for places. */
export const waitlisted = fact<AboutEntry>()("registration.waitlisted");
/** Places are kept for a party that waited. */
export const offered = fact<AboutEntry>()("registration.offered");
/** The time to accept an offer has come to its end. */
export const offerDue = fact<AboutEntry>()("registration.offer_due");
/** An offer was not accepted in time. */
export const lapsed = fact<About>()("registration.lapsed");
/** A place, or the wish for one, was given up or taken back. */
export const cancelled = fact<About>()("registration.cancelled");
/** Somebody comes on another side than before. */
export const sideSwapped = fact<About & { side: string }>()("registration.side_swapped");
/** A seat is somebody else's now, or somebody's at last. */
export const handedOn = fact<About & { fromPersonId?: string; version: number }>()("registration.handed_on");
/** The team gave somebody another time, side or ticket. */
export const relocated = fact<About>()("registration.relocated");
/** The team took back that it had declined or cancelled somebody. */
export const restored = fact<About>()("registration.restored");
/** Somebody is invited, or is written to once more. */
export const invited = fact<{ invitationId: string; gatheringId: string }>()("invitation.sent");
/** The letter was asked for once more. */
export const letterAsked = fact<About & { requestId: string }>()("registration.letter_asked");
/** Somebody was let in at a door. */
export const checkedIn = fact<About & { checkInId: string; list: string }>()("registration.checked_in");
/** An admission was taken back. */
export const checkInUndone = fact<About & { checkInId: string; list: string }>()("registration.check_in_undone");
/** Whether somebody was there was said or found out. */
export const attendanceSet = fact<About>()("registration.attendance_set");
