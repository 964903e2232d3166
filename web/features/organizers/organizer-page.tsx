import { Globe, Pencil } from "lucide-react";

import { events } from "#contract/events.ts";
import { type Organizer, organizers } from "#contract/organizers.ts";
import { EventCard } from "#web/features/events/components/event-card.tsx";
import { call, pageOf } from "#web/platform/api.ts";
import { useFill, useWords, words } from "#web/platform/words.ts";
import { ButtonLink } from "#web/ui/button.tsx";
import { Cover, Hall } from "#web/ui/hemicycle.tsx";
import { More } from "#web/ui/list.tsx";
import { Avatar, EmptyState } from "#web/ui/surface.tsx";
import { toneStyle } from "#web/ui/tone.ts";

import type { Route } from "./+types/organizer-page";

export async function loader({ params, request, context }: Route.LoaderArgs) {
  const { publicUrl } = pageOf(context);
  const cursor = new URL(request.url).searchParams.get("cursor") ?? undefined;
  const organizer = await call(context, organizers.get, { params: { id: params.organizerSlug } });
  const upcoming = await call(context, events.list, { query: { organizer: organizer.slug, cursor } });
  return {
    ...upcoming,
    organizer,
    canonical: `${publicUrl}/${organizer.slug}`,
    picture: organizer.logoUrl && publicUrl + organizer.logoUrl,
    words: words(context, ["organizers.page", "events.card"]),
  };
}

export const meta: Route.MetaFunction = ({ loaderData }) => {
  if (!loaderData) return [];
  const { organizer, canonical, picture, words } = loaderData;
  const description = organizer.bio || words["organizers.page"].description.replace("{name}", organizer.name);
  return [
    { title: `${organizer.name} · Plenary` },
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
  const { organizer, items, nextCursor } = loaderData;
  return (
    <div style={toneStyle(organizer.hue)} className="pb-8">
      <Face organizer={organizer} />
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
        {items.length === 0 ? (
          <EmptyState
            picture={<Hall dots={24} taken={0} className="h-14" />}
            title={words.none}
            text={fill(words.noneText, { name: organizer.name })}
            action={<ButtonLink to="/events">{words.browse}</ButtonLink>}
          />
        ) : (
          <ul className="grid grid-cols-1 gap-x-8 gap-y-12 sm:grid-cols-2 lg:grid-cols-3">
            {items.map((event) => (
              <li key={event.id}>
                <EventCard event={event} />
              </li>
            ))}
          </ul>
        )}
        <More cursor={nextCursor} />
      </section>
    </div>
  );
}

function Face({ organizer }: { organizer: Organizer }) {
  const words = useWords("organizers.page");
  const { name, bio, website, logoUrl, role } = organizer;
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
        <h1 className="mt-1">{name}</h1>
        {bio && <p className="mt-4 max-w-[65ch] text-base whitespace-pre-line">{bio}</p>}
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
