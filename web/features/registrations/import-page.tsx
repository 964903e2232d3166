import { FileUp, UserPlus } from "lucide-react";
import { useEffect, useRef } from "react";
import { useSearchParams, useSubmit } from "react-router";
import { z } from "zod";

import { exchange, type ImportLine } from "#contract/exchange.ts";
import { people } from "#contract/people.ts";
import { Side } from "#contract/registrations.ts";
import { atOccurrence, timeIn } from "#web/features/events/components/at-time.ts";
import { consoleTitle } from "#web/features/organize/components/console-title.ts";
import { call, signedIn } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { useFill, useWords, words } from "#web/platform/words.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { Form } from "#web/ui/form.tsx";
import { Hidden } from "#web/ui/hidden.tsx";
import { Badge, Notice, Panel } from "#web/ui/surface.tsx";
import { Switch } from "#web/ui/switch.tsx";
import { type Column, Table } from "#web/ui/table.tsx";

import type { Route } from "./+types/import-page";

export async function loader({ request, context }: Route.LoaderArgs) {
  signedIn(context, request);
  return {
    words: words(context, ["registrations.import", "registrations.team"]),
  };
}

const Row = z.object({
  line: z.number(),
  name: z.string(),
  email: z.string(),
  side: Side.nullable(),
  ticketTypeId: z.uuid().nullable(),
});
const Refused = z.object({ line: z.number(), email: z.string(), code: z.string() });
const Preview = z.object({ file: z.instanceof(File) });
const json = <S extends z.ZodType>(schema: S) => z.string().transform((text) => schema.parse(JSON.parse(text)));
const Apply = z.object({
  rows: json(z.array(Row).max(5000)),
  letter: z.boolean().default(false),
  overbook: z.boolean().default(false),
  total: z.coerce.number().default(0),
  added: z.coerce.number().default(0),
  already: z.coerce.number().default(0),
  refused: json(z.array(Refused).max(5000)).prefault("[]"),
});
const atOnce = 100;

export async function action({ params, request, context }: Route.ActionArgs) {
  const form = await request.formData();
  const occurrenceId = timeIn(request);
  if (form.get("intent") === "preview") {
    return formResult(form, Preview, async ({ file }) => {
      const bytes = new Uint8Array(await file.arrayBuffer());
      return {
        step: "preview" as const,
        ...(await call(context, exchange.preview, { params, query: { occurrence_id: occurrenceId }, body: { bytes } })),
      };
    });
  }
  return formResult(form, Apply, async ({ rows, refused, ...so }) => {
    // A hundred at a time, those of one ticket together: they pass the turnstile as one, and the page tells how far it is.
    const [first] = rows;
    const some = rows.filter((row) => row.ticketTypeId === first?.ticketTypeId).slice(0, atOnce);
    const rest = rows.filter((row) => !some.includes(row));
    const body = {
      occurrenceId,
      people: some.map(({ name, email, side }) => ({ name, email, side: side ?? undefined })),
      ticketTypeId: first?.ticketTypeId ?? undefined,
      letter: so.letter,
      overbook: so.overbook,
    };
    const reply = await call(context, people.add, { params, body });
    const lineOf = new Map(some.map(({ email, line }) => [email, line]));
    return {
      step: "adding" as const,
      ...so,
      rest,
      total: so.total || rows.length,
      added: so.added + reply.added.length,
      already: so.already + reply.already.length,
      refused: [...refused, ...reply.refused.map((one) => ({ ...one, line: lineOf.get(one.email) ?? 0 }))],
    };
  });
}

export const meta: Route.MetaFunction = consoleTitle("registrations.import");

export default function ImportPage({ params, actionData }: Route.ComponentProps) {
  const words = useWords("registrations.import");
  const said = actionData?.ok ? actionData.value : null;
  const chosen = useSearchParams()[0].get("occurrence_id");
  const list = `/organize/events/${params.id}/people`;
  return (
    <>
      <h2 className="mb-2">{words.title}</h2>
      <p className="mb-6 max-w-[65ch] text-ink-soft">{words.text}</p>
      {said?.step === "adding" ? (
        <Adding said={said} back={chosen ? atOccurrence(list, chosen) : list} />
      ) : (
        <>
          <Panel aria-label={words.choose} className="mb-8 max-w-[42rem]">
            <Form result={actionData} encType="multipart/form-data" className="grid justify-items-start gap-4">
              <label className="grid gap-1.5 text-sm font-medium">
                {words.file}
                <input
                  type="file"
                  name="file"
                  accept=".csv,.tsv,.txt,.xlsx,text/csv"
                  required
                  className="touch w-full font-normal file:me-3 file:rounded-control file:border file:border-solid file:border-edge/60 file:bg-surface file:px-3 file:py-2 file:font-medium"
                />
              </label>
              <p className="text-xs text-ink-soft">{words.hint}</p>
              <SubmitButton
                name="intent"
                value="preview"
                variant={said ? "secondary" : "primary"}
                icon={<FileUp aria-hidden="true" />}
              >
                {words.look}
              </SubmitButton>
            </Form>
          </Panel>
          {said?.step === "preview" && <Lines lines={said.lines} />}
        </>
      )}
    </>
  );
}

/** What would come of each line; nothing has happened yet. */
function Lines({ lines }: { lines: readonly ImportLine[] }) {
  const words = useWords("registrations.import");
  const team = useWords("registrations.team");
  const fill = useFill();
  const good = lines.filter(({ problem }) => problem === null);
  const columns: Column<ImportLine>[] = [
    { key: "line", title: words.line, show: ({ line }) => <span className="tabular">{line}</span> },
    {
      key: "name",
      title: words.name,
      as: "main",
      show: ({ name, email }) => (
        <span className="grid min-w-0">
          <span className="truncate">{name || "–"}</span>
          <span className="truncate text-xs font-normal text-ink-soft">{email || "–"}</span>
        </span>
      ),
    },
    {
      key: "state",
      title: words.result,
      show: ({ problem }) => (
        <Badge mood={problem === null ? "good" : problem === "known" ? "neutral" : "warn"}>
          {fill(words.problem, { problem: problem ?? "none" })}
        </Badge>
      ),
    },
  ];
  // What is wrong is looked at first.
  const sorted = lines.toSorted((a, b) => Number(a.problem === null) - Number(b.problem === null) || a.line - b.line);
  const shown = sorted.slice(0, 300);
  return (
    <section aria-labelledby="lines">
      <h3 id="lines" className="mb-4 text-lg!">
        {fill(words.found, { n: good.length, wrong: lines.length - good.length })}
      </h3>
      {good.length > 0 && (
        <Form className="mb-8 grid max-w-[42rem] justify-items-start gap-4">
          <input
            type="hidden"
            name="rows"
            value={JSON.stringify(
              good.map(({ line, name, email, side, ticketTypeId }) => ({ line, name, email, side, ticketTypeId })),
            )}
          />
          <div>
            <Switch name="letter" label={team.letter} defaultChecked />
            <Switch name="overbook" label={team.overbook} hint={team.overbookHint} />
          </div>
          <SubmitButton name="intent" value="apply" icon={<UserPlus aria-hidden="true" />}>
            {fill(words.add, { n: good.length })}
          </SubmitButton>
        </Form>
      )}
      <Table caption={words.caption} columns={columns} rows={shown} rowKey={({ line }) => String(line)} />
      {lines.length > shown.length && (
        <p className="mt-4 text-sm text-ink-soft">{fill(words.more, { n: lines.length - shown.length })}</p>
      )}
    </section>
  );
}

interface Added {
  rest: readonly z.infer<typeof Row>[];
  letter: boolean;
  overbook: boolean;
  total: number;
  added: number;
  already: number;
  refused: readonly z.infer<typeof Refused>[];
}

/** How far it has come; goes on by itself where scripts run, and by its button where they do not. */
function Adding({ said, back }: { said: Added; back: string }) {
  const words = useWords("registrations.import");
  const fill = useFill();
  const { rest, total, added, already, refused } = said;
  return (
    <div className="grid max-w-[42rem] gap-5">
      <Notice mood={refused.length > 0 ? "warn" : "good"} title={fill(words.added, { n: added })}>
        {already > 0 && <p>{fill(words.already, { n: already })}</p>}
      </Notice>
      {rest.length > 0 ? <Rest key={rest.length} said={said} /> : <ButtonLink to={back}>{words.back}</ButtonLink>}
      {refused.length > 0 && (
        <section aria-labelledby="refused">
          <h3 id="refused" className="mb-4 text-lg!">
            {fill(words.refused, { n: refused.length })}
          </h3>
          <Refusals refused={refused.slice(0, 300)} />
          {refused.length > 300 && (
            <p className="mt-4 text-sm text-ink-soft">{fill(words.more, { n: refused.length - 300 })}</p>
          )}
        </section>
      )}
      <p className="text-sm text-ink-soft tabular" role="status">
        {fill(words.progress, { n: total - rest.length, of: total })}
      </p>
    </div>
  );
}

function Rest({ said }: { said: Added }) {
  const { rest, refused, total, added, already, letter, overbook } = said;
  const words = useWords("registrations.import");
  const fill = useFill();
  const submit = useSubmit();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (form.current) void submit(form.current, { method: "post", preventScrollReset: true });
  }, [submit]);
  const done = total - rest.length;
  return (
    <form ref={form} method="post" className="flex items-center gap-4">
      <input type="hidden" name="intent" value="apply" />
      <input type="hidden" name="rows" value={JSON.stringify(rest)} />
      <input type="hidden" name="refused" value={JSON.stringify(refused)} />
      <Hidden values={{ total, added, already, letter, overbook }} />
      <progress
        value={done}
        max={total}
        aria-label={fill(words.progress, { n: done, of: total })}
        className="w-full accent-[var(--accent)]"
      />
      <SubmitButton size="sm" variant="secondary">
        {words.goOn}
      </SubmitButton>
    </form>
  );
}

function Refusals({ refused }: Pick<Added, "refused">) {
  const words = useWords("registrations.import");
  const fill = useFill();
  const columns: Column<Added["refused"][number]>[] = [
    { key: "line", title: words.line, show: ({ line }) => <span className="tabular">{line}</span> },
    { key: "who", title: words.name, as: "main", show: ({ email }) => <span className="truncate">{email}</span> },
    {
      key: "why",
      title: words.result,
      show: ({ code }) => (
        <Badge mood="warn">
          {fill(words.why, {
            why: code === "registration.sold_out" || code === "access.banned" ? code.replace(".", "_") : "other",
          })}
        </Badge>
      ),
    },
  ];
  return <Table caption={words.refusals} columns={columns} rows={refused} rowKey={({ line }) => String(line)} />;
}
