import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";

/** What a look at the advisories for what we ship came to: a complaint, or a note that says what was and was not looked at. */
export interface Audited {
  complaint: string;
  note: string;
}

const patienceMs = 10_000;
const grave = ["high", "critical"];

/** Asks the registry; one that cannot be reached, or answers no such question, is no fault of ours and is only noted. */
export async function audit(): Promise<Audited> {
  const child = spawn("npm", ["audit", "--omit=dev", "--json", "--fetch-retries=0"], {
    stdio: ["ignore", "pipe", "ignore"],
    signal: AbortSignal.timeout(patienceMs),
  });
  const failed = new Promise<string>((resolve) => child.on("error", () => resolve("")));
  return judge(await Promise.race([text(child.stdout), failed]));
}

interface Report {
  vulnerabilities?: Record<string, { severity: string; range: string; fixAvailable: unknown }>;
  message?: string;
}

export function judge(output: string): Audited {
  const { vulnerabilities, message } = read(output);
  if (!vulnerabilities) {
    return { complaint: "", note: `not asked, ${message ?? "the registry did not answer"}` };
  }
  const known = Object.entries(vulnerabilities);
  const lines = known
    .filter(([, { severity }]) => grave.includes(severity))
    .map(
      ([name, { severity, range, fixAvailable }]) =>
        `${name} ${range}: ${severity}${fixAvailable ? ", mended in a newer one" : ""}`,
    );
  return { complaint: lines.join("\n"), note: `${known.length - lines.length} lesser advisories` };
}

function read(output: string): Report {
  try {
    return JSON.parse(output) as Report;
  } catch {
    return {};
  }
}
