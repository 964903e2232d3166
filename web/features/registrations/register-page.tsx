import { createHash, randomUUID } from "node:crypto";
import { Plus } from "lucide-react";
import { type ReactNode, Suspense, useState } from "react";
import { Link, redirect, useLocation } from "react-router";

import { type EventView, events } from "#contract/events.ts";
import { type Question, questions } from "#contract/questions.ts";
import { RegisterInput, type RegistrationOptions, registrations } from "#contract/registrations.ts";
import { isLiving } from "#domain/registrations/states.ts";
import { atOccurrence, atTime, pathAt, timeIn } from "#web/features/events/components/at-time.ts";
import { withLeftOpen } from "#web/features/questions/act.ts";
import { Questions } from "#web/features/questions/components/questions.tsx";
import { fits, placesIn, reshape, sidesOf, waysOf } from "#web/features/registrations/components/party.ts";
import { PartyFields } from "#web/features/registrations/components/party-fields.tsx";
import { type How, howFor, howFrom, keepSent } from "#web/features/registrations/components/sent-cookie.ts";
import { call, pageOf } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { signInFrom } from "#web/platform/next.ts";
import { part } from "#web/platform/part.ts";
import { refusalOf } from "#web/platform/refusal.ts";
import { useFill, useWords, words } from "#web/platform/words.ts";
import { useViewer } from "#web/shell/viewer.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { Form } from "#web/ui/form.tsx";
import { NumberField } from "#web/ui/number-field.tsx";
import { NarrowPage, PageHeader } from "#web/ui/page.tsx";
import { Notice } from "#web/ui/surface.tsx";
import { TimeSpan } from "#web/ui/time.tsx";
import { toneStyle } from "#web/ui/tone.ts";

import type { Route } from "./+types/register-page";

// Only seen where nothing is to be had.
const RegistrationCard = part(async () => ({
  default: (await import("#web/features/registrations/components/registration-card.tsx")).RegistrationCard,
}));

// Most events have one kind of ticket, and ask for nothing.
const TicketChoice = part(() => import("#web/features/registrations/components/ticket-choice.tsx"));
const AcceptTerms = part(() => import("#web/features/registrations/components/accept-terms.tsx"));

export async function loader({ params, context, request }: Route.LoaderArgs) {
  const asked = { params: { id: params.slug }, query: { occurrence_id: timeIn(request) } };
  const [whole, options, list] = await Promise.all([
    call(context, events.get, asked),
    call(context, registrations.options, asked),
    call(context, questions.ofEvent, asked),
  ]);
  const event = atTime(whole);
  const title = pageOf(context).say("registrations.form.pageTitle", { event: event.title });
  return {
    event,
    options,
    questions: list.questions,
    title,
    key: randomUUID(),
    words: words(context, [
      "registrations.form",
      "registrations.card",
      ...(options.conductVersion || options.minimumAge ? (["registrations.terms"] as const) : []),
      ...(list.questions.length > 0 ? (["questions.form"] as const) : []),
    ]),
  };
}

export async function action({ params, request, context }: Route.ActionArgs) {
  const form = await request.formData();
  const intent = String(form.get("intent"));
  if (intent !== "send") return reshape(form, intent);
  const result = await formResult(form, RegisterInput, async (body) => {
    // The same form with other words in it is another wish; the same words are one wish, however often it is sent.
    const key = `${form.get("key")} ${createHash("sha256").update(JSON.stringify(body)).digest("base64url")}`;
    const reply = await patiently(() =>
      call(context, registrations.register, { params: { id: params.slug }, body }, key),
    );
    return { reply, body };
  });
  if (!result.ok) {
    const asked = await call(context, questions.ofEvent, { params: { id: params.slug } });
    return withLeftOpen(result, asked.questions, form);
  }
  const { reply, body } = result.value;
  const done = `/events/${params.slug}/registered`;
  if ("id" in reply) return redirect(`${done}?registration=${reply.id}`);
  const [first, ...others] = body.attendees ?? [];
  const occurrence = timeIn(request);
  return redirect(occurrence ? atOccurrence(done, occurrence) : done, {
    headers: {
      // A page is also asked for as `registered.data`, which a cookie of the page's own path would not reach.
      "Set-Cookie": keepSent(`/events/${params.slug}`, {
        email: first?.email ?? "",
        others: others.length,
        how: howFrom(form.get("how")),
      }),
    },
  });
}

/** The second press of an impatient hand waits for the answer to the first. */
async function patiently<T>(ask: () => Promise<T>, tries = 20): Promise<T> {
  try {
    return await ask();
  } catch (thrown) {
    if (tries === 0 || refusalOf(thrown)?.code !== "request.in_progress") throw thrown;
    await new Promise((wake) => setTimeout(wake, 250));
    return patiently(ask, tries - 1);
  }
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: loaderData?.title },
  { name: "robots", content: "noindex" },
];

export default function RegisterPage({ loaderData, actionData }: Route.ComponentProps) {
  const { event, options } = loaderData;
  const words = useWords("registrations.form");
  const fill = useFill();
  const isOpen = options.state === "open" || options.state === "waitlist";
  return (
    <NarrowPage style={toneStyle(event.hue)}>
      <PageHeader
        back={{ to: pathAt(`/events/${event.slug}`, event), label: words.back }}
        over={<span lang={event.language}>{event.title}</span>}
        title={isOpen ? fill(words.title, { how: howFor(options) }) : words.closedTitle}
        text={
          event.startTime &&
          event.endTime && <TimeSpan start={event.startTime} end={event.endTime} zone={event.timeZone} />
        }
      />
      {isOpen ? (
        <RegisterForm
          options={options}
          questions={loaderData.questions}
          terms={
            (options.conductVersion || options.minimumAge) && (
              <Suspense>
                <AcceptTerms conduct={conductIn(event, options)} minimumAge={options.minimumAge} ofAll />
              </Suspense>
            )
          }
          formKey={loaderData.key}
          result={actionData}
        />
      ) : (
        <Suspense>
          <RegistrationCard options={options} to="" timeZone={event.timeZone} />
        </Suspense>
      )}
    </NarrowPage>
  );
}

const conductIn = ({ conduct, language }: EventView, { conductVersion }: RegistrationOptions) =>
  conductVersion === null ? null : { text: conduct, language, version: conductVersion };

interface FormProps {
  options: RegistrationOptions;
  questions: readonly Question[];
  /** What the event asks of whoever comes, to be accepted. */
  terms: ReactNode;
  formKey: string;
  result: Route.ComponentProps["actionData"];
}

function RegisterForm({ options, questions, terms, formKey, result }: FormProps) {
  const words = useWords("registrations.form");
  const fill = useFill();
  const { ticketTypes } = options;
  const open = ticketTypes.filter(({ state }) => state === "open" || state === "waitlist");
  const typed = result?.typed;
  const [typeId, setTypeId] = useState(typed?.ticketTypeId ?? open[0]?.id ?? "");
  const type = open.find(({ id }) => id === typeId) ?? open[0];
  const places = placesIn(typed);
  const [chosen, setChosen] = useState(() =>
    Array.from({ length: places }, (_, index) => typed?.[`attendees.${index}.side`]),
  );
  const [unnamed, setUnnamed] = useState(() => Number(typed?.unnamed) || 0);
  const ways = waysOf(options, type);
  const party = sidesOf(ways, chosen);
  const count = party.length;
  const most = type?.maxParty ?? 1;
  // Who names seats later takes them where they come themselves.
  const whole = [...party, ...Array.from({ length: unnamed }, () => party[0])];
  const waits = type?.state === "waitlist" || (options.hasWaitlist && !fits(options, ways, whole));
  const how = howFor({ ...options, state: waits ? "waitlist" : options.state });
  const mine = options.mine.find(({ status }) => isLiving(status));
  return (
    <Form result={result} className="grid gap-7">
      {mine && <Already mine={mine.id} />}
      <input type="hidden" name="key" value={formKey} />
      <input type="hidden" name="how" value={how} />
      {/* The time that this page shows, also when another is the next by now. */}
      <input type="hidden" name="occurrenceId" value={options.occurrenceId} />
      {/* Enter in a field means sending, not the first button that stands in the form. */}
      <button type="submit" name="intent" value="send" tabIndex={-1} aria-hidden="true" className="sr-only" />
      {ticketTypes.length > 1 ? (
        <Suspense>
          <TicketChoice types={ticketTypes} chosen={type?.id ?? ""} onChoose={setTypeId} />
        </Suspense>
      ) : (
        type && <input type="hidden" name="ticketTypeId" value={type.id} />
      )}
      <PartyFields
        key={places}
        places={places}
        most={most - unnamed}
        ways={ways}
        party={party}
        startsWithMe={!mine}
        invitedAs={options.invitedAs}
        questions={questions}
        onParty={setChosen}
      />
      {most > count && (
        <details open={unnamed > 0 || undefined} className="-mt-5 grid">
          <summary className="-ms-2 inline-flex min-h-11 list-none items-center gap-2 rounded-control px-2 text-sm font-medium text-accent hover:bg-wash">
            <Plus aria-hidden="true" className="size-4.5" />
            {words.unnamed}
          </summary>
          <NumberField
            name="unnamed"
            max={most - count}
            defaultValue={0}
            label={words.unnamed}
            quietLabel
            hint={words.unnamedHint}
            className="mt-2 [&_input]:max-w-28"
            onChange={({ currentTarget }) => setUnnamed(Math.max(0, Math.floor(currentTarget.valueAsNumber) || 0))}
          />
        </details>
      )}
      <PartyQuestions questions={questions} isParty={count + unnamed > 1} />
      {terms}
      <Explained how={how} count={count + unnamed} />
      <SubmitButton size="lg" wide name="intent" value="send">
        {fill(words.send, { how, n: count + unnamed })}
      </SubmitButton>
      <SmallPrint />
    </Form>
  );
}

/** What is asked once, whoever comes along. */
function PartyQuestions({ questions, isParty }: { questions: readonly Question[]; isParty: boolean }) {
  if (!questions.some(({ scope }) => scope === "party")) return null;
  return (
    <div className={isParty ? "grid gap-4 border-t border-line pt-5" : ""}>
      {isParty && <PartyTitle />}
      <Questions questions={questions} scope="party" />
    </div>
  );
}

function PartyTitle() {
  const words = useWords("questions.form");
  return <p className="font-serif text-lg font-[560]">{words.party}</p>;
}

/** What asking or waiting means, before anybody does it. */
function Explained({ how, count }: { how: How; count: number }) {
  const words = useWords("registrations.form");
  const fill = useFill();
  if (how === "take") return null;
  return (
    <Notice mood="accent">
      <p>{how === "ask" ? words.askText : words.waitText}</p>
      {how === "wait" && count > 1 && <p className="mt-1">{fill(words.partyWaits, { n: count })}</p>}
    </Notice>
  );
}

/** Who has a place already may still bring others, and is told so first. */
function Already({ mine }: { mine: string }) {
  const words = useWords("registrations.form");
  return (
    <Notice mood="good">
      {words.already}{" "}
      <Link to={`/me/tickets/${mine}`} className="link">
        {words.alreadyLink}
      </Link>
    </Notice>
  );
}

function SmallPrint() {
  const words = useWords("registrations.form");
  const viewer = useViewer();
  const here = useLocation();
  return (
    <p className="text-center text-sm text-ink-soft">
      {viewer ? (
        words.promise
      ) : (
        <>
          {words.guestText}{" "}
          <Link to={signInFrom(here)} className="link">
            {words.signIn}
          </Link>
        </>
      )}
    </p>
  );
}
