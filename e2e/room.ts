import { expect, type Page } from "@playwright/test";

import type { Player } from "#e2e/cast.ts";

/** Frames decoded of others' pictures of a kind, all together. */
export const framesOf = (page: Page, kind: "camera" | "screen") =>
  page
    .locator(`[data-kind="${kind}"][data-local="false"] video`)
    .evaluateAll((videos: HTMLVideoElement[]) =>
      videos.reduce((sum, video) => sum + video.getVideoPlaybackQuality().totalVideoFrames, 0),
    );

/** A number for what a remote picture shows at this moment. */
const pictureOf = (page: Page, kind: "camera" | "screen") =>
  page
    .locator(`[data-kind="${kind}"][data-local="false"] video`)
    .first()
    .evaluate((video: HTMLVideoElement) => {
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [64, 36];
      const brush = canvas.getContext("2d");
      brush?.drawImage(video, 0, 0, 64, 36);
      return [...(brush?.getImageData(0, 0, 64, 36).data ?? [])].reduce(
        (sum, value, at) => (sum * 31 + value * (at + 1)) % 1_000_003,
        7,
      );
    });

const intervals = [200];

/**
 * Real media from the other side: frames decoded from now on, and a picture that is another a moment later. It takes as
 * long as a room may need to mend itself: what ails is looked after for ten seconds, and built anew after that.
 */
export async function seesTheOther(
  { page }: Player,
  kind: "camera" | "screen" = "camera",
  timeout = 60_000,
): Promise<void> {
  let last = await framesOf(page, kind);
  let fresh = 0;
  // A picture that went and came again is counted from nothing.
  const count = async () => {
    const now = await framesOf(page, kind);
    fresh += Math.max(0, now - last);
    last = now;
    return fresh;
  };
  const seen = new Set<number>();
  const look = async () => {
    seen.add(await pictureOf(page, kind));
    return seen.size;
  };
  try {
    await expect.poll(count, { timeout, intervals }).toBeGreaterThan(10);
    await expect.poll(look, { timeout, intervals }).toBeGreaterThan(2);
  } catch (error) {
    const pages =
      page
        .context()
        .browser()
        ?.contexts()
        .flatMap((context) => context.pages()) ?? [];
    const carried = await Promise.all(pages.map((one) => one.evaluate(whatIsCarried)));
    throw new Error(`${(error as Error).message}\n${JSON.stringify(carried, null, 1)}`, { cause: error });
  }
}

/** What a page shows of a room, and what its connections to the engine carry: where to look when nobody is seen. */
async function whatIsCarried() {
  const tiles = [...document.querySelectorAll<HTMLElement>("[data-tile]")].map(({ dataset, children }) => {
    const video = [...children].find((child) => child instanceof HTMLVideoElement);
    const tracks = video?.srcObject instanceof MediaStream ? video.srcObject.getTracks() : [];
    return `${dataset.kind} local=${dataset.local} state=${video?.readyState} ${tracks.map(({ muted, readyState }) => `muted=${muted} ${readyState}`)}`;
  });
  const lines = (window.lines ?? []).map(async (line) => {
    const parts = [...(await line.getStats().catch(() => new Map())).values()]
      .filter(({ kind }) => kind === "video")
      .map(({ type, rid, active, frames, framesSent, framesDecoded, packetsSent, packetsReceived }) =>
        JSON.stringify({ type, rid, active, frames, framesSent, framesDecoded, packetsSent, packetsReceived }),
      );
    return [`${line.connectionState} ${line.signalingState}`, ...parts];
  });
  return { at: location.pathname, hidden: document.hidden, tiles, lines: await Promise.all(lines) };
}

/** Writes into the chat, which it opens for that. */
export const write = async ({ page }: Player, text: string) => {
  const open = page.getByRole("button", { name: /^Open the chat/ });
  if (await open.isVisible()) await open.click();
  await page.getByLabel("Write a message").fill(text);
  await page.keyboard.press("Enter");
};
export const reads = ({ page }: Player, text: string) => expect(page.getByRole("log").getByText(text)).toBeVisible();
