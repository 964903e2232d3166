import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { AxeBuilder } from "@axe-core/playwright";
import { type APIRequestContext, type APIResponse, type BrowserContext, expect, type Page } from "@playwright/test";

import type { EventDraft } from "#contract/event-input.ts";
import type { EventView } from "#contract/events.ts";
import type { SentLetter } from "#contract/mailbox.ts";

/** An address that nobody had before. */
export const anAddress = (name: string) => `${name}-${randomBytes(4).toString("hex")}@example.org`;

export const password = "correct horse battery";

/** The newest letter of a kind to an address, as soon as it is there. */
export async function letterTo(request: APIRequestContext, address: string, about: RegExp): Promise<SentLetter> {
  let found: SentLetter | undefined;
  await expect
    .poll(
      async () => {
        const { items } = await (await request.get(`/dev/mail.json?to=${encodeURIComponent(address)}`)).json();
        found = (items as SentLetter[]).find(({ subject }) => about.test(subject));
        return found?.subject ?? items.map(({ subject }: SentLetter) => subject);
      },
      { intervals: [50, 100] },
    )
    .toMatch(about);
  if (!found) throw new Error("The letter was there and is gone.");
  return found;
}

/** The first link of a letter that leads to such a page. */
export function linkIn({ text }: SentLetter, page: RegExp): string {
  const link = text
    .match(/https?:\/\/[^\s<>()]+/g)
    ?.flatMap((url) => URL.parse(url) ?? [])
    .find(({ pathname }) => page.test(pathname));
  if (!link) throw new Error(`No link to ${page} in:\n${text}`);
  return link.pathname + link.search;
}

/** Everybody in the journeys comes through one address: who is told that it was too much waits as long as they are told. */
async function patiently(ask: () => Promise<APIResponse>): Promise<APIResponse> {
  for (;;) {
    const reply = await ask();
    if (reply.status() !== 429) return reply;
    await sleep((Number(reply.headers()["retry-after"]) || 1) * 1000);
  }
}

/** Makes an account for a browser, through the API: it holds the cookie from then on. */
export async function signUp(context: BrowserContext, name: string): Promise<{ name: string; email: string }> {
  const { request } = context;
  const email = anAddress(name.toLowerCase().replaceAll(" ", "-"));
  const asked = await patiently(() => request.post("/api/v1/auth/register", { data: { name, email, password } }));
  expect(asked.status(), await asked.text()).toBe(202);
  const { subject } = await letterTo(request, email, /\d{6}/);
  const code = subject.replace(/\D/g, "").slice(0, 6);
  const verified = await patiently(() => request.post("/api/v1/auth/verify", { data: { email, code } }));
  expect(verified.status(), await verified.text()).toBe(200);
  return { name, email };
}

const hour = 3_600_000;

/** Publishes an event for whoever is signed in there; in person, tomorrow, with room for all, unless told otherwise. */
export async function publish(
  { request }: Pick<BrowserContext, "request">,
  over: Partial<EventDraft> & { title: string },
): Promise<EventView> {
  const start = new Date(Math.ceil(Date.now() / hour) * hour + 24 * hour);
  const draft: EventDraft = {
    summary: "For everybody who likes to be there.",
    description: "Come as you are.\n\n- There is **tea**\n- There are chairs",
    format: "in_person",
    startTime: start.toISOString(),
    endTime: new Date(start.getTime() + 2 * hour).toISOString(),
    timeZone: "Europe/Berlin",
    placeName: "Alte Druckerei",
    placeAddress: "Lindenstraße 4, 10969 Berlin",
    ...over,
  };
  const made = await request.post("/api/v1/events", { data: draft });
  expect(made.status(), await made.text()).toBe(201);
  const { id } = (await made.json()) as EventView;
  const published = await request.post(`/api/v1/events/${id}/publish`);
  expect(published.status(), await published.text()).toBe(200);
  return (await published.json()) as EventView;
}

/** What axe finds on a page that has come. */
export async function violationsOn(page: Page): Promise<string[]> {
  await expect(page.locator(".progress")).toHaveCount(0);
  // Its usual way opens a second page to gather what it found in frames of strangers; we have none.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ["violations"] })
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${any[0]?.message ?? ""} ${html.slice(0, 200)}`),
  );
}

/** Softly, so that one run names everything that is wrong. */
export async function expectAccessible(page: Page): Promise<void> {
  expect.soft(await violationsOn(page), page.url()).toEqual([]);
}
