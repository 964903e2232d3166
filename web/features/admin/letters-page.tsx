import { useSearchParams } from "react-router";
import { z } from "zod";

import { LetterQuery, type LetterState, operations } from "#contract/operations.ts";
import { Retry } from "#web/features/admin/components/retry.tsx";
import { call, queryAsked } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { said, useFill, useWords, words } from "#web/platform/words.ts";
import { Hall } from "#web/ui/hemicycle.tsx";
import { FilterChips, SearchField } from "#web/ui/list.tsx";
import { More } from "#web/ui/more.tsx";
import { Badge, EmptyState, Notice } from "#web/ui/surface.tsx";
import { type Column, Table } from "#web/ui/table.tsx";
import { Time } from "#web/ui/time.tsx";

import type { Route } from "./+types/letters-page";

const statuses = ["failed", "refused", "waiting", "handed_over"] as const;

export async function loader({ context, request }: Route.LoaderArgs) {
  const [list, { mail }] = await Promise.all([
    call(context, operations.letters, { query: queryAsked(request, LetterQuery) }),
    call(context, operations.health, {}),
  ]);
  return { ...list, mail, words: words(context, ["admin.letters", "letters.kinds"]) };
}

export async function action({ request, context }: Route.ActionArgs) {
  const shape = z.object({ id: z.uuid() });
  return formResult(request, shape, (params) => call(context, operations.retryLetter, { params }));
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: said(loaderData?.words)?.["admin.letters"].pageTitle },
];

export default function LettersPage({ loaderData: { items, nextCursor, mail }, actionData }: Route.ComponentProps) {
  const words = useWords("admin.letters");
  const fill = useFill();
  const [search] = useSearchParams();
  return (
    <>
      <h2 className="mb-4">{words.title}</h2>
      <p className="mb-6 text-sm text-ink-soft">{fill(words.counts, { waiting: mail.waiting, failed: mail.failed })}</p>
      {actionData && (
        <div className="mb-6">
          <Notice mood={actionData.ok ? "good" : "bad"}>{actionData.ok ? words.retried : actionData.message}</Notice>
        </div>
      )}
      <div className="mb-6 grid gap-3">
        <SearchField name="to" label={words.search} />
        <FilterChips
          name="status"
          label={words.show}
          all={words.all}
          options={statuses.map((value) => ({ value, label: words[value] }))}
        />
      </div>
      {items.length === 0 ? (
        <EmptyState
          picture={<Hall dots={20} taken={0} className="h-14" />}
          title={search.get("status") === "failed" ? words.noneFailed : words.none}
        />
      ) : (
        <Letters items={items} />
      )}
      <More cursor={nextCursor} />
    </>
  );
}

const moods = { failed: "bad", refused: "bad", waiting: "warn", handed_over: "neutral" } as const;

function Letters({ items }: { items: readonly LetterState[] }) {
  const words = useWords("admin.letters");
  const names: Partial<Record<string, string>> = useWords("letters.kinds");
  const fill = useFill();
  const columns: Column<LetterState>[] = [
    {
      key: "to",
      title: words.to,
      as: "main",
      show: ({ to, kind }) => (
        <span className="grid min-w-0">
          <span className="break-all">{to}</span>
          <span className="text-xs font-normal text-ink-soft" title={kind}>
            {names[kind] ?? kind}
          </span>
        </span>
      ),
    },
    {
      key: "status",
      title: words.status,
      show: ({ status, attempts, lastError }) => (
        <span className="grid justify-items-start gap-1 max-sm:justify-items-end">
          <Badge mood={moods[status]}>{words[status]}</Badge>
          {lastError && (
            <span className="max-w-[36ch] text-xs break-words text-ink-soft">
              {fill(words.error, { n: attempts, error: lastError })}
            </span>
          )}
        </span>
      ),
    },
    {
      key: "at",
      title: words.written,
      show: ({ createdAt }) => <Time at={createdAt} zone="UTC" className="text-ink-soft" />,
    },
    {
      key: "act",
      title: words.act,
      as: "end",
      show: ({ id, status }) => status !== "handed_over" && <Retry id={id}>{words.retry}</Retry>,
    },
  ];
  return <Table caption={words.title} columns={columns} rows={items} rowKey={({ id }) => id} />;
}
