import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

import { importsOf } from "#ops/sources.ts";

const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };

it("begins every npm script with any Node, and before anything is installed", () => {
  const raw = Object.entries(scripts).filter(([, command]) => !command.startsWith("node ops/run.mjs "));

  expect(raw).toEqual([]);
});

it("names a program that is there in every npm script", () => {
  const programs = Object.values(scripts).map((command) => command.split(" ")[2] ?? "");

  expect(programs.filter((program) => !existsSync(program))).toEqual([]);
});

it("needs nothing but Node itself until the packages are there", () => {
  const files = ["ops/run.mjs", "ops/bootstrap.mjs"];
  const imported = files.flatMap((path) => importsOf({ path, text: readFileSync(path, "utf8") }));

  expect(imported.map(({ from }) => from).filter((from) => !/^(node:|\.\/bootstrap\.mjs$)/.test(from))).toEqual([]);
});
