import { ShieldAlert, ShieldCheck, SlidersHorizontal } from "lucide-react";
import { Link, redirect, Form as SearchForm, useSearchParams } from "react-router";

import { AuditQuery, type AuditState, audit } from "#contract/audit.ts";
import { Entries } from "#web/features/admin/components/entries.tsx";
import { call, queryAsked } from "#web/platform/api.ts";
import { said, useFill, useLocale, useWords, words } from "#web/platform/words.ts";
import { Button, ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { Field, Select } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { More } from "#web/ui/more.tsx";
import { EmptyState, Notice } from "#web/ui/surface.tsx";
import { Time } from "#web/ui/time.tsx";

import type { Route } from "./+types/audit-page";

export async function loader({ context, request }: Route.LoaderArgs) {
  const [list, state] = await Promise.all([
    call(context, audit.list, { query: queryAsked(request, AuditQuery) }),
    call(context, audit.state, {}),
  ]);
  return { ...list, state, words: words(context, ["admin.audit", "audit.actions", "audit.nouns"]) };
}

export async function action({ context }: Route.ActionArgs) {
  await call(context, audit.verify, {});
  return redirect("/admin/audit");
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: said(loaderData?.words)?.["admin.audit"].pageTitle },
];

export default function AuditPage({ loaderData: { items, nextCursor, state } }: Route.ComponentProps) {
  const words = useWords("admin.audit");
  return (
    <>
      <h2 className="mb-4">{words.title}</h2>
      <div className="mb-8">
        <Chains state={state} />
      </div>
      <Filters />
      {items.length === 0 ? (
        <EmptyState
          title={words.emptyTitle}
          text={words.emptyText}
          action={<ButtonLink to="/admin/audit">{words.all}</ButtonLink>}
        />
      ) : (
        <Entries entries={items} />
      )}
      <More cursor={nextCursor} />
    </>
  );
}

/** Whether the log is what it was. */
function Chains({ state: { open, last } }: { state: AuditState }) {
  const words = useWords("admin.audit");
  const fill = useFill();
  const breaks = last?.breaks.length ?? 0;
  // Where nothing was chained, nothing was found whole.
  const isWhole = last !== null && last.links > 0 && breaks === 0;
  const found = isWhole ? words.whole : breaks > 0 ? fill(words.broken, { n: breaks }) : words.unchained;
  return (
    <Notice
      mood={breaks > 0 ? "bad" : isWhole ? "good" : "neutral"}
      icon={breaks > 0 ? <ShieldAlert aria-hidden="true" /> : <ShieldCheck aria-hidden="true" />}
      title={last === null ? words.never : found}
      action={
        <Form>
          <SubmitButton size="sm" variant="secondary">
            {words.verify}
          </SubmitButton>
        </Form>
      }
    >
      {last && (
        <p>
          <Time at={last.at} zone="UTC" />
          {last.links > 0 && <> · {fill(words.links, { n: last.links })}</>}
          {open > 0 && <> · {fill(words.toChain, { n: open })}</>}
        </p>
      )}
      {breaks > 0 && <code className="break-all">{last?.breaks.slice(0, 5).join(" ")}</code>}
    </Notice>
  );
}

/** The first words of what can be done, by their names. */
function useKinds() {
  const nouns = useWords("audit.nouns");
  const begun = new Set(Object.keys(useWords("audit.actions")).map((action) => action.split(".")[0]));
  const { compare } = new Intl.Collator(useLocale());
  return Object.entries(nouns)
    .filter(([noun]) => begun.has(noun))
    .toSorted(([, a], [, b]) => compare(a, b));
}

/** A plain form whose answers stay in the address. */
function Filters() {
  const words = useWords("admin.audit");
  const fill = useFill();
  const kinds = useKinds();
  const [search] = useSearchParams();
  const typed = (name: string) => search.get(name) ?? "";
  const set = [...search].filter(([name, value]) => value !== "" && name !== "cursor").length;
  return (
    <div className="relative mb-6">
      <details key={search.toString()}>
        <summary className="link inline-flex min-h-9 items-center gap-2 text-sm pointer-coarse:min-h-11">
          <SlidersHorizontal aria-hidden="true" className="size-4" />
          {set > 0 ? fill(words.filtersSet, { n: set }) : words.filters}
        </summary>
        <SearchForm
          role="search"
          className="mt-2 grid items-end gap-3 sm:grid-cols-2 xl:grid-cols-[1.4fr_1fr_1fr_1fr_auto]"
        >
          {typed("subject") && <input type="hidden" name="subject" value={typed("subject")} />}
          <Field name="actor" label={words.actor} placeholder={words.actorHint} defaultValue={typed("actor")} />
          <Select name="kind" label={words.kind} defaultValue={typed("kind")}>
            <option value="">{words.every}</option>
            {kinds.map(([noun, name]) => (
              <option key={noun} value={noun}>
                {name}
              </option>
            ))}
          </Select>
          <Field type="date" name="start_date" label={words.first} defaultValue={typed("start_date")} />
          <Field type="date" name="end_date" label={words.last} defaultValue={typed("end_date")} />
          <Button type="submit">{words.find}</Button>
        </SearchForm>
      </details>
      {set > 0 && (
        <Link
          to="/admin/audit"
          className="link absolute end-0 top-0 inline-flex min-h-9 items-center text-sm pointer-coarse:min-h-11"
        >
          {words.all}
        </Link>
      )}
    </div>
  );
}
