import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

it("begins every npm script with any Node, and before anything is installed", () => {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };

  const raw = Object.entries(scripts).filter(([, command]) => !command.startsWith("node ops/run.mjs "));

  expect(raw).toEqual([]);
});
