import fraunces from "@fontsource-variable/fraunces/files/fraunces-latin-opsz-normal.woff2?url";
import type { ReactNode } from "react";
import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  type ShouldRevalidateFunctionArgs,
  useRouteLoaderData,
} from "react-router";
import { isRightToLeft, languageParameter } from "#domain/language/choose.ts";
import styles from "#web/app.css?url";
import { pageOf } from "#web/platform/api.ts";
import { kept } from "#web/platform/kept.ts";
import { lookOf } from "#web/platform/look.ts";
import { useKept } from "#web/platform/offline.ts";
import { said, WordsOfPage, words } from "#web/platform/words.ts";
import { Failure, failureTitle } from "#web/shell/failure.tsx";
import { Toasts } from "#web/ui/toast.tsx";

import type { Route } from "./+types/root";

export const links: Route.LinksFunction = () => [
  { rel: "preload", href: fraunces, as: "font", type: "font/woff2", crossOrigin: "anonymous" },
  { rel: "stylesheet", href: styles },
  { rel: "icon", href: "/icon.svg", type: "image/svg+xml" },
  { rel: "apple-touch-icon", href: "/icons/apple-180.png" },
  // Asked for without cookies it would not know the reader's language.
  { rel: "manifest", href: "/manifest.webmanifest", crossOrigin: "use-credentials" },
];

export function loader({ context, request }: Route.LoaderArgs) {
  const { viewer, locale, region, locales, publicUrl, now, installation } = pageOf(context);
  return {
    viewer,
    locale,
    region,
    languages: locales.map((tag) => ({ tag, name: nameOfLanguage(tag) })),
    publicUrl,
    installation,
    now: now.toISOString(),
    look: lookOf(request),
    words: words(context, ["shell.frame", "shell.failure", "ui.common", "ui.time", "ui.seats", "ui.problem"]),
  };
}

/** As those say who speak it. */
const nameOfLanguage = kept((tag: string) => new Intl.DisplayNames(tag, { type: "language" }).of(tag) ?? tag);

/** For pages that name themselves this is never seen. */
export const meta: Route.MetaFunction = ({ loaderData, error }) => {
  const title = loaderData?.installation;
  return [
    {
      title: error && loaderData ? `${failureTitle(error, said(loaderData.words)["shell.failure"])} · ${title}` : title,
    },
  ];
};

/** Who looks and in which words changes by what people send, not by where they go, unless the address named a language. */
export function shouldRevalidate({
  currentUrl,
  formMethod,
  defaultShouldRevalidate,
}: ShouldRevalidateFunctionArgs): boolean {
  const isSent = formMethod !== undefined && formMethod !== "GET";
  return (isSent || currentUrl.searchParams.has(languageParameter)) && defaultShouldRevalidate;
}

export function Layout({ children }: { children: ReactNode }) {
  const root = useRouteLoaderData<typeof loader>("root");
  const locale = root?.locale ?? "en";
  return (
    <html lang={locale} dir={isRightToLeft(locale) ? "rtl" : "ltr"} data-look={root?.look}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="theme-color" media="(prefers-color-scheme: light)" content="#fcfaf6" />
        <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#121419" />
        <Meta />
        <Links />
      </head>
      <body>
        <WordsOfPage>{children}</WordsOfPage>
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  );
}

export default function Root() {
  useKept();
  return (
    <>
      <Outlet />
      <Toasts />
    </>
  );
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <Failure error={error} />;
}
