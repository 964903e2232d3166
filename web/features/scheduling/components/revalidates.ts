import type { ShouldRevalidateFunctionArgs } from "react-router";

const decisive = ["month", "zone", "duration", "seats", "times"];

/** A month has all its days and times: choosing among them needs no answer from the house. */
export function revalidatesCalendar(asked: ShouldRevalidateFunctionArgs): boolean {
  const { currentUrl, nextUrl, formMethod, defaultShouldRevalidate } = asked;
  if ((formMethod && formMethod !== "GET") || currentUrl.pathname !== nextUrl.pathname) return defaultShouldRevalidate;
  if (currentUrl.href === nextUrl.href) return defaultShouldRevalidate;
  const isOther = (word: string) => currentUrl.searchParams.get(word) !== nextUrl.searchParams.get(word);
  return decisive.some(isOther) || (nextUrl.searchParams.has("times") && isOther("time"));
}
