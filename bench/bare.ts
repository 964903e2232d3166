// What the product's answers are held against: the same Fastify with the same query and nothing of ours around it, and
// the same page framework with a page that shows a title. One process, on the core it is given.
import { PassThrough, Readable } from "node:stream";
import { createReadableStreamFromReadable } from "@react-router/node";
import Fastify from "fastify";
import { createElement } from "react";
import { renderToPipeableStream } from "react-dom/server";
import {
  createRequestHandler,
  type EntryContext,
  Links,
  Meta,
  Outlet,
  RouterContextProvider,
  Scripts,
  ScrollRestoration,
  type ServerBuild,
  ServerRouter,
  useLoaderData,
} from "react-router";

import { findView } from "#server/modules/events/repo/event.ts";
import { createDb, createPool } from "#server/platform/db.ts";
import { createLog } from "#server/platform/log.ts";

const [url = "", port = "0"] = process.argv.slice(2);
const db = createDb(createPool(url, { max: 20, log: createLog("error") }));
const app = Fastify();

app.get<{ Params: { name: string } }>("/event/:name", ({ params }) => findView(db, params.name, { now: new Date() }));

const handle = createRequestHandler(bareBuild(), "production");
app.get("/page", async (request, reply) => {
  const answer = await handle(new Request(`http://${request.host}/page`), new RouterContextProvider());
  reply.code(answer.status);
  for (const [name, value] of answer.headers) reply.header(name, value);
  return reply.send(Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0]));
});

await app.listen({ port: Number(port), host: "127.0.0.1" });

function bareBuild(): ServerBuild {
  // The root that the framework's own template has.
  const Root = () =>
    createElement(
      "html",
      { lang: "en" },
      createElement(
        "head",
        null,
        createElement("meta", { charSet: "utf-8" }),
        createElement(Meta),
        createElement(Links),
      ),
      createElement("body", null, createElement(Outlet), createElement(ScrollRestoration), createElement(Scripts)),
    );
  const Page = () => createElement("h1", null, useLoaderData<{ title: string }>().title);
  const build = {
    entry: { module: { default: handleRequest } },
    routes: {
      root: { id: "root", path: "", module: { default: Root } },
      page: {
        id: "page",
        parentId: "root",
        path: "page",
        module: { default: Page, loader: () => ({ title: "A title" }) },
      },
    },
    assets: {
      entry: { module: "/entry.js", imports: [] },
      routes: {
        root: { id: "root", path: "", hasLoader: false, module: "/root.js", imports: [] },
        page: { id: "page", parentId: "root", path: "page", hasLoader: true, module: "/page.js", imports: [] },
      },
      url: "/manifest.js",
      version: "1",
    },
    publicPath: "/",
    assetsBuildDirectory: "",
    future: {},
    ssr: true,
    isSpaMode: false,
    prerender: [],
    routeDiscovery: { mode: "initial" },
  };
  return build as unknown as ServerBuild;
}

function handleRequest(request: Request, status: number, headers: Headers, context: EntryContext): Promise<Response> {
  headers.set("Content-Type", "text/html");
  return new Promise((resolve, reject) => {
    const { pipe } = renderToPipeableStream(createElement(ServerRouter, { context, url: request.url }), {
      onShellReady: () => {
        const body = new PassThrough();
        resolve(new Response(createReadableStreamFromReadable(body), { headers, status }));
        pipe(body);
      },
      onShellError: reject,
    });
  });
}
