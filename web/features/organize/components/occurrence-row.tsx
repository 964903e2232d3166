import { ExternalLink, Trash2, TriangleAlert, Users } from "lucide-react";

import type { EventView } from "#contract/events.ts";
import { atOccurrence } from "#web/features/events/components/at-time.ts";
import { CancelTimes } from "#web/features/organize/components/cancel-times.tsx";
import { HostConflicts } from "#web/features/organize/components/host-conflicts.tsx";
import { ChooseTime } from "#web/features/organize/components/several-bar.tsx";
import { Telling } from "#web/features/organize/components/telling.tsx";
import { TooSmall } from "#web/features/organize/components/too-small.tsx";
import { useFill, useWords } from "#web/platform/words.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { DateTimeField } from "#web/ui/date-time-field.tsx";
import { OpenDialog } from "#web/ui/dialog.tsx";
import { Field } from "#web/ui/field.tsx";
import { Form, ownRefusal } from "#web/ui/form.tsx";
import { NumberField } from "#web/ui/number-field.tsx";
import { Badge } from "#web/ui/surface.tsx";
import { Time } from "#web/ui/time.tsx";

type Occurrence = EventView["occurrences"][number];

interface Props {
  event: EventView;
  occurrence: Occurrence;
  /** There is no other one that is not off. */
  isOnly: boolean;
  result: unknown;
}

/** One time of an event, with what only it says; opens to change it. */
export function OccurrenceRow({ event, occurrence, isOnly, result }: Props) {
  const words = useWords("organize.times");
  const fill = useFill();
  const { id, status, startTime, endTime, timeZone, title, placeName, capacity, told, cancelReason } = occurrence;
  const isOff = status === "cancelled";
  const says = [title, placeName, capacity === null ? null : fill(words.seats, { n: capacity })].filter(Boolean);
  return (
    <article className="rounded-panel border border-line bg-surface p-4 sm:p-5">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="flex items-center gap-3">
          {!isOff && !isOnly && event.team?.mayEdit && <ChooseTime occurrence={occurrence} />}
          <h3 className={`text-base! ${isOff ? "text-ink-soft line-through" : ""}`}>
            {startTime && <Time at={startTime} end={endTime} zone={timeZone} />}
          </h3>
        </div>
        <span className="flex flex-wrap items-center gap-2">
          {id === event.occurrenceId && !isOff && <Badge mood="accent">{words.next}</Badge>}
          {isOff && <Badge mood="bad">{words.off}</Badge>}
          {told !== null && told > 0 && !isOff && <Badge>{fill(words.people, { n: told })}</Badge>}
        </span>
      </div>
      {says.length > 0 && <p className="mt-1 text-sm text-ink-soft">{says.join(" · ")}</p>}
      {!isOff && (
        <div className="mt-3 empty:hidden">
          <HostConflicts event={event} occurrenceId={id} />
        </div>
      )}
      {isOff && cancelReason && <p className="mt-1 text-sm text-ink-soft">{cancelReason}</p>}
      {!isOff && event.team?.mayEdit && event.status !== "cancelled" && (
        <details className="mt-2" open={ownRefusal(result, { occurrence: id }) ? true : undefined}>
          <summary className="link inline-flex min-h-9 items-center text-sm pointer-coarse:min-h-11">
            {words.change}
          </summary>
          <ChangeForm event={event} occurrence={occurrence} result={result} />
          <Acts event={event} occurrence={occurrence} isOnly={isOnly} result={result} />
        </details>
      )}
    </article>
  );
}

function ChangeForm({ event, occurrence, result }: Omit<Props, "isOnly">) {
  const words = useWords("organize.times");
  const { id, wallStart, wallEnd, title, placeName, placeAddress, capacity, told } = occurrence;
  const sends = { intent: "change", occurrence: id };
  return (
    <Form result={result} sends={sends} className="mt-4 grid gap-5">
      <div className="grid items-start gap-5 sm:grid-cols-2">
        <DateTimeField name="startTime" label={words.start} defaultValue={wallStart ?? ""} required />
        <DateTimeField name="endTime" label={words.end} defaultValue={wallEnd ?? ""} required />
        <Field
          name="title"
          label={words.ownTitle}
          placeholder={event.title}
          defaultValue={title ?? ""}
          maxLength={200}
          optional
        />
        <NumberField
          name="capacity"
          label={words.ownCapacity}
          placeholder={event.capacity === null ? words.noLimit : String(event.capacity)}
          min={1}
          max={1_000_000}
          defaultValue={capacity}
          optional
        />
        {event.format !== "virtual" && (
          <>
            <Field
              name="placeName"
              label={words.ownPlace}
              placeholder={event.placeName}
              defaultValue={placeName ?? ""}
              maxLength={200}
              optional
            />
            <Field
              name="placeAddress"
              label={words.ownAddress}
              defaultValue={placeAddress}
              maxLength={500}
              autoComplete="off"
              optional
            />
          </>
        )}
      </div>
      <TooSmall failure={ownRefusal(result, sends)} />
      {event.status === "published" && <Telling told={told ?? 0} />}
      <div>
        <SubmitButton>{words.save}</SubmitButton>
      </div>
    </Form>
  );
}

function Acts({ event, occurrence: { id, status, told }, isOnly, result }: Props) {
  const words = useWords("organize.times");
  const nav = useWords("organize.nav");
  const n = told ?? 0;
  return (
    <div className="mt-5 flex flex-wrap gap-3 border-t border-line pt-4">
      <ButtonLink
        size="sm"
        variant="quiet"
        to={atOccurrence(`/events/${event.slug}`, id)}
        icon={<ExternalLink aria-hidden="true" />}
      >
        {words.view}
      </ButtonLink>
      {event.status === "published" && status === "scheduled" && (
        <ButtonLink
          size="sm"
          variant="quiet"
          to={atOccurrence(`/organize/events/${event.id}/people`, id)}
          icon={<Users aria-hidden="true" />}
        >
          {nav.people}
        </ButtonLink>
      )}
      {!isOnly && status === "planned" && (
        <Form result={result} sends={{ intent: "remove", occurrence: id }}>
          <SubmitButton size="sm" variant="danger" icon={<Trash2 aria-hidden="true" />}>
            {words.remove}
          </SubmitButton>
        </Form>
      )}
      {!isOnly && status === "scheduled" && (
        <OpenDialog dialog={`cancel-${id}`} size="sm" variant="danger" icon={<TriangleAlert aria-hidden="true" />}>
          {words.cancel}
        </OpenDialog>
      )}
      <CancelTimes id={`cancel-${id}`} told={n} result={result} sends={{ intent: "cancel", occurrence: id }} />
    </div>
  );
}
