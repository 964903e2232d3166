import { compileTemplate } from "#server/platform/letter-template.ts";

/** The compiled frame of all letters, for the house to fill. */
export async function letterTemplate(): Promise<string> {
  const pieces = await compileTemplate();
  return `// Made from letter-template.ts by \`npm run generate\`.\nexport const template = ${JSON.stringify(pieces, null, 2)};\n`;
}
