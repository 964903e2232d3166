import { Link } from "react-router";

import type { AuditEntry } from "#contract/audit.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { Time } from "#web/ui/time.tsx";

/** Entries of the log, one below the other; each can be opened. Needs `admin.audit`, `audit.actions` and `audit.nouns`. */
export function Entries({ entries }: { entries: readonly AuditEntry[] }) {
  return (
    <ol className="divide-y divide-line">
      {entries.map((entry) => (
        <li key={entry.id}>
          <Entry entry={entry} />
        </li>
      ))}
    </ol>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  const words = useWords("admin.audit");
  const names: Partial<Record<string, string>> = useWords("audit.actions");
  const { at, action, actor } = entry;
  return (
    <details className="group py-1">
      <summary className="grid min-h-11 cursor-pointer content-center items-baseline gap-x-6 gap-y-0.5 rounded-[8px] px-2 py-2 text-sm hover:bg-ink/4 sm:grid-cols-[minmax(0,1fr)_minmax(0,12rem)_auto]">
        <span className="font-medium break-words">
          {names[action] ?? action}
          <code className="ms-2 text-xs font-normal text-ink-soft">{action}</code>
        </span>
        <span className="truncate text-ink-soft">{actor.name ?? words[actor.kind]}</span>
        <Time at={at} zone="UTC" className="text-xs text-ink-soft" />
      </summary>
      <Details entry={entry} />
    </details>
  );
}

const pages: Record<string, string> = { user: "/admin/users", event: "/admin/events" };

function Details({ entry: { actor, subject, old, new: fresh, requestId, address } }: { entry: AuditEntry }) {
  const words = useWords("admin.audit");
  const nouns: Partial<Record<string, string>> = useWords("audit.nouns");
  const fill = useFill();
  const page = pages[subject.kind];
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2 px-2 pt-1 pb-4 text-xs">
      <dt className="text-ink-soft">{words.subject}</dt>
      <dd className="flex flex-wrap gap-x-4">
        {nouns[subject.kind] ?? subject.kind}
        <code className="break-all">{subject.id}</code>
        {page && (
          <Link to={`${page}/${subject.id}`} className="link">
            {words.open}
          </Link>
        )}
        <Link to={`/admin/audit?subject=${subject.id}`} className="link">
          {words.allOfSubject}
        </Link>
      </dd>
      {actor.id && (
        <>
          <dt className="text-ink-soft">{words.actor}</dt>
          <dd className="flex flex-wrap gap-x-4">
            <Link to={`/admin/users/${actor.id}`} className="link">
              {actor.name ?? actor.id}
            </Link>
            <Link to={`/admin/audit?actor=${actor.id}`} className="link">
              {words.allOfActor}
            </Link>
          </dd>
        </>
      )}
      <Values name={words.old} values={old} />
      <Values name={words.new} values={fresh} />
      <dt className="text-ink-soft">{words.from}</dt>
      <dd className="break-all">{fill(words.request, { address: address ?? words.erased, id: requestId })}</dd>
    </dl>
  );
}

function Values({ name, values }: { name: string; values: Record<string, unknown> }) {
  if (Object.keys(values).length === 0) return null;
  return (
    <>
      <dt className="text-ink-soft">{name}</dt>
      <dd>
        <pre className="overflow-x-auto whitespace-pre-wrap break-words">{JSON.stringify(values, null, 1)}</pre>
      </dd>
    </>
  );
}
