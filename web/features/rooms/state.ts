/** Why somebody is no longer in a room. */
export type Ending = "left" | "ended" | "removed" | "banned" | "elsewhere" | "refused" | "full";

export type Phase =
  /** With the code that sent one back here, where what is missing can be made up for. */
  | { at: "green"; code?: string }
  | { at: "joining" }
  | { at: "in" }
  /** The way back is being looked for: `since` tells how long already. */
  | { at: "rejoining"; tries: number }
  | { at: "over"; why: Ending; code?: string };

export type Turn =
  | { type: "enter" }
  | { type: "connected" }
  | { type: "lost" }
  | { type: "tried" }
  | { type: "leave" }
  | { type: "elsewhere" }
  /** The house said no, with a code. */
  | { type: "refused"; code: string }
  | { type: "again" };

/** Refusals that pass by themselves: we go on trying. */
const passing = new Set(["room.off", "internal", "rate.limited", "request.in_progress"]);

/** Refusals for which something can be done at the door. */
const atTheDoor = new Set(["access.terms_needed", "access.lobby_waiting"]);

const endings: Record<string, Ending> = {
  "room.ended": "ended",
  "room.not_open": "ended",
  "gathering.cancelled": "ended",
  "room.removed": "removed",
  "access.banned": "banned",
  "room.full": "full",
};

/** Says where a call goes from here. Whoever has left, or was put out, is only brought back by their own wish. */
export function next(phase: Phase, turn: Turn): Phase {
  if (turn.type === "enter") return phase.at === "green" || phase.at === "over" ? { at: "joining" } : phase;
  if (turn.type === "again") return phase.at === "over" ? { at: "green" } : phase;
  if (phase.at === "over" || phase.at === "green") return phase;
  switch (turn.type) {
    case "connected":
      return { at: "in" };
    case "lost":
      return phase.at === "rejoining" ? phase : { at: "rejoining", tries: 0 };
    case "tried":
      return { at: "rejoining", tries: phase.at === "rejoining" ? phase.tries + 1 : 1 };
    case "leave":
      return { at: "over", why: "left" };
    case "elsewhere":
      return { at: "over", why: "elsewhere" };
    case "refused":
      if (atTheDoor.has(turn.code)) return { at: "green", code: turn.code };
      if (passing.has(turn.code)) return phase.at === "rejoining" ? phase : { at: "rejoining", tries: 0 };
      return { at: "over", why: endings[turn.code] ?? "refused", code: turn.code };
  }
}

/** How long to wait before the next try: short at first, then every ten seconds; never all at the same moment. */
export const waitBefore = (tries: number, dice: number): number =>
  Math.min(10_000, 500 * 2 ** Math.min(tries, 5)) * (0.75 + dice / 2);

const lineIsAwaitedMs = 40_000;

/**
 * How long the engine's library waits before the next try to come back on the line that it had: not long, since a house
 * that starts again is back within seconds. Nothing when it shall give up, for a new pass and a new line.
 */
export function retryBefore(tries: number, elapsedMs: number, dice: number): number | null {
  if (elapsedMs > lineIsAwaitedMs) return null;
  return tries === 0 ? 500 * dice : Math.min(3000, 300 * 2 ** Math.min(tries, 4)) * (0.75 + dice / 2);
}

/** How a call has been of late, since when, and how often it was built anew because it ailed. */
export interface Health {
  isWell: boolean;
  since: number;
  cures: number;
}

export const healthy = (nowMs: number): Health => ({ isWell: true, since: nowMs, cures: 0 });

const patienceMs = 10_000;
const recoveredMs = 60_000;

/**
 * Takes a look into account, and says whether the call is to be built anew now: after ten seconds of ailing, and after
 * twice as long each time when that did not help.
 */
export function examined(health: Health, isWell: boolean, nowMs: number): Health & { isDue: boolean } {
  const since = isWell === health.isWell ? health.since : nowMs;
  const lastedMs = nowMs - since;
  if (isWell) return { isWell, since, cures: lastedMs >= recoveredMs ? 0 : health.cures, isDue: false };
  const isDue = lastedMs >= patienceMs * 2 ** Math.min(health.cures, 4);
  return isDue
    ? { isWell: true, since: nowMs, cures: health.cures + 1, isDue }
    : { isWell, since, cures: health.cures, isDue };
}

export interface Box {
  columns: number;
  width: number;
  height: number;
}

/** The largest tiles that fit so many into a place: in how many columns, and in which of these shapes (width ÷ height). */
export function largestTiles(
  count: number,
  place: { width: number; height: number },
  gap: number,
  shapes: readonly number[] = [16 / 9],
): Box {
  let best: Box = { columns: 1, width: 0, height: 0 };
  for (let columns = 1; columns <= Math.max(1, count); columns += 1) {
    const rows = Math.ceil(Math.max(1, count) / columns);
    const roomWide = (place.width - gap * (columns - 1)) / columns;
    const roomHigh = (place.height - gap * (rows - 1)) / rows;
    for (const shape of shapes) {
      const width = Math.floor(Math.max(0, Math.min(roomWide, roomHigh * shape)));
      const height = Math.floor(width / shape);
      if (width * height > best.width * best.height) best = { columns, width, height };
    }
  }
  return best;
}

/** A message as the chat shows it. */
export interface Said {
  id: string;
  seq: number;
  personId: string;
  displayName: string;
  as: string;
  text: string;
  at: string;
  editedAt: string | null;
  deletedAt: string | null;
}

/** Words on their way, under the mark that makes them one message; `failed` holds the code of a refusal. */
export interface Draft {
  id: string;
  text: string;
  failed?: string;
}

export interface Chat {
  messages: Said[];
  drafts: Draft[];
}

/** Takes messages in wherever they belong, each once; a draft that has become one of them goes. */
export function merge(chat: Chat, arrived: readonly Said[]): Chat {
  const fresh = arrived.filter(({ id }) => !chat.messages.some((message) => message.id === id));
  const messages = fresh.length === 0 ? chat.messages : [...chat.messages, ...fresh].sort((a, b) => a.seq - b.seq);
  return { messages, drafts: chat.drafts.filter(({ id }) => !arrived.some((message) => message.id === id)) };
}

/** Those of a list who were there before in the places they had, and who is new below them: nobody slips under a finger. */
export function inTheirPlaces<P extends { personId: string }>(before: readonly P[], now: readonly P[]): P[] {
  const placeOf = new Map(before.map(({ personId }, place) => [personId, place]));
  const place = ({ personId }: P) => placeOf.get(personId) ?? before.length;
  return now.toSorted((a, b) => place(a) - place(b));
}

/** Changes one message. */
export const noted = (chat: Chat, id: string, change: Partial<Said>): Chat => ({
  ...chat,
  messages: chat.messages.map((message) => (message.id === id ? { ...message, ...change } : message)),
});
