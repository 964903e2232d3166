import { type Browser, type BrowserContext, expect, type Page } from "@playwright/test";

import { anAddress, letterTo, linkIn, publish, signUp } from "#e2e/steps.ts";

/** Somebody with a browser of their own. */
export interface Player {
  name: string;
  context: BrowserContext;
  page: Page;
}

export async function aPlayer(browser: Browser, name: string, over: object = {}): Promise<Player> {
  const context = await browser.newContext({
    baseURL: process.env.PLENARY_E2E_URL,
    permissions: ["camera", "microphone"],
    ...over,
  });
  await context.addInitScript(keepLines);
  return { name, context, page: await context.newPage() };
}

declare global {
  interface Window {
    lines?: RTCPeerConnection[];
  }
}

/** Keeps hold of a page's connections to the engine, so that a journey can ask what they carry. */
function keepLines() {
  const lines: RTCPeerConnection[] = [];
  window.lines = lines;
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...how: ConstructorParameters<typeof RTCPeerConnection>) {
      super(...how);
      lines.push(this);
    }
  };
}

/** An account, signed in. */
export async function aMember(browser: Browser, name: string, over: object = {}): Promise<Player & { email: string }> {
  const player = await aPlayer(browser, name, over);
  const { email } = await signUp(player.context, name);
  return { ...player, email };
}

export interface Occasion {
  id: string;
  gatheringId: string;
}

/** A published online event that is just about to begin, so that its room opens at once. */
export async function anOpenHouse(host: Player): Promise<Occasion> {
  const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
  const times = { startTime: at(5), endTime: at(65) };
  const event = await publish(host.context, { title: "Open house", format: "virtual", ...times });
  const gatheringId = event.occurrences[0]?.id ?? "";
  const state = async () => {
    const reply = await host.context.request.get(`/api/v1/gatherings/${gatheringId}/room`);
    return ((await reply.json()) as { state: string }).state;
  };
  await expect.poll(state, { intervals: [100] }).toBe("live");
  return { id: event.id, gatheringId };
}

/** A guest who has registered and opened the link in the letter. */
export async function aGuest(browser: Browser, { id }: Occasion, name: string, over: object = {}): Promise<Player> {
  const player = await aPlayer(browser, name, over);
  const { request } = player.context;
  const email = anAddress(name.toLowerCase().replaceAll(" ", "-"));
  const reply = await request.post(`/api/v1/events/${id}/register`, { data: { attendees: [{ name, email }] } });
  expect(reply.ok(), await reply.text()).toBe(true);
  await player.page.goto(linkIn(await letterTo(request, email, /./), /^\/t\//));
  return player;
}

/** Through the green room into the room. */
export async function comeIn(player: Player, { gatheringId }: Occasion): Promise<void> {
  await player.page.goto(`/live/${gatheringId}`);
  await goIn(player);
}

/** From the green room into the room. */
export async function goIn({ page }: Player): Promise<void> {
  await page.getByRole("button", { name: "Join now" }).click();
  await expect(page.getByRole("toolbar", { name: "Room controls" })).toBeVisible();
}
