import { defineConfig } from "@playwright/test";

const rooms = ["admin", "crash", "desk", "live"].map((journey) => `**/${journey}.spec.ts`);

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  globalSetup: "./e2e/setup.ts",
  snapshotPathTemplate: "{testDir}/pictures/{arg}{ext}",
  outputDir: "test-results/journeys",
  workers: 2,
  retries: 1,
  // Neither is a promise: they end what would never come, on a machine however slow.
  timeout: 300_000,
  expect: { timeout: 30_000 },
  reporter: "list",
  // Two browsers with real media fill two cores: one room at a time and pages beside it, then what is left by twos.
  projects: [
    { name: "rooms", testMatch: rooms, workers: 1 },
    { name: "pages", testIgnore: rooms },
  ],
  use: {
    baseURL: process.env.PLENARY_E2E_URL,
    locale: "en-US",
    timezoneId: "Europe/Berlin",
    // Only where a journey is about them: elsewhere nothing may stand between the page and the house.
    serviceWorkers: "block",
    permissions: ["camera", "microphone"],
    // What is still rising has not the contrast it is drawn with, and a press that waits for it scrolls the page below it.
    contextOptions: { reducedMotion: "reduce" },
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        // Where there is no graphics card, playing one costs more than doing without.
        "--disable-gpu",
        "--use-fake-ui-for-media-stream",
        // Half of what it gives by itself: coding pictures is most of what a room costs.
        "--use-fake-device-for-media-stream=fps=10",
        "--autoplay-policy=no-user-gesture-required",
        "--disable-background-timer-throttling",
        "--disable-backgrounding-occluded-windows",
        "--disable-renderer-backgrounding",
      ],
    },
  },
});
