import { MailOpen, Paperclip } from "lucide-react";
import { Link, useSearchParams } from "react-router";

import { mailbox, type SentLetter } from "#contract/mailbox.ts";
import { LetterView } from "#web/features/mailbox/components/letter-view.tsx";
import { call } from "#web/platform/api.ts";
import { houseOf } from "#web/platform/house.ts";
import { said, useFill, useWords, words } from "#web/platform/words.ts";
import { ButtonLink } from "#web/ui/button.tsx";
import { Hall } from "#web/ui/hemicycle.tsx";
import { SearchField } from "#web/ui/list.tsx";
import { More } from "#web/ui/more.tsx";
import { PageHeader, WidePage } from "#web/ui/page.tsx";
import { EmptyState } from "#web/ui/surface.tsx";
import { Time } from "#web/ui/time.tsx";

import type { Route } from "./+types/mailbox-page";

export async function loader({ request, context }: Route.LoaderArgs) {
  const search = new URL(request.url).searchParams;
  const to = search.get("to") ?? "";
  const id = search.get("letter");
  const list = await call(context, mailbox.list, {
    query: { to, limit: 30, cursor: search.get("cursor") ?? undefined },
  });
  const chosen = id ? await call(context, mailbox.get, { params: { id } }) : list.items[0];
  return {
    to,
    isChosen: id !== null,
    letter: chosen ?? null,
    letters: list.items.map(({ html: _html, text: _text, ...letter }) => letter),
    nextCursor: list.nextCursor,
    words: words(context, ["mailbox.page"]),
  };
}

export const meta: Route.MetaFunction = ({ loaderData, matches }) => [
  { title: `${said(loaderData?.words)?.["mailbox.page"].title} · ${houseOf(matches)}` },
  { name: "robots", content: "noindex" },
];

export default function MailboxPage({ loaderData }: Route.ComponentProps) {
  const words = useWords("mailbox.page");
  const { letters, letter, isChosen, nextCursor, to } = loaderData;
  return (
    <WidePage>
      <PageHeader
        title={words.title}
        text={words.lead}
        actions={
          <ButtonLink to="/dev/mail" size="sm">
            {words.refresh}
          </ButtonLink>
        }
      />
      {letters.length === 0 ? (
        <Nothing to={to} />
      ) : (
        <div className="grid grid-cols-1 gap-x-8 gap-y-6 lg:grid-cols-[20rem_minmax(0,1fr)]">
          <div className={isChosen ? "max-lg:hidden" : ""}>
            <SearchField name="to" label={words.search} />
            <ul aria-label={words.list} className="mt-4 grid grid-cols-1">
              {letters.map((one) => (
                <Row key={one.id} letter={one} isOpen={one.id === letter?.id} />
              ))}
            </ul>
            <More cursor={nextCursor} />
          </div>
          {letter && (
            <div className={isChosen ? "" : "max-lg:hidden"}>
              <LetterView key={letter.id} letter={letter} />
            </div>
          )}
        </div>
      )}
    </WidePage>
  );
}

function Nothing({ to }: { to: string }) {
  const words = useWords("mailbox.page");
  const fill = useFill();
  return (
    <EmptyState
      picture={<Hall dots={20} taken={0} className="h-14" />}
      title={to ? fill(words.none, { to }) : words.empty}
      text={to ? words.noneText : words.emptyText}
      action={to && <ButtonLink to="/dev/mail">{words.all}</ButtonLink>}
    />
  );
}

function Row({ letter, isOpen }: { letter: Omit<SentLetter, "html" | "text">; isOpen: boolean }) {
  const [search] = useSearchParams();
  const next = new URLSearchParams(search);
  next.set("letter", letter.id);
  return (
    <li>
      <Link
        to={`?${next}`}
        preventScrollReset
        aria-current={isOpen ? "true" : undefined}
        className="grid grid-cols-1 gap-0.5 rounded-control px-3 py-2.5 hover:bg-ink/5 lg:aria-[current]:bg-wash"
      >
        <span className="flex items-baseline justify-between gap-3 text-xs text-ink-soft">
          <span className="truncate">{letter.to}</span>
          <Time at={letter.createdAt} zone="UTC" style="time" className="shrink-0" />
        </span>
        <span className="flex items-center gap-1.5 text-sm font-medium">
          <span className="min-w-0 flex-1 truncate">{letter.subject}</span>
          {letter.attachments.length > 0 && (
            <Paperclip aria-hidden="true" className="size-3.5 shrink-0 text-ink-soft" />
          )}
          {isOpen && <MailOpen aria-hidden="true" className="size-3.5 shrink-0 text-accent max-lg:hidden" />}
        </span>
      </Link>
    </li>
  );
}
