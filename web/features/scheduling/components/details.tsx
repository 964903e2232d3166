import { useState } from "react";

import type { Question } from "#contract/questions.ts";
import type { PublicEventType } from "#contract/scheduling-public.ts";
import { Questions } from "#web/features/questions/components/questions.tsx";
import type { AskedSeries, Calendar } from "#web/features/scheduling/act.ts";
import { HoldLine } from "#web/features/scheduling/components/hold-line.tsx";
import { dateText } from "#web/features/scheduling/components/month.ts";
import { isTaken, Nearest } from "#web/features/scheduling/components/nearest.tsx";
import { Repeat } from "#web/features/scheduling/components/repeat.tsx";
import { conflictsOf, SeriesDates } from "#web/features/scheduling/components/series-dates.tsx";
import type { FormFailure } from "#web/platform/form.ts";
import { useFill, useLocale, useWords } from "#web/platform/words.ts";
import { useViewer } from "#web/shell/viewer.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { Field, TextArea } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { Notice } from "#web/ui/surface.tsx";

interface Props {
  data: {
    type: PublicEventType;
    organizer: { slug: string; name: string };
    questions: readonly Question[];
    calendar: Calendar;
    series: AskedSeries;
    key: string;
  };
  startTime: string;
  result: FormFailure | undefined;
}

/** Who comes: all that is asked before a time is booked. It is loaded when a time is chosen. */
export function Details(props: Props) {
  const { type, series, calendar } = props.data;
  const start = Date.parse(props.startTime);
  if (calendar.days.some(({ full }) => full?.includes(start))) return <WaitForm {...props} />;
  return (
    <>
      {type.recurrence && <Repeat recurrence={type.recurrence} times={series.times} />}
      <DetailsForm {...props} />
    </>
  );
}

/** Every seat is taken: who fills this in is told as soon as there is one for them. */
function WaitForm({ data: { type, organizer, questions, calendar, key }, startTime, result }: Props) {
  const words = useWords("scheduling.wait");
  const book = useWords("scheduling.book");
  const fill = useFill();
  const { duration, count, zone } = calendar;
  return (
    <Form result={result} className="grid gap-5">
      <Notice title={words.title}>{fill(words.text, { n: count })}</Notice>
      <input type="hidden" name="key" value={key} />
      <input type="hidden" name="startTime" value={startTime} />
      <Hidden {...{ duration, count, zone }} />
      <Who type={type} hint={words.emailHint} />
      <Questions questions={questions} />
      <TextArea name="notes" label={book.notes} maxLength={2000} optional />
      <SubmitButton size="lg" wide name="intent" value="wait">
        {words.join}
      </SubmitButton>
      <p className="text-xs text-ink-soft">{fill(book.promise, { name: organizer.name })}</p>
    </Form>
  );
}

const Hidden = ({ duration, count, zone }: Pick<Calendar, "duration" | "count" | "zone">) => (
  <>
    <input type="hidden" name="duration" value={duration} />
    <input type="hidden" name="attendeeCount" value={count} />
    <input type="hidden" name="inviteeTimezone" value={zone} />
  </>
);

function Who({ type, hint }: { type: PublicEventType; hint: string }) {
  const words = useWords("scheduling.book");
  const viewer = useViewer();
  const isCalled = type.locationType === "phone_call" && type.phoneCaller === "host";
  return (
    <>
      <Field
        name="inviteeName"
        label={words.name}
        autoComplete="name"
        maxLength={120}
        defaultValue={viewer?.name}
        required
      />
      <Field
        name="inviteeEmail"
        type="email"
        label={words.email}
        hint={hint}
        autoComplete="email"
        defaultValue={viewer?.email}
        required
      />
      {isCalled && (
        <Field name="inviteePhone" type="tel" label={words.phone} autoComplete="tel" maxLength={40} required />
      )}
    </>
  );
}

function DetailsForm({ data: { type, organizer, questions, calendar, series, key }, startTime, result }: Props) {
  const words = useWords("scheduling.book");
  const some = useWords("scheduling.series");
  const fill = useFill();
  // The page is asked for anew with each press; the hold stays one.
  const [holdId] = useState(key);
  const slugs = { organizerSlug: organizer.slug, eventTypeSlug: type.eventTypeSlug };
  const { duration, count, zone, now } = calendar;
  const once = type.needsApproval ? words.ask : fill(words.book, { n: count });
  const says = series.dates.length < 2 ? once : type.needsApproval ? some.ask : some.book;
  return (
    <Form result={result} className="grid gap-5">
      <Nearest startTime={startTime} result={result} zone={zone} />
      {!isTaken(result) && <HoldLine {...slugs} {...{ holdId, startTime, duration, now }} attendeeCount={count} />}
      <input type="hidden" name="key" value={key} />
      <Hidden {...{ duration, count, zone }} />
      <Series series={series} zone={zone} result={result} />
      <Who type={type} hint={words.emailHint} />
      {type.maxGuests > 0 && (
        <Field
          name="guests"
          type="email"
          multiple
          label={words.guests}
          hint={fill(words.guestsHint, { n: type.maxGuests })}
          optional
        />
      )}
      <Questions questions={questions} />
      <TextArea name="notes" label={words.notes} maxLength={2000} optional />
      {!isTaken(result) && (
        <SubmitButton size="lg" wide name="intent" value="book">
          {says}
        </SubmitButton>
      )}
      <p className="text-xs text-ink-soft">{fill(words.promise, { name: organizer.name })}</p>
    </Form>
  );
}

/** What is wanted beside the first time; that one was free when it was chosen, and is kept meanwhile. */
function Series({ series, zone, result }: { series: AskedSeries; zone: string; result: Props["result"] }) {
  const { times, dates } = series;
  if (dates.length === 0) return null;
  const refused = conflictsOf(result).find(({ sequence }) => sequence === 1);
  const shown = dates.map((date) => (date.sequence === 1 ? (refused ?? { ...date, isFree: true }) : date));
  return (
    <>
      {dates.length < times && <Fewer {...series} />}
      {dates.length > 1 && (
        <>
          <input type="hidden" name="recurrence.count" value={dates.length} />
          <SeriesDates dates={shown} zone={zone} name="recurrence.exceptions" />
        </>
      )}
    </>
  );
}

/** How many dates there are of those that were asked for, and why. */
function Fewer({ times, dates, endsOn }: AskedSeries) {
  const words = useWords("scheduling.series");
  const fill = useFill();
  const locale = useLocale();
  const n = dates.length;
  const date = endsOn && dateText(locale, endsOn, { day: "numeric", month: "long", year: "numeric" });
  return (
    <Notice mood="warn" title={fill(words.fewer, { n, times })}>
      {date ? fill(words.endsOn, { date }) : words.ends}
    </Notice>
  );
}
