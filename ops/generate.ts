import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { generatedFiles } from "#ops/generated.ts";

const house = join(import.meta.dirname, "..");

for (const [path, content] of await generatedFiles()) {
  mkdirSync(dirname(join(house, path)), { recursive: true });
  writeFileSync(join(house, path), content);
  console.log(`${path} is written.`);
}
