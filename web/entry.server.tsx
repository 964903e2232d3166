import { PassThrough } from "node:stream";

import { createReadableStreamFromReadable } from "@react-router/node";
import { isbot } from "isbot";
import { renderToPipeableStream } from "react-dom/server";
import { type EntryContext, type RouterContextProvider, ServerRouter } from "react-router";

import { requestContext } from "#web/platform/request.ts";

export { requestContext };

const patienceMs = 10_000;

export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  routerContext: EntryContext,
  loadContext: RouterContextProvider,
): Promise<Response> {
  const { nonce } = loadContext.get(requestContext);
  headers.set("Content-Type", "text/html; charset=utf-8");
  const whole = isbot(request.headers.get("user-agent") ?? "");

  return new Promise((resolve, reject) => {
    let begun = false;
    const begin = () => {
      begun = true;
      const body = new PassThrough({
        final(done) {
          clearTimeout(giveUp);
          done();
        },
      });
      resolve(new Response(createReadableStreamFromReadable(body), { headers, status }));
      pipe(body);
    };
    const { pipe, abort } = renderToPipeableStream(
      <ServerRouter context={routerContext} url={request.url} nonce={nonce} />,
      {
        nonce,
        [whole ? "onAllReady" : "onShellReady"]: begin,
        onShellError: reject,
        onError(error: unknown) {
          // Before the shell stands, the rejection above is noted by `handleError`.
          if (begun) console.error(error);
        },
      },
    );
    const giveUp = setTimeout(abort, patienceMs);
  });
}

/** Refusals and pages that do not exist are answers, and a reader who left is nobody's mistake. */
export function handleError(error: unknown, { request }: { request: Request }): void {
  if (request.signal.aborted || isAnswer(error)) return;
  console.error(error);
}

function isAnswer(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  if ("status" in error && typeof error.status === "number") return error.status < 500;
  return "code" in error && "details" in error;
}
