import type { Speaker } from "#contract/agenda.ts";
import type { EventView } from "#contract/events.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { Avatar } from "#web/ui/surface.tsx";

/** Who speaks, in the order that the host has chosen. */
export function Speakers({ event }: { event: EventView }) {
  const words = useWords("events.page");
  if (event.speakers.length === 0) return null;
  return (
    <section aria-labelledby="speakers">
      <h2 id="speakers" className="mb-5">
        {words.speakers}
      </h2>
      <ul className="grid gap-x-8 gap-y-7 sm:grid-cols-2">
        {event.speakers.map((speaker) => (
          <li key={speaker.id} lang={event.language} className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4">
            <Avatar name={speaker.name} src={speaker.pictureUrl} size={64} />
            <Lines {...speaker} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Lines({ name, headline, bio, url }: Speaker) {
  const words = useWords("events.page");
  const fill = useFill();
  return (
    <div className="grid content-start gap-1">
      <h3 dir="auto" className="text-base! wrap-anywhere">
        {name}
      </h3>
      {headline && <p className="text-sm wrap-anywhere text-ink-soft">{headline}</p>}
      {bio && <p className="text-sm wrap-anywhere whitespace-pre-line">{bio}</p>}
      {url && (
        <a
          href={url}
          target="_blank"
          rel="noreferrer nofollow ugc"
          aria-label={fill(words.speakerSite, { name, site: siteOf(url) })}
          className="link justify-self-start text-sm wrap-anywhere"
        >
          {siteOf(url)}
        </a>
      )}
    </div>
  );
}

const siteOf = (url: string): string => new URL(url).hostname.replace(/^www\./, "");
