import { ExternalLink } from "lucide-react";
import { data } from "react-router";
import { z } from "zod";

import { type EventView, events } from "#contract/events.ts";
import { Approval, Reason, reviews, SendingBack } from "#contract/reviews.ts";
import { Judgement } from "#web/features/admin/components/judgement.tsx";
import { EventCover } from "#web/features/events/components/event-cover.tsx";
import { EventFigures } from "#web/features/organize/components/event-figures.tsx";
import { ReviewSteps } from "#web/features/organize/components/review.tsx";
import { StatusBadge } from "#web/features/organize/components/status-badge.tsx";
import { call } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { said, useWords, words } from "#web/platform/words.ts";
import { ButtonLink } from "#web/ui/button.tsx";
import { PageHeader } from "#web/ui/page.tsx";
import { Prose } from "#web/ui/surface.tsx";

import type { Route } from "./+types/event-page";

export async function loader({ params, context }: Route.LoaderArgs) {
  return {
    event: await call(context, events.get, { params: { id: params.id }, query: {} }),
    words: words(context, [
      "admin.event",
      "organize.status",
      "organize.overview",
      "organize.edit",
      "organize.list",
      "organize.review",
      "events.card",
    ]),
  };
}

export async function action({ params, request, context }: Route.ActionArgs) {
  const form = await request.formData();
  const named = { params: { id: params.id } };
  switch (form.get("intent") ?? form.get("decision")) {
    case "approve":
      return formResult(form, Approval, (body) => call(context, reviews.decide, { ...named, body }));
    case "ask_changes":
    case "reject":
      return formResult(form, SendingBack, (body) => call(context, reviews.decide, { ...named, body }));
    case "unpublish":
      return formResult(form, Reason, (body) => call(context, reviews.unpublish, { ...named, body }));
    case "cancel":
      return formResult(form, Reason, (body) => call(context, reviews.cancel, { ...named, body }));
    case "trust": {
      const shape = z.object({ organizer: z.uuid(), trusted: z.boolean() });
      return formResult(form, shape, ({ organizer, trusted }) =>
        call(context, reviews.trust, { params: { id: organizer }, body: { trusted } }),
      );
    }
    default:
      throw data(null, { status: 400 });
  }
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: said(loaderData?.words)?.["admin.event"].pageTitle },
];

/** One event as those see it who run the installation: what it says, how it stands, and what to do about it. */
export default function EventPage({ loaderData: { event }, actionData }: Route.ComponentProps) {
  const words = useWords("admin.event");
  const isWaiting = event.status === "in_review";
  return (
    <>
      <PageHeader
        back={
          isWaiting ? { to: "/admin/review", label: words.toQueue } : { to: "/admin/events", label: words.toEvents }
        }
        over={<StatusBadge event={event} />}
        title={<span lang={event.language}>{event.title}</span>}
        text={event.organizer.name}
        actions={
          <ButtonLink to={`/events/${event.slug}`} icon={<ExternalLink aria-hidden="true" />}>
            {words.preview}
          </ButtonLink>
        }
      />
      <div className="grid grid-cols-1 items-start gap-10 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid grid-cols-1 gap-8 max-xl:order-2">
          <Preview event={event} />
          <EventFigures event={event} />
          <ReviewSteps steps={event.team?.review.steps ?? []} zone={event.timeZone} />
        </div>
        <Judgement key={event.status} event={event} result={actionData} />
      </div>
    </>
  );
}

function Preview({ event }: { event: EventView }) {
  return (
    <article className="grid grid-cols-1 gap-5">
      <div className="aspect-[16/7] overflow-hidden rounded-panel">
        <EventCover event={event} sizes="48rem" />
      </div>
      {event.summary && (
        <p lang={event.language} className="text-lg">
          {event.summary}
        </p>
      )}
      {event.descriptionHtml && <Prose html={event.descriptionHtml} lang={event.language} />}
    </article>
  );
}
