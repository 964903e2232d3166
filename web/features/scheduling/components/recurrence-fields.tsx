import { type ChangeEvent, useState } from "react";

import type { EventType } from "#contract/scheduling.ts";
import { datesOf } from "#domain/recurrence/dates.ts";
import { boundsOf, endsIn } from "#domain/recurrence/repeating.ts";
import { everyOne, frequencies, readRule } from "#domain/recurrence/rule.ts";
import { dateOf, dayOf } from "#domain/time/days.ts";
import { dateText } from "#web/features/scheduling/components/month.ts";
import { useFill, useLocale, useWords, useYear } from "#web/platform/words.ts";
import { DateList } from "#web/ui/date-list.tsx";
import { Field, Select } from "#web/ui/field.tsx";
import { NumberField } from "#web/ui/number-field.tsx";

const names = ["recurrenceType", "recurrenceRule", "maxOccurrences", "recurrenceEndDate"] as const;
type Typed = Record<(typeof names)[number], string>;

/** Whether one visit may book it several times, how it repeats, and until when. */
export function RecurrenceFields({ type, today }: { type: EventType; today: string }) {
  const words = useWords("scheduling.series");
  const [typed, setTyped] = useState<Typed>({
    recurrenceType: type.recurrenceType,
    recurrenceRule: type.recurrenceRule,
    maxOccurrences: String(type.maxOccurrences ?? ""),
    recurrenceEndDate: type.recurrenceEndDate ?? "",
  });
  const change = ({ target }: ChangeEvent<HTMLInputElement | HTMLSelectElement>) =>
    setTyped((before) => ({ ...before, [target.name]: target.value }));
  return (
    <>
      <Select name="recurrenceType" label={words.pattern} defaultValue={type.recurrenceType} onChange={change}>
        <option value="none">{words.none}</option>
        {frequencies.map((one) => (
          <option key={one} value={one}>
            {words[one]}
          </option>
        ))}
      </Select>
      <div hidden={typed.recurrenceType === "none"} className="grid gap-5">
        <div className="grid items-start gap-5 sm:grid-cols-2">
          <NumberField
            name="maxOccurrences"
            min={1}
            max={365}
            label={words.max}
            defaultValue={type.maxOccurrences}
            unit={words.times}
            onChange={change}
          />
          <Field
            name="recurrenceEndDate"
            type="date"
            label={words.until}
            defaultValue={type.recurrenceEndDate ?? ""}
            onChange={change}
            optional
          />
        </div>
        <Field
          name="recurrenceRule"
          label={words.rule}
          hint={words.ruleHint}
          defaultValue={type.recurrenceRule}
          maxLength={500}
          spellCheck={false}
          onChange={change}
          optional
        />
        <Preview typed={typed} today={today} />
      </div>
    </>
  );
}

/** The first dates of what is typed, so that a pattern is seen before anybody books by it. */
function Preview({ typed, today }: { typed: Typed; today: string }) {
  const words = useWords("scheduling.series");
  const fill = useFill();
  const locale = useLocale();
  const year = useYear();
  const frequency = frequencies.find((one) => one === typed.recurrenceType);
  if (!frequency) return null;
  const rule = typed.recurrenceRule === "" ? everyOne(frequency) : readRule(typed.recurrenceRule);
  const isRule = !("refused" in rule) && rule.frequency === frequency;
  const dates = isRule ? datesOf(rule, dayOf(today), boundsOf(endsIn(typed), mostTimes)).map(dateOf) : [];
  if (dates.length < 2) return <p className="text-sm text-bad">{words.previewNone}</p>;
  const [begin = ""] = dates;
  const first = dateText(locale, begin, { weekday: "short", day: "numeric", month: "short", ...year("UTC", begin) });
  return (
    <div className="grid gap-2 text-sm">
      <p className="text-ink-soft">{fill(words.preview, { date: first })}</p>
      <DateList dates={dates} />
    </div>
  );
}

const mostTimes = 365;
