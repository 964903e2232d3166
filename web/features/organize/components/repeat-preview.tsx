import type { EventView } from "#contract/events.ts";
import { dateOfWall } from "#domain/recurrence/choice.ts";
import { datesOf } from "#domain/recurrence/dates.ts";
import { boundsOf, endsIn, faultsOf, mostTimes } from "#domain/recurrence/repeating.ts";
import { readRule } from "#domain/recurrence/rule.ts";
import { dateOf, dayOf } from "#domain/time/days.ts";
import { ruleOf, type Typed } from "#web/features/organize/components/typed-times.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { DateList } from "#web/ui/date-list.tsx";

const mostShown = 12;

interface Props {
  typed: Typed;
  occurrences: EventView["occurrences"];
}

/** The dates of what is typed, before any of them is added; says what keeps them from it. */
export function RepeatPreview({ typed, occurrences }: Props) {
  const words = useWords("organize.repeat");
  const fill = useFill();
  const { startTime } = typed;
  const first = dateOfWall(startTime);
  const text = ruleOf(typed);
  if (!first || !text) return null;
  const rule = readRule(text);
  if ("refused" in rule) return <p className="text-sm text-bad">{words.unread}</p>;
  const ends = endsIn(typed);
  const dates = datesOf(rule, dayOf(first), boundsOf(ends, mostTimes + 1)).map(dateOf);
  const [fault] = faultsOf(rule, ends, dayOf(first));
  const stand = new Set(occurrences.flatMap(({ status, wallStart }) => (status === "cancelled" ? [] : [wallStart])));
  const standing = dates.filter((date) => stand.has(date + startTime.slice(10)));
  const says = fault
    ? words[fault.code]
    : dates.length > mostTimes
      ? fill(words.many, { n: mostTimes })
      : fill(words.preview, { n: dates.length, standing: standing.length });
  const isOff = fault?.code === "recurrence_never" || (!fault && (dates.length > mostTimes || dates.length < 2));
  return (
    <div className="grid gap-2 text-sm" aria-live="polite">
      <p className={isOff ? "text-bad" : "text-ink-soft"}>{says}</p>
      <DateList dates={dates.slice(0, fault ? mostShown : mostTimes)} most={mostShown} />
    </div>
  );
}
