import { problems } from "#contract/problems.ts";

/** The sentences of the contract's problems as a file of the catalogue, nested at the dots of their codes. */
export function problemSentences(): string {
  const file: Record<string, string | Record<string, string>> = {};
  for (const [code, { says }] of Object.entries(problems)) {
    const [noun = code, what] = code.split(".");
    const under = file[noun];
    file[noun] = what === undefined ? says : { ...(typeof under === "object" ? under : {}), [what]: says };
  }
  return `${JSON.stringify(file, null, 2)}\n`;
}
