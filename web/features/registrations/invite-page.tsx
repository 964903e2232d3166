import { MailOpen } from "lucide-react";
import { data } from "react-router";
import { z } from "zod";

import { invitations } from "#contract/invitations.ts";
import { atOccurrence } from "#web/features/events/components/at-time.ts";
import { call, pageOf } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { opened, secretHeaders } from "#web/platform/secret-link.ts";
import { useFill, useWords, words } from "#web/platform/words.ts";
import { useRoot } from "#web/shell/viewer.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { Form } from "#web/ui/form.tsx";
import { NarrowPage, PageHeader, PageMessage } from "#web/ui/page.tsx";
import { Notice } from "#web/ui/surface.tsx";
import { TimeSpan } from "#web/ui/time.tsx";

import type { Route } from "./+types/invite-page";

export const headers = secretHeaders;

export async function loader({ params, context }: Route.LoaderArgs) {
  const invited = await opened(call(context, invitations.open, { body: { token: params.token } }));
  const title = pageOf(context).say("registrations.invite.pageTitle");
  return data({ invited, title, words: words(context, ["registrations.invite"]) }, { status: invited ? 200 : 410 });
}

export async function action({ params, request, context }: Route.ActionArgs) {
  return formResult(request, z.object({}), () => call(context, invitations.decline, { body: { token: params.token } }));
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: loaderData?.title },
  { name: "robots", content: "noindex, nofollow" },
];

export default function InvitePage({ loaderData: { invited }, actionData }: Route.ComponentProps) {
  const words = useWords("registrations.invite");
  const fill = useFill();
  const now = useRoot()?.now ?? "";
  if (!invited) {
    return (
      <NarrowPage>
        <PageMessage
          icon={<MailOpen aria-hidden="true" />}
          title={words.goneTitle}
          text={words.goneText}
          action={<ButtonLink to="/events">{words.home}</ButtonLink>}
        />
      </NarrowPage>
    );
  }
  const { event, name, status } = invited;
  const isOff = event.status === "cancelled";
  const isOn = !isOff && event.endTime > now;
  return (
    <NarrowPage>
      <PageHeader
        over={fill(words.from, { organizer: event.organizerName })}
        title={<span lang={event.language}>{event.title}</span>}
        text={<TimeSpan start={event.startTime} end={event.endTime} zone={event.timeZone} />}
      />
      <p className="mb-7 text-ink-soft">
        {event.format === "virtual" ? words.online : <span lang={event.language}>{event.placeName}</span>}
      </p>
      <div className="grid gap-6">
        {isOff && <Notice mood="bad">{words.cancelled}</Notice>}
        {!isOff && !isOn && <Notice>{words.over}</Notice>}
        {isOn && status === "declined" && <Notice mood="accent">{words.declined}</Notice>}
        {name && isOn && status === "invited" && <p className="text-base">{fill(words.hello, { name })}</p>}
        <ButtonLink
          to={atOccurrence(`/events/${event.slug}`, event.gatheringId)}
          variant={isOn ? "primary" : "secondary"}
          size="lg"
          wide
        >
          {isOn && status !== "accepted" ? words.take : words.see}
        </ButtonLink>
        {isOn && status === "invited" && (
          <Form result={actionData}>
            <SubmitButton variant="quiet" wide>
              {words.decline}
            </SubmitButton>
          </Form>
        )}
        {isOn && <p className="text-center text-sm text-ink-soft">{words.keep}</p>}
      </div>
    </NarrowPage>
  );
}
