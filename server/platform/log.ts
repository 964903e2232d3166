import { pino } from "pino";

/** Structured lines on stdout. What could identify or let in a person never reaches them. */
export function createLog(level: string) {
  return pino({
    level,
    base: { pid: process.pid },
    redact: {
      paths: [
        "req.headers.cookie",
        "req.headers.authorization",
        "password",
        "token",
        "email",
        "*.password",
        "*.token",
        "*.email",
      ],
      censor: "[kept]",
    },
    serializers: {
      // Links in letters carry their key in the path, and media sockets carry it in the query.
      req: (request: { method: string; url: string; id: string }) => ({
        method: request.method,
        path: pathForLog(request.url),
        id: request.id,
      }),
    },
  });
}

export type Log = ReturnType<typeof createLog>;

export const pathForLog = (url: string): string =>
  (url.split("?")[0] ?? "").replace(/\/(t|verify|reset|booking)\/[^/]+/, "/$1/[kept]");
