import { defineConfig } from "@playwright/test";

const rooms = ["admin", "crash", "desk", "live", "story"].map((journey) => `**/${journey}.spec.ts`);

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  globalSetup: "./e2e/setup.ts",
  snapshotPathTemplate: "{testDir}/pictures/{arg}{ext}",
  outputDir: "test-results/journeys",
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: "list",
  // Two browsers with real media fill two cores: one room at a time, and one page beside it.
  projects: [
    { name: "rooms", testMatch: rooms, workers: 1 },
    { name: "pages", testIgnore: rooms, workers: 1 },
  ],
  use: {
    baseURL: process.env.PLENARY_E2E_URL,
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    // Only where a journey is about them: elsewhere nothing may stand between the page and the house.
    serviceWorkers: "block",
    permissions: ["camera", "microphone"],
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        "--autoplay-policy=no-user-gesture-required",
        "--disable-background-timer-throttling",
        "--disable-backgrounding-occluded-windows",
        "--disable-renderer-backgrounding",
      ],
    },
  },
});
