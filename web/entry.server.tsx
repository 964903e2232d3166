import { Writable } from "node:stream";

import { renderToPipeableStream } from "react-dom/server";
import { type EntryContext, type RouterContextProvider, ServerRouter } from "react-router";

import { requestContext } from "#web/platform/request.ts";

export { requestContext };

const patienceMs = 10_000;

/**
 * Renders a page whole, and hands it over in one piece.
 *
 * Loaders have all their data before rendering begins, so there is nothing to stream, and many small pieces cost the
 * server a third of its pages.
 */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  routerContext: EntryContext,
  loadContext: RouterContextProvider,
): Promise<Response> {
  const { nonce } = loadContext.get(requestContext);
  headers.set("Content-Type", "text/html; charset=utf-8");

  return new Promise((resolve, reject) => {
    let hasShell = false;
    const pieces: Uint8Array[] = [];
    const page = new Writable({
      write(piece: Uint8Array, _encoding, done) {
        pieces.push(piece);
        done();
      },
      final(done) {
        clearTimeout(giveUp);
        resolve(new Response(Buffer.concat(pieces), { status, headers }));
        done();
      },
    });
    const { pipe, abort } = renderToPipeableStream(
      <ServerRouter context={routerContext} url={request.url} nonce={nonce} />,
      {
        nonce,
        // Else React keeps parts of a large page back for its script to put in place, unseen where none runs.
        progressiveChunkSize: Number.POSITIVE_INFINITY,
        onShellReady() {
          hasShell = true;
        },
        onAllReady: () => pipe(page),
        onShellError: reject,
        onError(error: unknown) {
          // Before the shell stands, the rejection above is noted by `handleError`.
          if (hasShell) console.error(error);
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
