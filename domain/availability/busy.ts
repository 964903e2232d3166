import { type BookingStatus, holdsTime } from "#domain/availability/status.ts";
import { join, type Windows } from "#domain/availability/windows.ts";
import { minute } from "#domain/time/days.ts";

/** What stands in the way of a host; instants in milliseconds, `end` after `start`. */
export type Busy = BusyBooking | BusyHold | { kind: "calendar"; start: number; end: number };

interface Taken {
  start: number;
  end: number;
  /** Which event type it is for; it counts for the limits and seats of that one only. */
  eventTypeId?: string | undefined;
  bufferBeforeMinutes?: number | undefined;
  bufferAfterMinutes?: number | undefined;
  seatsTaken?: number | undefined;
}

interface BusyBooking extends Taken {
  kind: "booking";
  status: BookingStatus;
  blocksWhilePending?: boolean | undefined;
  bookingId?: string | undefined;
}

/** A slot that a visitor keeps for a few minutes. */
interface BusyHold extends Taken {
  kind: "hold";
  clientId: string;
  expiresAt: number;
}

/** A busy entry of any kind in one shape; what takes no time is not among them. */
export interface Block {
  kind: Busy["kind"];
  start: number;
  end: number;
  before: number;
  after: number;
  eventTypeId: string | undefined;
  bookingId: string | undefined;
  clientId: string | undefined;
  expiresAt: number;
  seatsTaken: number;
}

/** The busy times of a host in the order of their starts; may be kept for as long as they stay the same. */
export interface PreparedBusy {
  blocks: readonly Block[];
  /** How long the longest is, buffers included. */
  longest: number;
}

/** Who asks, and what of the busy times is therefore not in their way. */
export interface Asker {
  now: number;
  clientId?: string | undefined;
  rescheduleOf?: string | undefined;
}

/** What an event type adds to the busy times of its hosts. */
export interface Buffers {
  bufferBeforeMinutes?: number | undefined;
  bufferAfterMinutes?: number | undefined;
}

/** Reads busy times in any order, so that they can be asked again and again. */
export function prepareBusy(busy: readonly Busy[]): PreparedBusy {
  const blocks: Block[] = [];
  let [longest, last, isSorted] = [0, Number.NEGATIVE_INFINITY, true];
  for (const entry of busy) {
    if (entry.kind === "booking" && !holdsTime(entry.status, entry.blocksWhilePending)) continue;
    const block = blockOf(entry);
    longest = Math.max(longest, block.before + block.after + block.end - block.start);
    blocks.push(block);
    if (block.start < last) isSorted = false;
    last = block.start;
  }
  if (!isSorted) blocks.sort((a, b) => a.start - b.start);
  return { blocks, longest };
}

const nothingTaken: Partial<Taken> = {};

function blockOf(entry: Busy): Block {
  const taken: Partial<Taken> = entry.kind === "calendar" ? nothingTaken : entry;
  return {
    kind: entry.kind,
    start: entry.start,
    end: entry.end,
    before: (taken.bufferBeforeMinutes ?? 0) * minute,
    after: (taken.bufferAfterMinutes ?? 0) * minute,
    eventTypeId: taken.eventTypeId,
    bookingId: entry.kind === "booking" ? entry.bookingId : undefined,
    clientId: entry.kind === "hold" ? entry.clientId : undefined,
    expiresAt: entry.kind === "hold" ? entry.expiresAt : Number.POSITIVE_INFINITY,
    seatsTaken: taken.seatsTaken ?? 1,
  };
}

/** Whether an entry takes its time from this visitor: not their own hold, none that has run out, not what they move (R13, R14, R22). */
export const isInTheWay = (block: Block, { now, clientId, rescheduleOf }: Asker): boolean =>
  block.kind === "booking"
    ? rescheduleOf === undefined || block.bookingId !== rescheduleOf
    : block.expiresAt > now && (block.clientId === undefined || block.clientId !== clientId);

/** The range that an entry blocks for an event: from its own buffer and the event's, on both sides (R12). */
export const blockedFrom = (block: Block, { bufferAfterMinutes = 0 }: Buffers): number =>
  block.start - block.before - bufferAfterMinutes * minute;
export const blockedUntil = (block: Block, { bufferBeforeMinutes = 0 }: Buffers): number =>
  block.end + block.after + bufferBeforeMinutes * minute;

/** The entries, in order, that start at `from` or later and before `to`. */
export function blocksFrom({ blocks }: PreparedBusy, from: number, to: number): readonly Block[] {
  const first = firstAt(blocks, from);
  return blocks.slice(first, firstAt(blocks, to, first));
}

/** The entries, in order, that may block something between two instants for this event and visitor. */
export function blocksBetween(
  busy: PreparedBusy,
  event: Buffers,
  asker: Asker,
  range: { from: number; to: number },
): Block[] {
  const { bufferBeforeMinutes = 0, bufferAfterMinutes = 0 } = event;
  const from = range.from - busy.longest - bufferBeforeMinutes * minute;
  const to = range.to + busy.longest + bufferAfterMinutes * minute;
  const found: Block[] = [];
  for (let i = firstAt(busy.blocks, from); i < busy.blocks.length; i++) {
    const block = busy.blocks[i];
    if (!block || block.start >= to) break;
    if (isInTheWay(block, asker)) found.push(block);
  }
  return found;
}

/** The joined ranges that these entries, in the order of their starts, block. */
export function blockedBy(blocks: readonly Block[], event: Buffers): Windows {
  const joined: number[] = [];
  let [begun, ended] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const block of blocks) {
    const from = blockedFrom(block, event);
    const until = blockedUntil(block, event);
    // Only where a later entry has a longer buffer than an earlier one.
    if (from < begun) return join(blocks.map((one) => [blockedFrom(one, event), blockedUntil(one, event)]));
    begun = from;
    if (from > ended) {
      joined.push(from, until);
      ended = until;
    } else if (until > ended) {
      joined[joined.length - 1] = until;
      ended = until;
    }
  }
  return joined;
}

function firstAt(blocks: readonly Block[], instant: number, from = 0): number {
  let [low, high] = [from, blocks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((blocks[middle]?.start ?? 0) < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}
