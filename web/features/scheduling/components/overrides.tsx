import { useSearchParams } from "react-router";

import type { Schedule } from "#contract/scheduling-hosts.ts";
import { useAddress } from "#web/features/scheduling/components/address.ts";
import { dateText, daysAfter, lastDateOf } from "#web/features/scheduling/components/month.ts";
import { MonthGrid } from "#web/features/scheduling/components/month-grid.tsx";
import { RemoveDate } from "#web/features/scheduling/components/remove-date.tsx";
import type { FormResult } from "#web/platform/form.ts";
import { useFill, useLocale, useWords } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { Field } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { Section } from "#web/ui/surface.tsx";

interface Props {
  schedule: Schedule;
  today: string;
  firstWeekday: number;
  result: FormResult<string> | undefined;
}

type Override = Schedule["overrides"][number];
const mostWindows = 3;
const looks = {
  usual: "text-ink hover:bg-ink/7",
  other: "bg-wash font-semibold text-accent hover:ring-1 hover:ring-accent",
  closed: "bg-sunken text-ink-soft line-through hover:ring-1 hover:ring-edge",
};

/** Dates that are not like their weekday: chosen in a month, each with hours of its own or none. */
export function Overrides({ schedule, today, firstWeekday, result }: Props) {
  const words = useWords("scheduling.hours");
  const { changed } = useAddress();
  const [search] = useSearchParams();
  const known = new Map(schedule.overrides.map((one) => [one.date, one]));
  const asked = search.get("on") ?? "";
  const on = /^\d{4}-\d\d-\d\d$/.test(asked) && asked >= today ? asked : undefined;
  const wanted = search.get("month") ?? on?.slice(0, 7) ?? "";
  const month = /^\d{4}-(0[1-9]|1[0-2])$/.test(wanted) ? wanted : today.slice(0, 7);
  const dayOf = (date: string) => {
    const own = known.get(date);
    if (!own) return { says: words.usual, look: looks.usual };
    if (own.windows.length === 0) return { says: words.closed, look: looks.closed };
    return { says: textOf(own), look: looks.other };
  };
  return (
    <Section id="overrides" title={words.overrides} text={words.overridesText}>
      <div className="grid gap-x-10 gap-y-6 md:grid-cols-[minmax(0,20rem)_minmax(0,1fr)]">
        <MonthGrid
          {...{ month, today, firstWeekday, dayOf }}
          days={datesOf(month, today).map((date) => ({ date, starts: [] }))}
          chosen={on}
          toDay={(date) => `${changed({ on: date })}#overrides`}
          toMonth={(to) => `${changed({ month: to, on: null })}#overrides`}
        />
        {on ? (
          <DateForm
            key={on}
            {...{ schedule, date: on, own: known.get(on) }}
            result={result?.ok === false && result.typed.intent === "override" ? result : undefined}
          />
        ) : (
          <Coming schedule={schedule} today={today} />
        )}
      </div>
    </Section>
  );
}

const textOf = ({ windows }: Override) => windows.map(({ from, to }) => `${from}–${to}`).join(", ");

const datesOf = (month: string, today: string): string[] => {
  const dates: string[] = [];
  const first = `${month}-01` > today ? `${month}-01` : today;
  for (let date = first; date <= lastDateOf(month); date = daysAfter(date, 1)) dates.push(date);
  return dates;
};

interface DateFormProps {
  schedule: Schedule;
  date: string;
  own: Override | undefined;
  result: unknown;
}

function DateForm({ schedule, date, own, result }: DateFormProps) {
  const words = useWords("scheduling.hours");
  const fill = useFill();
  const locale = useLocale();
  const rows = Math.max(mostWindows, (own?.windows.length ?? 0) + 1);
  return (
    <Form result={result} preventScrollReset className="grid content-start gap-4">
      <h3 className="text-base!">
        {dateText(locale, date, { weekday: "long", day: "numeric", month: "long", year: "numeric" })}
      </h3>
      <input type="hidden" name="id" value={schedule.id} />
      <input type="hidden" name="date" value={date} />
      {Array.from({ length: rows }, (_, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows of a form are known by their number
        <div key={n} className="flex flex-wrap items-start gap-3">
          {(["from", "to"] as const).map((edge) => (
            <Field
              key={edge}
              type="time"
              name={`windows.${n}.${edge}`}
              label={fill(edge === "from" ? words.fromNth : words.toNth, { n: n + 1 })}
              defaultValue={own?.windows[n]?.[edge].replace("24:00", "00:00")}
              className="w-32"
            />
          ))}
        </div>
      ))}
      <p className="text-xs text-ink-soft">{words.setDateHint}</p>
      <div className="flex flex-wrap gap-2">
        <SubmitButton name="intent" value="override" variant="secondary">
          {words.setDate}
        </SubmitButton>
        {own && (
          <SubmitButton name="intent" value="unoverride" variant="quiet" formNoValidate>
            {words.likeAlways}
          </SubmitButton>
        )}
      </div>
    </Form>
  );
}

/** All such dates that are still to come, in a list. */
function Coming({ schedule, today }: Pick<Props, "schedule" | "today">) {
  const words = useWords("scheduling.hours");
  const locale = useLocale();
  const coming = schedule.overrides.filter(({ date }) => date >= today);
  if (coming.length === 0) return <p className="text-ink-soft">{words.chooseDate}</p>;
  return (
    <ul className="grid content-start">
      {coming.map((own) => {
        const says = dateText(locale, own.date, { weekday: "short", day: "numeric", month: "short", year: "numeric" });
        return (
          <li key={own.date} className="flex flex-wrap items-center gap-x-4 border-b border-line py-2">
            <span className="min-w-0 flex-1">{says}</span>
            <span className="text-ink-soft tabular">{own.windows.length === 0 ? words.closed : textOf(own)}</span>
            <RemoveDate intent="unoverride" sends={{ id: schedule.id, date: own.date }} date={says} />
          </li>
        );
      })}
    </ul>
  );
}
