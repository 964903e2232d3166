import { Agent, request as httpRequest } from "node:http";
import { text } from "node:stream/consumers";

export interface Ask {
  method?: string;
  path: string;
  headers?: Record<string, string>;
  body?: object;
}

export interface Measured {
  requests: number;
  seconds: number;
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p95: number;
  statuses: Record<number, number>;
}

/** Sends requests to one or several servers, so many at a time, for a number of requests or of seconds. */
export async function load(options: {
  urls: readonly string[];
  concurrency: number;
  most?: number;
  seconds?: number;
  ask: (n: number) => Ask;
  /** Hears what is answered; else nobody reads it. */
  hear?: (status: number, body: string) => void;
}): Promise<Measured> {
  const { urls, concurrency, most = Number.POSITIVE_INFINITY, seconds = 60 } = options;
  const agents = urls.map(() => new Agent({ keepAlive: true, maxSockets: concurrency }));
  const times: number[] = [];
  const statuses: Record<number, number> = {};
  let sent = 0;
  const began = performance.now();
  const client = async () => {
    while (sent < most && performance.now() - began < seconds * 1000) {
      const n = sent;
      sent += 1;
      const at = n % urls.length;
      const start = performance.now();
      const status = await send(agents[at] as Agent, urls[at] ?? "", options.ask(n), options.hear);
      times.push(performance.now() - start);
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, client));
  const elapsed = (performance.now() - began) / 1000;
  for (const agent of agents) agent.destroy();
  times.sort((a, b) => a - b);
  return {
    requests: times.length,
    seconds: elapsed,
    perSecond: times.length / elapsed,
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    statuses,
  };
}

/** Of numbers in ascending order. */
export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

export const median = (numbers: readonly number[]): number =>
  quantile(
    [...numbers].sort((a, b) => a - b),
    0.5,
  );

function send(
  agent: Agent,
  url: string,
  { method = "GET", path, headers = {}, body }: Ask,
  hear?: (status: number, body: string) => void,
): Promise<number> {
  const payload = body ? JSON.stringify(body) : undefined;
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      new URL(path, url),
      {
        agent,
        method,
        headers: {
          ...headers,
          ...(payload ? { "content-type": "application/json", "content-length": Buffer.byteLength(payload) } : {}),
        },
      },
      (reply) => {
        const { statusCode = 0 } = reply;
        const listen = hear && text(reply).then((said) => hear(statusCode, said));
        if (!listen) reply.resume();
        reply.on("end", () => Promise.resolve(listen).then(() => resolve(statusCode), reject));
        reply.on("error", reject);
      },
    );
    sent.on("error", reject);
    sent.end(payload);
  });
}
