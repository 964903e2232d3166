import { defineConfig } from "vitest/config";

const starts = "ops/starts/**/*.test.ts";

export default defineConfig({
  test: {
    pool: "forks",
    // Much of a test is waiting for the database: no core is kept back.
    maxWorkers: "100%",
    // None of these is a promise: they end what would never come, on a machine however slow.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: "units",
          include: ["{domain,server,ops}/**/*.test.ts", "web/**/*.test.{ts,tsx}"],
          exclude: [starts],
          globalSetup: ["ops/vitest-setup.ts"],
        },
      },
      {
        extends: true,
        // Whole starts and their faults: two at a time, since each is several programs.
        test: {
          name: "starts",
          include: [starts],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          testTimeout: 600_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
