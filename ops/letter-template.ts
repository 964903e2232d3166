import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { compileTemplate } from "#server/platform/letter-template.ts";

/** Prints the compiled frame of all letters for the house to fill. Run it after a change of `letter-template.ts`. */
export async function letterTemplateSource(): Promise<string> {
  const pieces = await compileTemplate();
  return `// Made from letter-template.ts by \`npm run generate\`.\nexport const template = ${JSON.stringify(pieces, null, 2)};\n`;
}

if (import.meta.main) {
  writeFileSync(join(import.meta.dirname, "../server/platform/letter-template.gen.ts"), await letterTemplateSource());
}
