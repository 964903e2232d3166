import { data, redirect, useOutletContext, useSearchParams } from "react-router";
import { z } from "zod";

import { type EventView, events } from "#contract/events.ts";
import { templates } from "#contract/templates.ts";
import { consoleTitle } from "#web/features/organize/components/console-title.ts";
import { EventActs } from "#web/features/organize/components/event-acts.tsx";
import { EventFigures } from "#web/features/organize/components/event-figures.tsx";
import { HostConflicts } from "#web/features/organize/components/host-conflicts.tsx";
import { Leapt } from "#web/features/organize/components/leapt.tsx";
import { useMissing } from "#web/features/organize/components/missing.ts";
import {
  InReview,
  isSentBack,
  ReviewSteps,
  SentBack,
  usePublishing,
} from "#web/features/organize/components/review.tsx";
import { call } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { useFill, useWords, words } from "#web/platform/words.ts";
import { useRoot } from "#web/shell/viewer.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { Form } from "#web/ui/form.tsx";
import { CopyField } from "#web/ui/share.tsx";
import { Notice, Panel } from "#web/ui/surface.tsx";

import type { Route } from "./+types/event-overview-page";

export function loader({ context }: Route.LoaderArgs) {
  return {
    words: words(context, [
      "organize.overview",
      "organize.conflicts",
      "organize.edit",
      "organize.list",
      "organize.missing",
      "organize.review",
      "organize.publishing",
      "organize.submitting",
      "events.card",
    ]),
  };
}

export async function action({ params, request, context }: Route.ActionArgs) {
  const form = await request.formData();
  const named = { params: { id: params.id } };
  switch (form.get("intent")) {
    case "publish": {
      const shape = z.object({ note: z.string().trim().max(2000).default("") });
      const result = await formResult(form, shape, (body) => call(context, events.publish, { ...named, body }));
      return result.ok ? redirect(`/organize/events/${params.id}?published=1`) : result;
    }
    case "withdraw":
      await call(context, events.withdraw, named);
      return data({ ok: true });
    case "cancel": {
      const shape = z.object({ reason: z.string().trim().max(1000).default("") });
      const result = await formResult(form, shape, (body) => call(context, events.cancel, { ...named, body }));
      return result.ok ? data({ ok: true }) : result;
    }
    case "duplicate": {
      const copy = await call(context, events.duplicate, named);
      return redirect(`/organize/events/${copy.id}/edit`);
    }
    case "template": {
      const shape = z.object({ name: z.string().trim().min(1).max(80) });
      const result = await formResult(form, shape, (body) => call(context, templates.save, { ...named, body }));
      return result.ok ? redirect(`/organize/events/${params.id}?template=${result.value.id}`) : result;
    }
    case "remove":
      await call(context, events.remove, named);
      return redirect("/organize");
    default:
      throw data(null, { status: 400 });
  }
}

export const meta: Route.MetaFunction = consoleTitle("organize.overview");

export default function EventOverviewPage({ actionData }: Route.ComponentProps) {
  const event = useOutletContext<EventView>();
  const [search] = useSearchParams();
  return (
    <div className="grid gap-8">
      <Kept template={search.get("template")} />
      <Leapt typed={search.get("leapt") ?? ""} zone={event.timeZone} />
      <Story event={event} result={actionData} />
      <HostConflicts event={event} />
      <EventFigures event={event} />
      <EventActs event={event} result={actionData} />
      <ReviewSteps steps={event.team?.review.steps ?? []} zone={event.timeZone} />
    </div>
  );
}

function Kept({ template }: { template: string | null }) {
  const words = useWords("organize.overview");
  if (template === null) return null;
  const begin = `/organize/events/new?${new URLSearchParams({ template })}`;
  return (
    <Notice mood="good" action={<ButtonLink to={begin}>{words.templateUse}</ButtonLink>}>
      {words.templateSaved}
    </Notice>
  );
}

/** The one thing to know or to do now. */
function Story({ event, result }: { event: EventView; result: unknown }) {
  const words = useWords("organize.overview");
  const fill = useFill();
  const [search] = useSearchParams();
  if (event.status === "cancelled") {
    return (
      <Notice mood="bad" title={fill(words.cancelledText, { n: event.team?.people.told ?? 0 })}>
        <span lang={event.language}>{event.cancelReason}</span>
      </Notice>
    );
  }
  if (event.status === "in_review") return <InReview />;
  if (isSentBack(event)) return <SentBack event={event} result={result} />;
  if (event.status === "published") return <Share event={event} isNew={search.has("published")} />;
  return event.team?.mayEdit ? <Unfinished event={event} result={result} /> : null;
}

function Unfinished({ event, result }: { event: EventView; result: unknown }) {
  const words = useWords("organize.overview");
  const fill = useFill();
  const say = useMissing();
  const publishing = usePublishing(event.team?.review.isNeeded ?? false);
  const missing = event.team?.missing ?? [];
  const edit = `/organize/events/${event.id}/edit`;
  return (
    <Notice
      mood="warn"
      title={words.draftTitle}
      action={
        missing.length === 0 ? (
          <Form result={result} sends={{ intent: "publish" }}>
            <SubmitButton>{publishing.do}</SubmitButton>
          </Form>
        ) : (
          <ButtonLink to={edit} variant="primary">
            {words.draftAction}
          </ButtonLink>
        )
      }
    >
      {missing.length === 0 ? publishing.draft : fill(words.draftText, { missing: say(missing) })}
    </Notice>
  );
}

/** The link to hand on: the whole point of having published. */
function Share({ event, isNew }: { event: EventView; isNew: boolean }) {
  const words = useWords("organize.overview");
  const publicUrl = useRoot()?.publicUrl ?? "";
  return (
    <Panel aria-label={words.link} className={isNew ? "border-accent bg-wash" : ""}>
      {isNew && (
        <div role="status" className="mb-4">
          <p className="font-serif text-xl">{words.publishedTitle}</p>
          <p className="text-ink-soft">{words.publishedText}</p>
        </div>
      )}
      <CopyField label={words.link} value={`${publicUrl}/events/${event.slug}`} />
    </Panel>
  );
}
