import { BellPlus, BellRing, Globe, Pencil } from "lucide-react";
import { redirect } from "react-router";

import { type EventCard as Event, events } from "#contract/events.ts";
import { following } from "#contract/following.ts";
import { type Organizer, organizers } from "#contract/organizers.ts";
import { publicScheduling } from "#contract/scheduling-public.ts";
import { EventCard } from "#web/features/events/components/event-card.tsx";
import { BookableTypes } from "#web/features/scheduling/components/bookable-types.tsx";
import { call, pageOf, signedIn } from "#web/platform/api.ts";
import { houseOf } from "#web/platform/house.ts";
import { said, useFill, useWords, words } from "#web/platform/words.ts";
import { useViewer } from "#web/shell/viewer.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { Form } from "#web/ui/form.tsx";
import { Cover, Hall } from "#web/ui/hemicycle.tsx";
import { More } from "#web/ui/more.tsx";
import { Avatar, EmptyState } from "#web/ui/surface.tsx";
import { toneStyle } from "#web/ui/tone.ts";

import type { Route } from "./+types/organizer-page";

const pastAtOnce = 6;

export async function loader({ params, request, context }: Route.LoaderArgs) {
  const { publicUrl } = pageOf(context);
  const asked = new URL(request.url).searchParams;
  const cursorIn = (name: string) => asked.get(name) ?? undefined;
  const organizer = await call(context, organizers.get, { params: { id: params.organizerSlug } });
  const [coming, been, { eventTypes }] = await Promise.all([
    call(context, events.list, { query: { organizer: organizer.slug, cursor: cursorIn("cursor") } }),
    call(context, events.pastOf, {
      params: { id: organizer.slug },
      query: { limit: pastAtOnce, cursor: cursorIn("past") },
    }),
    call(context, publicScheduling.organizer, { params: { organizerSlug: organizer.slug } }),
  ]);
  return {
    coming,
    been,
    organizer,
    eventTypes,
    canonical: `${publicUrl}/${organizer.slug}`,
    picture: organizer.logoUrl && publicUrl + organizer.logoUrl,
    words: words(context, ["organizers.page", "events.card", "scheduling.facts"]),
  };
}

/** Follows, or no longer. */
export async function action({ params, request, context }: Route.ActionArgs) {
  const to = `/${params.organizerSlug}`;
  signedIn(context, new Request(new URL(to, request.url)));
  const follows = (await request.formData()).get("follow") === "true";
  await call(context, follows ? following.follow : following.unfollow, { params: { id: params.organizerSlug } });
  return redirect(to);
}

export const meta: Route.MetaFunction = ({ loaderData, matches }) => {
  if (!loaderData) return [];
  const { organizer, canonical, picture, words } = loaderData;
  const description = organizer.bio || said(words)["organizers.page"].description.replace("{name}", organizer.name);
  return [
    { title: `${organizer.name} · ${houseOf(matches)}` },
    { name: "description", content: description.slice(0, 200) },
    { tagName: "link", rel: "canonical", href: canonical },
    { tagName: "link", rel: "alternate", type: "application/atom+xml", href: `${canonical}/feed.atom` },
    { property: "og:type", content: "profile" },
    { property: "og:title", content: organizer.name },
    { property: "og:description", content: description.slice(0, 200) },
    { property: "og:url", content: canonical },
    ...(picture ? [{ property: "og:image", content: picture }] : []),
    {
      "script:ld+json": {
        "@context": "https://schema.org",
        "@type": "Organization",
        name: organizer.name,
        url: canonical,
        ...(organizer.bio ? { description: organizer.bio } : {}),
        ...(picture ? { logo: picture } : {}),
        ...(organizer.website ? { sameAs: organizer.website } : {}),
      },
    },
  ];
};

export default function OrganizerPage({ loaderData }: Route.ComponentProps) {
  const words = useWords("organizers.page");
  const fill = useFill();
  const { organizer, eventTypes, coming, been } = loaderData;
  return (
    <div style={toneStyle(organizer.hue)} className="pb-8">
      <Face organizer={organizer} />
      <BookableTypes slug={organizer.slug} types={eventTypes} title={words.bookable} />
      <section aria-labelledby="upcoming" className="frame mt-12 sm:mt-16">
        <div className="mb-6 flex flex-wrap items-baseline justify-between gap-x-6">
          <h2 id="upcoming">{words.upcoming}</h2>
          <p className="flex gap-5 text-sm">
            <a href={`/${organizer.slug}/calendar.ics`} className="link">
              {words.calendar}
            </a>
            <a href={`/${organizer.slug}/feed.atom`} className="link">
              {words.feed}
            </a>
          </p>
        </div>
        {coming.items.length === 0 ? (
          <EmptyState
            picture={<Hall dots={24} taken={0} className="h-14" />}
            title={words.none}
            text={fill(words.noneText, { name: organizer.name })}
            action={<ButtonLink to="/events">{words.browse}</ButtonLink>}
          />
        ) : (
          <Cards events={coming.items} />
        )}
        <More cursor={coming.nextCursor} />
      </section>
      {been.items.length > 0 && (
        <section aria-labelledby="past" className="frame mt-16 sm:mt-20">
          <h2 id="past" className="mb-6">
            {words.past}
          </h2>
          <Cards events={been.items} />
          <More cursor={been.nextCursor} name="past" />
        </section>
      )}
    </div>
  );
}

const Cards = ({ events }: { events: readonly Event[] }) => (
  <ul className="shelf">
    {events.map((event) => (
      <li key={event.id}>
        <EventCard event={event} />
      </li>
    ))}
  </ul>
);

/** Following is for who is signed in; everybody else is asked to sign in first. */
function Follow({ organizer }: { organizer: Organizer }) {
  const words = useWords("organizers.page");
  const { slug, isFollowed, role } = organizer;
  const viewer = useViewer();
  if (role) return null;
  if (!viewer) {
    return (
      <ButtonLink to={`/sign-in?next=/${slug}`} icon={<BellPlus aria-hidden="true" />}>
        {words.follow}
      </ButtonLink>
    );
  }
  return (
    <Form preventScrollReset>
      <SubmitButton
        name="follow"
        value={String(!isFollowed)}
        variant={isFollowed ? "secondary" : "primary"}
        icon={isFollowed ? <BellRing aria-hidden="true" /> : <BellPlus aria-hidden="true" />}
      >
        {isFollowed ? words.unfollow : words.follow}
      </SubmitButton>
    </Form>
  );
}

function Face({ organizer }: { organizer: Organizer }) {
  const words = useWords("organizers.page");
  const fill = useFill();
  const { name, bio, website, logoUrl, role, followers } = organizer;
  return (
    <header>
      <div className="h-36 overflow-hidden sm:h-52">
        <Cover seed={organizer.id} hue={organizer.hue} width={1200} height={208} />
      </div>
      <div className="frame">
        <div className="-mt-12 flex flex-wrap items-end justify-between gap-4 sm:-mt-14">
          <span className="rounded-full border-4 border-paper bg-paper">
            <Avatar name={name} src={logoUrl} size={104} />
          </span>
          <Follow organizer={organizer} />
          {role && role !== "member" && (
            <ButtonLink
              to={`/organize/settings?organizer=${organizer.id}`}
              size="sm"
              icon={<Pencil aria-hidden="true" />}
            >
              {words.edit}
            </ButtonLink>
          )}
        </div>
        <p className="mt-5 text-sm text-ink-soft">{words.host}</p>
        <h1 dir="auto" className="mt-1">
          {name}
        </h1>
        {followers !== null && followers > 0 && (
          <p className="mt-2 text-sm text-ink-soft tabular">{fill(words.followers, { n: followers })}</p>
        )}
        {bio && (
          <p dir="auto" className="mt-4 max-w-[65ch] text-base whitespace-pre-line">
            {bio}
          </p>
        )}
        {website && (
          <p className="mt-4">
            <a href={website} rel="nofollow ugc noopener" className="link inline-flex items-center gap-2">
              <Globe aria-hidden="true" className="size-4" />
              {website.replace(/^https?:\/\/(www\.)?|\/$/g, "")}
            </a>
          </p>
        )}
      </div>
    </header>
  );
}
