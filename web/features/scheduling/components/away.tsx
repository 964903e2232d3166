import { Plane, TreePalm } from "lucide-react";

import type { Absence, Holidays } from "#contract/scheduling-hosts.ts";
import type { Colleague } from "#contract/scheduling-teams.ts";
import { dateText } from "#web/features/scheduling/components/month.ts";
import { RemoveDate } from "#web/features/scheduling/components/remove-date.tsx";
import type { FormResult } from "#web/platform/form.ts";
import { useFill, useLocale, useWords, useYear } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { ZoneField } from "#web/ui/date-time-field.tsx";
import { Field, Select } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { Section } from "#web/ui/surface.tsx";

interface Props {
  absences: readonly Absence[];
  /** Who could stand in. */
  colleagues: readonly Colleague[];
  holidays: Holidays;
  today: string;
  result: FormResult<string> | undefined;
}

/** When somebody is away or elsewhere, and which public holidays they keep. */
export function Away({ absences, colleagues, holidays, today, result }: Props) {
  const words = useWords("scheduling.hours");
  const failed = (intent: string) => (result?.ok === false && result.typed.intent === intent ? result : undefined);
  return (
    <>
      <Section id="away" title={words.away} text={words.awayText}>
        <Listed absences={absences} />
        {/* Once it stands in the list it is not typed here any more. */}
        <Form
          key={`away-${absences.length}`}
          result={failed("away")}
          preventScrollReset
          className="flex flex-wrap items-end gap-3"
        >
          <Days today={today} />
          <Field name="note" label={words.note} maxLength={500} className="min-w-48 flex-1" optional />
          {colleagues.length > 0 && (
            <Select name="standInId" label={words.standIn} className="w-72" optional>
              <option value="">{words.standInNobody}</option>
              {colleagues.map(({ userId, name }) => (
                <option key={userId} value={userId}>
                  {name}
                </option>
              ))}
            </Select>
          )}
          <SubmitButton name="intent" value="away" variant="secondary">
            {words.setAway}
          </SubmitButton>
        </Form>
        <details className="mt-4" open={failed("travel") !== undefined}>
          <summary className="link inline-flex min-h-11 items-center text-sm">{words.travel}</summary>
          <p className="mb-3 text-sm text-ink-soft">{words.travelText}</p>
          <Form
            key={`travel-${absences.length}`}
            result={failed("travel")}
            preventScrollReset
            className="flex flex-wrap items-start gap-3"
          >
            <Days today={today} />
            <div className="min-w-48 flex-1">
              <ZoneField name="timeZone" label={words.zone} hint={words.travelZoneHint} />
            </div>
            <SubmitButton name="intent" value="travel" variant="secondary" className="mt-7">
              {words.setTravel}
            </SubmitButton>
          </Form>
        </details>
      </Section>
      <Section id="holidays" title={words.holidays} text={words.holidaysText}>
        <HolidayForm holidays={holidays} result={failed("holidays")} />
      </Section>
    </>
  );
}

/** Both ends count; without the last it is one day, or for good. */
function Days({ today }: { today: string }) {
  const words = useWords("scheduling.hours");
  return (
    <>
      <Field name="from" type="date" min={today} label={words.firstDay} className="w-44" required />
      <Field name="to" type="date" min={today} label={words.lastDay} className="w-44" optional />
    </>
  );
}

function Listed({ absences }: { absences: readonly Absence[] }) {
  const words = useWords("scheduling.hours");
  const fill = useFill();
  const locale = useLocale();
  const day = (date: string) => dateText(locale, date, { day: "numeric", month: "short", year: "numeric" });
  if (absences.length === 0) return null;
  return (
    <ul className="mb-5 grid">
      {absences.map(({ id, kind, from, to, note, standIn, timeZone }) => {
        const Sign = kind === "travel" ? Plane : TreePalm;
        const says = to === from ? day(from) : `${day(from)} – ${to ? day(to) : words.forGood}`;
        const more = [timeZone, standIn && fill(words.standsIn, { name: standIn.name }), note];
        return (
          <li key={id} className="flex flex-wrap items-center gap-x-3 border-b border-line py-2">
            <Sign aria-hidden="true" className="size-4.5 text-ink-soft" />
            <span className="min-w-0 flex-1">
              {says}
              <span className="text-ink-soft"> {more.filter(Boolean).join(" · ")}</span>
            </span>
            <RemoveDate intent="back" sends={{ id }} date={says} />
          </li>
        );
      })}
    </ul>
  );
}

const countries =
  "AR AT AU BE BG BR CA CH CL CN CO CY CZ DE DK EE ES FI FR GB GR HR HU IE IL IN IS IT JP KE KR LT LU LV MA MT MX NG NL NO NZ PE PH PL PT RO RS SE SG SI SK TH TR UA US UY VN ZA".split(
    " ",
  );

function HolidayForm({ holidays, result }: { holidays: Holidays; result: unknown }) {
  const words = useWords("scheduling.hours");
  const locale = useLocale();
  const names = new Intl.DisplayNames(locale, { type: "region" });
  const all = [...new Set([...countries, ...(holidays.region ? [holidays.region] : [])])]
    .map((code) => ({ code, name: code.includes("-") ? code : (names.of(code) ?? code) }))
    .sort((a, b) => a.name.localeCompare(b.name, locale));
  return (
    <Form result={result} preventScrollReset className="flex flex-wrap items-end gap-x-3 gap-y-5">
      <Select name="region" label={words.country} defaultValue={holidays.region ?? ""} className="w-60">
        <option value="">{words.noHolidays}</option>
        {all.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </Select>
      <SubmitButton name="intent" value="holidays" variant="secondary">
        {words.save}
      </SubmitButton>
      {/* Another country has holidays of its own: its boxes are new ones. */}
      <Coming key={holidays.region} coming={holidays.coming} />
    </Form>
  );
}

/** The holidays that come: which of them are kept, and on which one works all the same. */
function Coming({ coming }: Pick<Holidays, "coming">) {
  const words = useWords("scheduling.hours");
  const locale = useLocale();
  const year = useYear();
  if (coming.length === 0) return null;
  return (
    <fieldset className="basis-full">
      <legend className="text-sm font-medium">{words.closedOn}</legend>
      <p className="mb-2 text-xs text-ink-soft">{words.closedOnHint}</p>
      <ul className="grid gap-x-6 sm:grid-cols-2">
        {coming.map(({ date, name, label, isWorked }) => (
          <li key={`${date}${name}`}>
            <input type="hidden" name="holiday" value={name} />
            <label className="grid min-h-9 grid-cols-[auto_1fr] items-center gap-x-3 text-sm pointer-coarse:min-h-11">
              <input
                type="checkbox"
                name="kept"
                value={name}
                defaultChecked={!isWorked}
                className="size-5 accent-accent"
              />
              <span>
                {label}
                <span className="text-ink-soft">
                  {" "}
                  {dateText(locale, date, { weekday: "short", day: "numeric", month: "short", ...year("UTC", date) })}
                </span>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
