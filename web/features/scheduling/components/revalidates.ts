import type { ShouldRevalidateFunctionArgs } from "react-router";

const decisive = ["month", "zone", "duration", "seats"];

/** A month has all its days and times: choosing among them needs no answer from the house. */
export function revalidatesCalendar(asked: ShouldRevalidateFunctionArgs): boolean {
  const { currentUrl, nextUrl, formMethod, defaultShouldRevalidate } = asked;
  if ((formMethod && formMethod !== "GET") || currentUrl.pathname !== nextUrl.pathname) return defaultShouldRevalidate;
  if (currentUrl.href === nextUrl.href) return defaultShouldRevalidate;
  return decisive.some((word) => currentUrl.searchParams.get(word) !== nextUrl.searchParams.get(word));
}
