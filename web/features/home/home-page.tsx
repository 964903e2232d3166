import { ArrowRight } from "lucide-react";
import { useEffect } from "react";
import { Link, redirect } from "react-router";

import { events } from "#contract/events.ts";
import { EventCard } from "#web/features/events/components/event-card.tsx";
import { nearOf, rememberNear } from "#web/features/events/components/reader-days.tsx";
import { Amphitheatre } from "#web/features/home/components/amphitheatre.tsx";
import { Near } from "#web/features/home/components/near.tsx";
import { Story } from "#web/features/home/components/story.tsx";
import { Times } from "#web/features/home/components/times.tsx";
import { call } from "#web/platform/api.ts";
import { said, useWords, words } from "#web/platform/words.ts";
import { signedOut, useViewer } from "#web/shell/viewer.ts";
import { ButtonLink } from "#web/ui/button.tsx";
import { Hall } from "#web/ui/hemicycle.tsx";
import { EmptyState } from "#web/ui/surface.tsx";

import type { Route } from "./+types/home-page";

/** Whoever has an account is led on; nobody who comes for the first time is welcomed back. */
const begin = "/sign-up?next=%2Forganize%2Fevents%2Fnew";

export async function loader({ context, request }: Route.LoaderArgs) {
  const asked = new URL(request.url).searchParams.get("place");
  // Kept in the reader's browser, so that the address stays that of the house; an empty place is forgotten.
  if (asked !== null) throw redirect("/", { headers: rememberNear(asked.trim().slice(0, 120)) });
  const place = nearOf(request);
  const list = (query: object) => call(context, events.list, { query: { sort: "soonest" as const, ...query } });
  const [soon, near] = await Promise.all([list({ limit: 6 }), place ? list({ place, limit: 3 }) : { items: [] }]);
  return {
    soon: soon.items,
    near: { place, items: near.items },
    words: words(context, [
      "home.page",
      "home.soon",
      "home.near",
      "home.story",
      "home.sample",
      "home.times",
      "home.promises",
      "home.closing",
      "events.card",
    ]),
  };
}

export const meta: Route.MetaFunction = ({ loaderData }) => {
  const words = said(loaderData?.words)?.["home.page"];
  return [
    { title: words?.metaTitle },
    { name: "description", content: words?.description },
    { property: "og:title", content: words?.metaTitle },
    { property: "og:description", content: words?.description },
  ];
};

/** Signing out leads here, with or without script: tabs that still show somebody hear that nobody is signed in. */
function useTellingTabs(): void {
  const isSomebody = useViewer() !== null;
  useEffect(() => {
    if (isSomebody) return;
    const tabs = new BroadcastChannel(signedOut);
    tabs.postMessage(null);
    tabs.close();
  }, [isSomebody]);
}

export default function HomePage({ loaderData: { soon, near } }: Route.ComponentProps) {
  useTellingTabs();
  return (
    <>
      <Hero />
      <div className="frame grid grid-cols-1 gap-24 pt-14 sm:gap-32">
        <div className="grid grid-cols-1 gap-16">
          <Soon soon={soon} />
          {soon.length > 0 && <Near {...near} />}
        </div>
        <Story />
        <Times />
        <Promises />
        <Closing />
      </div>
    </>
  );
}

/** The headline stands where the speaker would, with the audience around it. On a phone there is only room below. */
function Hero() {
  const words = useWords("home.page");
  return (
    <section aria-labelledby="hero" className="frame relative grid justify-items-center pt-8 sm:pt-12">
      <Amphitheatre seat={words.yourSeat} className="w-full max-w-[65rem]" />
      <div className="grid justify-items-center gap-4 text-center max-lg:-mt-11 max-lg:sm:-mt-36 lg:absolute lg:bottom-0 lg:w-[34rem]">
        <h1 id="hero" className="max-w-[9ch] text-3xl! lg:text-[3.25rem]!">
          {words.title}
        </h1>
        <p className="max-w-[44ch] text-base text-ink-soft">{words.lead}</p>
        <div className="mt-2 flex flex-wrap justify-center gap-3">
          <ButtonLink to={begin} variant="primary" size="lg">
            {words.start}
          </ButtonLink>
          <ButtonLink to="/events" size="lg">
            {words.browse}
          </ButtonLink>
        </div>
      </div>
    </section>
  );
}

function Soon({ soon }: { soon: Route.ComponentProps["loaderData"]["soon"] }) {
  const words = useWords("home.soon");
  return (
    <section aria-labelledby="soon" className="border-t border-line pt-10">
      <div className="mb-6 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h2 id="soon" className="text-2xl!">
          {words.title}
        </h2>
        {soon.length > 0 && (
          <Link to="/events" className="link inline-flex min-h-11 items-center gap-1.5 font-medium">
            {words.all}
            <ArrowRight aria-hidden="true" className="size-4 rtl:-scale-x-100" />
          </Link>
        )}
      </div>
      {soon.length > 0 ? (
        <ul className="shelf">
          {soon.map((event) => (
            <li key={event.id}>
              <EventCard event={event} />
            </li>
          ))}
        </ul>
      ) : (
        <EmptyState
          picture={<Hall dots={30} taken={0} className="h-16" />}
          title={words.emptyTitle}
          text={words.emptyText}
        />
      )}
    </section>
  );
}

function Promises() {
  const words = useWords("home.promises");
  const rules = [
    { title: words.onceTitle, text: words.onceText },
    { title: words.zoneTitle, text: words.zoneText },
    { title: words.guestTitle, text: words.guestText },
    { title: words.yoursTitle, text: words.yoursText },
  ];
  return (
    <section aria-labelledby="promises" className="grid gap-x-10 gap-y-6 lg:grid-cols-[1fr_2fr]">
      <h2 id="promises" className="text-2xl!">
        {words.title}
      </h2>
      <dl className="grid sm:grid-cols-2 sm:gap-x-10">
        {rules.map(({ title, text }) => (
          <div key={title} className="grid content-start gap-1 border-t border-line py-5">
            <dt className="font-medium">{title}</dt>
            <dd className="text-ink-soft">{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Closing() {
  const words = useWords("home.closing");
  return (
    <section
      aria-labelledby="closing"
      className="grid justify-items-center gap-6 border-t border-line pt-16 text-center"
    >
      <h2 id="closing" className="text-2xl! sm:text-3xl!">
        {words.title}
      </h2>
      <ButtonLink to={begin} variant="primary" size="lg">
        {words.start}
      </ButtonLink>
    </section>
  );
}
