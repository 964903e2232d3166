import { defineConfig } from "vitest/config";

const starts = "ops/starts/**/*.test.ts";

export default defineConfig({
  test: {
    pool: "forks",
    testTimeout: 20_000,
    hookTimeout: 60_000,
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
        // Whole starts and their faults: one after another, since they measure and fill the machine.
        test: {
          name: "starts",
          include: [starts],
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          testTimeout: 180_000,
        },
      },
    ],
  },
});
