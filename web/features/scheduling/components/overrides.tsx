import { X } from "lucide-react";

import type { Schedule } from "#contract/scheduling-hosts.ts";
import { dateText } from "#web/features/scheduling/components/month.ts";
import type { FormResult } from "#web/platform/form.ts";
import { useFill, useLocale, useWords } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { Field } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { Section } from "#web/ui/surface.tsx";

interface Props {
  schedule: Schedule;
  today: string;
  result: FormResult<string> | undefined;
}

/** Dates that are not like their weekday. */
export function Overrides({ schedule, today, result }: Props) {
  const words = useWords("scheduling.hours");
  const fill = useFill();
  const locale = useLocale();
  const coming = schedule.overrides.filter(({ date }) => date >= today);
  return (
    <Section id="overrides" title={words.overrides} text={words.overridesText}>
      {coming.length > 0 && (
        <ul className="mb-5 grid">
          {coming.map(({ date, windows }) => {
            const says = dateText(locale, date, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
            return (
              <li key={date} className="flex flex-wrap items-center gap-x-4 border-b border-line py-2">
                <span className="min-w-0 flex-1">{says}</span>
                <span className="text-ink-soft tabular">
                  {windows.length === 0 ? words.closed : windows.map(({ from, to }) => `${from}–${to}`).join(", ")}
                </span>
                <Form preventScrollReset>
                  <input type="hidden" name="id" value={schedule.id} />
                  <input type="hidden" name="date" value={date} />
                  <SubmitButton
                    name="intent"
                    value="unoverride"
                    size="sm"
                    variant="quiet"
                    aria-label={fill(words.removeDate, { date: says })}
                  >
                    <X aria-hidden="true" />
                  </SubmitButton>
                </Form>
              </li>
            );
          })}
        </ul>
      )}
      <Form
        result={result?.ok === false && result.typed.intent === "override" ? result : undefined}
        preventScrollReset
        className="flex flex-wrap items-end gap-3"
      >
        <input type="hidden" name="id" value={schedule.id} />
        <Field name="date" type="date" min={today} label={words.date} className="w-44" required />
        <Field name="from" type="time" label={words.from} className="w-32" />
        <Field name="to" type="time" label={words.to} className="w-32" />
        <SubmitButton name="intent" value="override" variant="secondary">
          {words.setDate}
        </SubmitButton>
        <p className="basis-full text-xs text-ink-soft">{words.setDateHint}</p>
      </Form>
    </Section>
  );
}
