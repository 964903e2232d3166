import { ArrowLeft, Download } from "lucide-react";
import { Link, useSearchParams } from "react-router";

import type { SentLetter } from "#contract/mailbox.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { ButtonLink } from "#web/ui/button.tsx";
import { FilterChips } from "#web/ui/list.tsx";
import { Time } from "#web/ui/time.tsx";

/** One letter as its reader sees it: in a frame that runs nothing and knows nothing of us, or as plain text. */
export function LetterView({ letter }: { letter: SentLetter }) {
  const words = useWords("mailbox.page");
  const fill = useFill();
  const [search] = useSearchParams();
  const isText = search.get("view") === "text";
  const saved = letter.attachments.filter(({ contentId }) => contentId === null);
  return (
    <article aria-labelledby="subject" className="overflow-hidden rounded-panel border border-line bg-surface">
      <header className="grid gap-3 border-b border-line p-5 sm:p-6">
        <Link
          to={backTo(search)}
          className="link inline-flex items-center gap-1.5 justify-self-start text-sm lg:hidden"
        >
          <ArrowLeft aria-hidden="true" className="size-4 rtl:-scale-x-100" />
          {words.back}
        </Link>
        <h2 id="subject" className="text-lg">
          {letter.subject}
        </h2>
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm [&_dt]:text-ink-soft">
          <dt>{words.to}</dt>
          <dd>{letter.toName ? `${letter.toName} <${letter.to}>` : letter.to}</dd>
          <dt>{words.sent}</dt>
          <dd>
            <Time at={letter.createdAt} zone="UTC" />
          </dd>
        </dl>
        <FilterChips name="view" label={words.view} all={words.html} options={[{ value: "text", label: words.text }]} />
        {saved.length > 0 && (
          <ul aria-label={words.attachments} className="flex flex-wrap gap-2">
            {saved.map(({ name, url }) => (
              <li key={url}>
                <ButtonLink to={url} reloadDocument download={name} size="sm" icon={<Download aria-hidden="true" />}>
                  {name}
                </ButtonLink>
              </li>
            ))}
          </ul>
        )}
      </header>
      {isText ? (
        <pre className="overflow-x-auto p-5 font-mono text-sm leading-relaxed whitespace-pre-wrap sm:p-6">
          <Linked text={letter.text} />
        </pre>
      ) : (
        <iframe
          title={fill(words.frame, { subject: letter.subject })}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          src={`/dev/mail/${letter.id}`}
          className="block h-[max(36rem,80dvh)] w-full bg-paper"
        />
      )}
    </article>
  );
}

function backTo(search: URLSearchParams): string {
  const next = new URLSearchParams(search);
  next.delete("letter");
  next.delete("view");
  return `?${next}`;
}

function Linked({ text }: { text: string }) {
  return text.split(/(https?:\/\/\S+)/).map((part, at) =>
    /^https?:\/\//.test(part) ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text keep their order
      <a key={at} href={part} className="link break-all">
        {part}
      </a>
    ) : (
      part
    ),
  );
}
