import { Writable } from "node:stream";
import { text } from "node:stream/consumers";

import type { ReactNode } from "react";
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
export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  { serverHandoffStream, ...whole }: EntryContext,
  loadContext: RouterContextProvider,
): Promise<Response> {
  const routerContext = ofThisPage(whole);
  const { nonce, handOver } = loadContext.get(requestContext);
  const data = serverHandoffStream ? await text(serverHandoffStream) : "";
  const html = await rendered(<ServerRouter context={routerContext} url={request.url} nonce={nonce} />, nonce);
  handOver(html.slice(0, -end.length) + handoff(data, nonce) + end);
  headers.set("Content-Type", "text/html; charset=utf-8");
  return new Response(null, { status, headers });
}

/**
 * The router puts all routes it is given in order for each page, to find what the server has found already; it needs
 * those of this page only.
 */
function ofThisPage(context: Omit<EntryContext, "serverHandoffStream">): EntryContext {
  const { routes } = context.manifest;
  const here = context.staticHandlerContext.matches.map(({ route }) => [route.id, routes[route.id]]);
  return { ...context, manifest: { ...context.manifest, routes: Object.fromEntries(here) } };
}

const end = "</body></html>";

/** What the router would write while it streams, and a page that waits for it twice more: the loaders' data for the browser. */
function handoff(data: string, nonce: string | undefined): string {
  const stream = "window.__reactRouterContext.streamController";
  const piece = JSON.stringify(data).replace(/[&><\u2028\u2029]/g, escaped);
  const attribute = nonce ? ` nonce="${nonce}"` : "";
  return `<script${attribute}>${stream}.enqueue(${piece});${stream}.close();</script>`;
}

/** Nothing in a script may look like the end of it. */
const escaped = (sign: string) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;

function rendered(page: ReactNode, nonce: string | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    let hasShell = false;
    const pieces: Uint8Array[] = [];
    const whole = new Writable({
      write(piece: Uint8Array, _encoding, done) {
        pieces.push(piece);
        done();
      },
      final(done) {
        clearTimeout(giveUp);
        resolve(Buffer.concat(pieces).toString());
        done();
      },
    });
    const { pipe, abort } = renderToPipeableStream(page, {
      nonce,
      // Else React keeps parts of a large page back for its script to put in place, unseen where none runs.
      progressiveChunkSize: Number.POSITIVE_INFINITY,
      onShellReady() {
        hasShell = true;
      },
      onAllReady: () => pipe(whole),
      onShellError: reject,
      onError(error: unknown) {
        // Before the shell stands, the rejection above is noted by `handleError`.
        if (hasShell) console.error(error);
      },
    });
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
