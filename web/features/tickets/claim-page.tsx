import { MailCheck, Ticket as TicketIcon, TicketX } from "lucide-react";
import { Suspense } from "react";
import { data, redirect } from "react-router";
import { z } from "zod";

import { CustomAnswers } from "#contract/questions.ts";
import { type Claimable, seats } from "#contract/seats.ts";
import { saysToTerms } from "#contract/terms.ts";
import { Questions } from "#web/features/questions/components/questions.tsx";
import { call, pageOf } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { part } from "#web/platform/part.ts";
import { opened, secretHeaders } from "#web/platform/secret-link.ts";
import { useFill, useWords, words } from "#web/platform/words.ts";
import { useViewer } from "#web/shell/viewer.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { Field } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { NarrowPage, PageHeader, PageMessage } from "#web/ui/page.tsx";
import { TimeSpan } from "#web/ui/time.tsx";

import type { Route } from "./+types/claim-page";

// Most events ask for nothing.
const AcceptTerms = part(() => import("#web/features/registrations/components/accept-terms.tsx"));

export const headers = secretHeaders;

/** What can be heard after a seat has changed hands; no token is as short. */
const said = ["handed", "sent"] as const;

export async function loader({ params, context }: Route.LoaderArgs) {
  const page = pageOf(context);
  const after = said.find((word) => word === params.token);
  const seat = after ? null : await opened(call(context, seats.openClaim, { body: { token: params.token } }));
  return data(
    {
      seat,
      after,
      title: page.say("tickets.claim.pageTitle"),
      words: words(context, [
        "tickets.claim",
        "questions.form",
        ...(seat?.terms ? (["registrations.terms"] as const) : []),
      ]),
    },
    { status: seat || after ? 200 : 410 },
  );
}

const Who = z.object({
  name: z.string().optional(),
  email: z.string().optional(),
  customAnswers: CustomAnswers.optional(),
  ...saysToTerms,
});

export async function action({ params, request, context }: Route.ActionArgs) {
  const form = await request.formData();
  const result = await formResult(form, Who, (who) =>
    call(context, seats.claim, { body: { token: params.token, ...who } }),
  );
  if (!result.ok) return result;
  return redirect("id" in result.value ? `/me/tickets/${result.value.id}` : "/claim/sent");
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: loaderData?.title },
  { name: "robots", content: "noindex, nofollow" },
];

export default function ClaimPage({ loaderData, actionData }: Route.ComponentProps) {
  const { seat, after } = loaderData;
  return <NarrowPage>{seat ? <Take seat={seat} result={actionData} /> : <After what={after ?? "gone"} />}</NarrowPage>;
}

function Take({ seat, result }: { seat: Claimable; result: unknown }) {
  const words = useWords("tickets.claim");
  const fill = useFill();
  const viewer = useViewer();
  const { event, from } = seat;
  return (
    <>
      <PageHeader
        over={fill(words.from, { name: from })}
        title={<span lang={event.language}>{event.title}</span>}
        text={<TimeSpan start={event.startTime} end={event.endTime} zone={event.timeZone} />}
      />
      <p className="mb-7 flex flex-wrap gap-x-2 text-ink-soft">
        <span>{event.format === "virtual" || seat.side === "virtual" ? words.online : event.placeName}</span>
        {seat.ticketTypeName && <span>· {seat.ticketTypeName}</span>}
      </p>
      <Form result={result} className="grid gap-6">
        <Field
          name="name"
          label={words.yourName}
          autoComplete="name"
          defaultValue={viewer?.name}
          maxLength={120}
          required
        />
        {viewer ? (
          <p className="text-sm text-ink-soft">{fill(words.signedInAs, { email: viewer.email })}</p>
        ) : (
          <Field
            name="email"
            type="email"
            label={words.yourEmail}
            hint={words.yourEmailHint}
            autoComplete="email"
            inputMode="email"
            maxLength={254}
            required
          />
        )}
        <Questions questions={seat.questions} />
        {seat.terms && (
          <Suspense>
            <AcceptTerms {...seat.terms} />
          </Suspense>
        )}
        <SubmitButton size="lg" wide icon={<TicketIcon aria-hidden="true" />}>
          {words.take}
        </SubmitButton>
        <p className="text-center text-sm text-ink-soft">{fill(words.promise, { name: from })}</p>
      </Form>
    </>
  );
}

function After({ what }: { what: "handed" | "sent" | "gone" }) {
  const words = useWords("tickets.claim");
  return (
    <PageMessage
      icon={what === "gone" ? <TicketX aria-hidden="true" /> : <MailCheck aria-hidden="true" />}
      title={words[`${what}Title`]}
      text={words[`${what}Text`]}
      action={<ButtonLink to="/events">{words.home}</ButtonLink>}
    />
  );
}
