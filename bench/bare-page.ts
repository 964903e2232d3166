import { PassThrough } from "node:stream";
import { createReadableStreamFromReadable } from "@react-router/node";
import { createElement as h, type ReactNode } from "react";
import { renderToPipeableStream } from "react-dom/server";
import {
  type EntryContext,
  Link,
  Links,
  Meta,
  NavLink,
  Outlet,
  Scripts,
  ScrollRestoration,
  type ServerBuild,
  ServerRouter,
  useLoaderData,
} from "react-router";

/**
 * A bare page of our page framework: what an app is right after it was begun, and nothing of ours.
 *
 * A root with its meta tags, fonts, style sheet and icon; a page with a head, a greeting from its loader, a few links and
 * a foot; the scripts that wake it in a browser; handed over as the framework's own entry does it. Nothing is looked up.
 */
export const barePage: ServerBuild = {
  entry: { module: { default: handleRequest } },
  routes: {
    root: { id: "root", path: "", module: { default: Root, Layout, ErrorBoundary, links } },
    page: { id: "page", parentId: "root", path: "page", module: { default: Page, loader, meta } },
  },
  assets: {
    entry: { module: "/assets/entry.client-Ck3vQ9xa.js", imports: shared() },
    routes: { root: asset("root", { hasErrorBoundary: true }), page: asset("page", { hasLoader: true }) },
    url: "/assets/manifest-2f6c91b0.js",
    version: "2f6c91b0",
  },
  publicPath: "/",
  assetsBuildDirectory: "",
  future: {},
  ssr: true,
  isSpaMode: false,
  prerender: [],
  routeDiscovery: { mode: "lazy", manifestPath: "/__manifest" },
} as unknown as ServerBuild;

function shared(): string[] {
  return ["/assets/chunk-EPOLDU6W-B7sVx2dR.js", "/assets/jsx-runtime-D9hfLz1c.js"];
}

function asset(id: string, has: { hasLoader?: boolean; hasErrorBoundary?: boolean }) {
  const path = id === "root" ? { path: "" } : { path: id, parentId: "root" };
  return { id, ...path, hasLoader: false, ...has, module: `/assets/${id}-Bq81mKzs.js`, imports: shared() };
}

function links() {
  return [
    { rel: "preconnect", href: "https://fonts.example" },
    { rel: "preconnect", href: "https://files.fonts.example", crossOrigin: "anonymous" },
    { rel: "stylesheet", href: "https://fonts.example/css2?family=Sans:wght@100..900&display=swap" },
    { rel: "stylesheet", href: "/assets/root-C0b1tS3e.css" },
    { rel: "icon", href: "/icon.svg", type: "image/svg+xml" },
  ];
}

function meta() {
  return [{ title: "A new app" }, { name: "description", content: "Welcome to a new app!" }];
}

function loader() {
  return { greeting: "Welcome to a new app!", at: new Date().toISOString() };
}

function Layout({ children }: { children: ReactNode }) {
  const head = [
    h("meta", { key: 1, charSet: "utf-8" }),
    h("meta", { key: 2, name: "viewport", content: "width=device-width, initial-scale=1" }),
    h(Meta, { key: 3 }),
    h(Links, { key: 4 }),
  ];
  return h("html", { lang: "en" }, h("head", null, head), h("body", null, children, h(ScrollRestoration), h(Scripts)));
}

function Root() {
  const place = ["/", "/page", "/events", "/about"].map((to) =>
    h(NavLink, { key: to, to, className: ({ isActive }) => (isActive ? "font-bold" : "") }, `To ${to}`),
  );
  return h(
    "div",
    { className: "flex min-h-screen flex-col" },
    h(
      "header",
      { className: "border-b p-4" },
      h(Link, { to: "/" }, h(Logo)),
      h("nav", { className: "flex gap-4" }, place),
    ),
    h(Outlet),
    h(
      "footer",
      { className: "border-t p-4" },
      h("p", null, "Made with care."),
      h("a", { href: "/imprint" }, "Imprint"),
    ),
  );
}

function Page() {
  const { greeting, at } = useLoaderData<typeof loader>();
  const steps = ["Read the guide", "Ask a neighbour", "Show it to a friend"];
  return h(
    "main",
    { className: "flex items-center justify-center pt-16 pb-4" },
    h("h1", { className: "text-2xl" }, greeting),
    h(
      "p",
      { className: "leading-6 text-gray-700" },
      "It is ",
      h("time", { dateTime: at, suppressHydrationWarning: true }, at),
    ),
    h(
      "ul",
      { className: "space-y-4" },
      steps.map((step) =>
        h(
          "li",
          { key: step },
          h("a", { className: "flex items-center gap-3", href: "https://example.org" }, h(Logo), step),
        ),
      ),
    ),
  );
}

function Logo() {
  return h(
    "svg",
    { width: 24, height: 20, viewBox: "0 0 20 20", fill: "none", className: "stroke-gray-600" },
    h("path", {
      d: "M9.99981 10.0751V9.99992M17.4688 17.4688C15.889 19.0485 11.2645 16.9853 7.13958 12.8604",
      strokeWidth: 1.5,
    }),
  );
}

function ErrorBoundary() {
  return h("main", null, h("h1", null, "Oops"));
}

function handleRequest(request: Request, status: number, headers: Headers, context: EntryContext): Promise<Response> {
  headers.set("Content-Type", "text/html");
  return new Promise((resolve, reject) => {
    const { pipe } = renderToPipeableStream(h(ServerRouter, { context, url: request.url }), {
      onShellReady: () => {
        const body = new PassThrough();
        resolve(new Response(createReadableStreamFromReadable(body), { headers, status }));
        pipe(body);
      },
      onShellError: reject,
    });
  });
}
