import { z } from "zod";

import { type FailedJob, operations } from "#contract/operations.ts";
import { Retry } from "#web/features/admin/components/retry.tsx";
import { call } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { said, useFill, useWords, words } from "#web/platform/words.ts";
import { Hall } from "#web/ui/hemicycle.tsx";
import { More } from "#web/ui/more.tsx";
import { EmptyState, Notice, Section } from "#web/ui/surface.tsx";
import { type Column, Table } from "#web/ui/table.tsx";
import { Time } from "#web/ui/time.tsx";

import type { Route } from "./+types/jobs-page";

export async function loader({ context, request }: Route.LoaderArgs) {
  const cursor = new URL(request.url).searchParams.get("cursor") ?? undefined;
  return {
    ...(await call(context, operations.jobs, { query: { cursor } })),
    words: words(context, ["admin.jobs", "admin.tasks"]),
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const shape = z.object({ id: z.string() });
  return formResult(request, shape, (params) => call(context, operations.retryJob, { params }));
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: said(loaderData?.words)?.["admin.jobs"].pageTitle },
];

export default function JobsPage({ loaderData: { items, nextCursor, queues }, actionData }: Route.ComponentProps) {
  const words = useWords("admin.jobs");
  const names: Partial<Record<string, string>> = useWords("admin.tasks");
  return (
    <>
      {actionData && (
        <div className="mb-6">
          <Notice mood={actionData.ok ? "good" : "bad"}>{actionData.ok ? words.retried : actionData.message}</Notice>
        </div>
      )}
      <Section id="queues" title={words.queues}>
        {queues.length === 0 ? (
          <p className="text-ink-soft">{words.idle}</p>
        ) : (
          <Table
            caption={words.queues}
            rows={queues}
            rowKey={({ task }) => task}
            columns={[
              { key: "task", title: words.task, as: "main", show: ({ task }) => names[task] ?? task },
              { key: "waiting", title: words.waiting, show: ({ waiting }) => waiting },
              { key: "running", title: words.running, show: ({ running }) => running },
              { key: "failed", title: words.failed, show: ({ failed }) => failed },
            ]}
          />
        )}
      </Section>
      <Section id="failed" title={words.failedTitle} text={words.failedText}>
        {items.length === 0 ? (
          <EmptyState
            picture={<Hall dots={20} taken={0} className="h-14" />}
            title={words.none}
            text={words.noneText}
          />
        ) : (
          <Failed items={items} />
        )}
        <More cursor={nextCursor} />
      </Section>
    </>
  );
}

function Failed({ items }: { items: readonly FailedJob[] }) {
  const words = useWords("admin.jobs");
  const names: Partial<Record<string, string>> = useWords("admin.tasks");
  const fill = useFill();
  const columns: Column<FailedJob>[] = [
    {
      key: "task",
      title: words.task,
      as: "main",
      show: ({ task, about }) => (
        <span className="grid">
          {names[task] ?? task}
          <code className="text-xs font-normal text-ink-soft">{about ?? task}</code>
        </span>
      ),
    },
    {
      key: "error",
      title: words.error,
      show: ({ lastError }) => (
        <code className="line-clamp-4 max-w-[48ch] text-xs break-words whitespace-pre-wrap">{lastError}</code>
      ),
    },
    {
      key: "next",
      title: words.next,
      show: ({ attempts, maxAttempts, nextAt }) => (
        <span className="grid text-xs text-ink-soft">
          {nextAt ? <Time at={nextAt} zone="UTC" /> : words.givenUp}
          {fill(words.tries, { n: attempts, most: maxAttempts })}
        </span>
      ),
    },
    { key: "act", title: words.act, as: "end", show: ({ id }) => <Retry id={id}>{words.retry}</Retry> },
  ];
  return <Table caption={words.failedTitle} columns={columns} rows={items} rowKey={({ id }) => id} />;
}
