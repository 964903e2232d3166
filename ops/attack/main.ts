import { spawnSync } from "node:child_process";
import { join } from "node:path";

const house = join(import.meta.dirname, "../..");
const [what = "", count = "20000"] = process.argv.slice(2);

/** `fuzz [how many]`: the whole fuzz, with a seed of its own unless `FUZZ_SEED` names one. `access`: writes the table anew. */
const runs: Record<string, { file: string; env: NodeJS.ProcessEnv }> = {
  fuzz: {
    file: "ops/attack/fuzz.test.ts",
    env: { FUZZ_SEED: String(Date.now() % 2 ** 31), ...process.env, FUZZ_REQUESTS: count },
  },
  access: { file: "ops/attack/access.test.ts", env: { ...process.env, ACCESS_WRITE: "yes" } },
};

const run = runs[what];
if (!run) {
  console.error(`node ops/attack/main.ts NAME, where NAME is one of: ${Object.keys(runs).join(", ")}`);
  process.exit(2);
}
const vitest = join(house, "node_modules/vitest/vitest.mjs");
const { status } = spawnSync(process.execPath, [vitest, "run", "--project", "units", run.file], {
  cwd: house,
  stdio: "inherit",
  env: run.env,
});
process.exitCode = status ?? 1;
