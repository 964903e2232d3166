import { readFileSync } from "node:fs";
import { join } from "node:path";

import { collectContract, pathsFile } from "#ops/generated-contract.ts";
import { letterTemplate } from "#ops/generated-letters.ts";
import { openApiDocument } from "#ops/generated-openapi.ts";
import { problemSentences } from "#ops/generated-problems.ts";
import { schemaPage, schemaTypes } from "#ops/generated-schema.ts";
import { withMigrated } from "#ops/throwaway.ts";

const house = join(import.meta.dirname, "..");

/** Every committed file that is made from another, with what it has to hold now. */
export async function generatedFiles(): Promise<Map<string, string>> {
  const [contract, letters, [types, page]] = await Promise.all([
    collectContract(),
    letterTemplate(),
    withMigrated((url) => Promise.all([schemaTypes(url), schemaPage(url)])),
  ]);
  return new Map([
    ["contract/paths.gen.ts", pathsFile(contract)],
    ["docs/openapi.json", `${JSON.stringify(openApiDocument(contract), null, 2)}\n`],
    ["locales/en/problems.json", problemSentences()],
    ["server/platform/letter-template.gen.ts", letters],
    ["db/schema.gen.ts", types],
    ["db/schema.md", page],
  ]);
}

/** The files that do not hold what they should. */
export async function drifted(): Promise<string[]> {
  const files = await generatedFiles();
  return [...files].filter(([path, content]) => contentOf(path) !== content).map(([path]) => path);
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(join(house, path), "utf8");
  } catch {
    return undefined;
  }
}
