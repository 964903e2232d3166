import { useEffect } from "react";

import { isZone } from "#domain/time/wall.ts";

const whens = { today: 1, weekend: 2, week: 7, month: 30 } as const;
type When = keyof typeof whens;

export const isWhen = (text: string | null): text is When => text !== null && text in whens;

const cookie = "plenary_zone";
const nearCookie = "plenary_near";
const year = 365 * 86_400_000;

/** The reader's zone as their browser last told it; the server cannot know it by itself. */
export function zoneOf(request: Request): string {
  const zone = cookieIn(request, cookie);
  return isZone(zone) ? zone : "UTC";
}

function cookieIn(request: Request, name: string): string {
  const found = new RegExp(`(?:^|; )${name}=([^;]+)`).exec(request.headers.get("cookie") ?? "")?.[1];
  return found ? safelyDecoded(found) : "";
}

/** The place that the reader last searched in; it lies in their browser alone. */
export const nearOf = (request: Request): string => cookieIn(request, nearCookie).trim().slice(0, 120);

/** Keeps the place in the reader's browser; an empty one is forgotten. */
export const rememberNear = (place: string): { "set-cookie": string } => ({
  "set-cookie": `${nearCookie}=${encodeURIComponent(place)}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${place ? year / 1000 : 0}`,
});

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

const [saturday, sunday] = [6, 7];

/** From today on, by the reader's own days, both included; a weekend may be on already. */
export function spanOf(when: When, now: Date, zone: string): { start_date: string; end_date: string } {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone).toPlainDate();
  const day = today.dayOfWeek;
  const first = when === "weekend" && day < saturday ? today.add({ days: saturday - day }) : today;
  const lasts = when === "weekend" && day === sunday ? 1 : whens[when];
  return { start_date: first.toString(), end_date: first.add({ days: lasts - 1 }).toString() };
}

/** Tells the server the reader's zone from the next visit on, so that "today" is their day. */
export function RememberZone() {
  useEffect(() => {
    const value = encodeURIComponent(Intl.DateTimeFormat().resolvedOptions().timeZone);
    // Only there on https and on one's own machine; elsewhere days are those of UTC.
    window.cookieStore?.set({ name: cookie, value, path: "/", expires: Date.now() + year, sameSite: "lax" });
  }, []);
  return null;
}
