import { Problem } from "#server/platform/problem.ts";

/** The key of a page's last row, as an opaque text. */
export const writeCursor = (parts: readonly string[]): string =>
  Buffer.from(JSON.stringify(parts)).toString("base64url");

/** Reads a cursor that we made for a list ordered by as many keys; anything else is refused. */
export function readCursor<T extends readonly CursorPart[]>(cursor: string, shape: T): string[] {
  const parts = parse(cursor);
  if (!Array.isArray(parts) || parts.length !== shape.length) throw unreadable();
  return parts.map((part, at) => {
    if (typeof part !== "string" || !fits[shape[at] ?? "text"](part)) throw unreadable();
    return part;
  });
}

/** What a key of a cursor looks like, so that nothing else reaches the database. */
export type CursorPart = "instant" | "id" | "number" | "text";

const fits: Record<CursorPart, (part: string) => boolean> = {
  instant: (part) => /^\d{4}-\d{2}-\d{2}T[\d:.]{8,12}Z$/.test(part) && part >= "0001" && isOnACalendar(part),
  id: (part) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(part),
  number: (part) => /^-?\d{1,15}$/.test(part),
  text: (part) => part.length <= 200 && !part.includes("\0") && part.isWellFormed(),
};

/** A 30 February is read as a day in March. */
function isOnACalendar(instant: string): boolean {
  const read = new Date(instant);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(instant.slice(0, 10));
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    throw unreadable();
  }
}

const unreadable = () =>
  new Problem("request.invalid", {
    fields: [{ at: "query.cursor", code: "cursor" }],
  });
