import { FileUp, UserPlus } from "lucide-react";
import { z } from "zod";

import { exchange, type ImportLine } from "#contract/exchange.ts";
import { people } from "#contract/people.ts";
import { Side } from "#contract/registrations.ts";
import { call, pageOf, signedIn } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { useFill, useWords, words } from "#web/platform/words.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { Switch } from "#web/ui/choice.tsx";
import { Form } from "#web/ui/form.tsx";
import { type Column, Table } from "#web/ui/list.tsx";
import { Badge, Notice, Panel } from "#web/ui/surface.tsx";

import type { Route } from "./+types/import-page";

export async function loader({ request, context }: Route.LoaderArgs) {
  signedIn(context, request);
  return {
    title: pageOf(context).say("registrations.import.pageTitle"),
    words: words(context, ["registrations.import", "registrations.team"]),
  };
}

const Row = z.object({
  name: z.string(),
  email: z.string(),
  side: Side.nullable(),
  ticketTypeId: z.uuid().nullable(),
});
const Preview = z.object({ file: z.instanceof(File) });
const Apply = z.object({ rows: z.string(), letter: z.boolean().default(false), overbook: z.boolean().default(false) });

export async function action({ params, request, context }: Route.ActionArgs) {
  const form = await request.formData();
  if (form.get("intent") === "preview") {
    return formResult(form, Preview, async ({ file }) => {
      const bytes = new Uint8Array(await file.arrayBuffer());
      return { step: "preview" as const, ...(await call(context, exchange.preview, { params, body: { bytes } })) };
    });
  }
  return formResult(form, Apply, async ({ rows, letter, overbook }) => {
    const read = z.array(Row).max(5000).parse(JSON.parse(rows));
    const total = { added: 0, already: 0, refused: [] as { email: string; code: string }[] };
    // A hundred at a time, those of one ticket together: each hundred passes the turnstile as one.
    for (const [ticketTypeId, some] of Map.groupBy(read, (row) => row.ticketTypeId)) {
      for (let at = 0; at < some.length; at += 100) {
        const body = {
          people: some.slice(at, at + 100).map(({ name, email, side }) => ({ name, email, side: side ?? undefined })),
          ticketTypeId: ticketTypeId ?? undefined,
          letter,
          overbook,
        };
        const reply = await call(context, people.add, { params, body });
        total.added += reply.added.length;
        total.already += reply.already.length;
        total.refused.push(...reply.refused);
      }
    }
    return { step: "done" as const, ...total };
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: loaderData?.title }];

export default function ImportPage({ params, actionData }: Route.ComponentProps) {
  const words = useWords("registrations.import");
  const said = actionData?.ok ? actionData.value : null;
  return (
    <>
      <h2 className="mb-2">{words.title}</h2>
      <p className="mb-6 max-w-[65ch] text-ink-soft">{words.text}</p>
      {said?.step === "done" ? (
        <Done said={said} back={`/organize/events/${params.id}/people`} />
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
    { key: "line", title: words.line, as: "quiet", show: ({ line }) => <span className="tabular">{line}</span> },
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
              good.map(({ name, email, side, ticketTypeId }) => ({ name, email, side, ticketTypeId })),
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

function Done({
  said,
  back,
}: {
  said: { added: number; already: number; refused: readonly { email: string }[] };
  back: string;
}) {
  const words = useWords("registrations.import");
  const fill = useFill();
  const { added, already, refused } = said;
  return (
    <div className="grid max-w-[42rem] gap-5">
      <Notice mood={refused.length > 0 ? "warn" : "good"} title={fill(words.added, { n: added })}>
        {already > 0 && <p>{fill(words.already, { n: already })}</p>}
        {refused.length > 0 && (
          <>
            <p>{fill(words.refused, { n: refused.length })}</p>
            <p className="break-words">
              {refused
                .slice(0, 50)
                .map(({ email }) => email)
                .join(", ")}
            </p>
          </>
        )}
      </Notice>
      <div>
        <ButtonLink to={back}>{words.back}</ButtonLink>
      </div>
    </div>
  );
}
