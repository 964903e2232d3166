import { Copy, Plus, X } from "lucide-react";
import { type FocusEvent, useState } from "react";

import type { TimeWindow } from "#contract/scheduling.ts";
import { weekdayText } from "#web/features/scheduling/components/month.ts";
import { WeekGrid } from "#web/features/scheduling/components/week-grid.tsx";
import { copyDay, splitAt, tidy, type Week } from "#web/features/scheduling/components/weekly.ts";
import { useFill, useLocale, useWords } from "#web/platform/words.ts";
import { Button, IconButton } from "#web/ui/button.tsx";
import { IconMenu, MenuButton } from "#web/ui/menu.tsx";

interface Row extends TimeWindow {
  /** Stays the same while it is typed in. */
  key: number;
}

let made = 1000;
const rowOf = ({ from, to }: TimeWindow): Row => ({ from, to, key: made++ });

interface Props {
  week: Week;
  firstWeekday: number;
  /** Something else than a field has changed the hours. */
  onChange: () => void;
}

/**
 * The open hours of each weekday, several windows a day: drawn in a week, or typed below it. Without script there is one
 * empty row more on each day.
 */
export function WeekForm({ week: given, firstWeekday, onChange }: Props) {
  const [week, setWeek] = useState(() => given.map((windows) => windows.map((window, key) => ({ ...window, key }))));
  const put = (changes: ReadonlyMap<number, readonly TimeWindow[]>) => {
    setWeek((now) => now.map((rows, day) => (changes.has(day) ? tidy(changes.get(day) ?? []).map(rowOf) : rows)));
    onChange();
  };
  const type = (day: number, rows: Row[]) => setWeek((now) => now.with(day, rows));
  /** A shift over midnight becomes two windows once it is typed. */
  const settle = (day: number, { key, from, to }: Row) => {
    if (from === "" || to === "" || from <= to) return;
    const next = (day + 1) % 7;
    const pieces = splitAt(from, to);
    const others = week[day]?.filter((row) => row.key !== key) ?? [];
    const [own, after] = [0, 1].map((n) => pieces.filter((piece) => piece.after === n));
    put(
      new Map([
        [day, [...others, ...(own ?? [])]],
        ...(after?.length ? [[next, [...(week[next] ?? []), ...after]] as const] : []),
      ]),
    );
  };
  const copy = (from: number, onto: readonly number[]) => {
    const copied = copyDay(week, from, onto);
    put(new Map(onto.map((day) => [day, copied[day] ?? []])));
  };
  return (
    <div className="grid gap-6">
      <WeekGrid week={week} firstWeekday={firstWeekday} onPut={put} />
      <div className="grid border-t border-line">
        {Array.from({ length: 7 }, (_, index) => (index + firstWeekday) % 7).map((day) => (
          <Day
            key={day}
            day={day}
            rows={week[day] ?? []}
            onType={(rows) => type(day, rows)}
            onChange={onChange}
            onSettle={(row) => settle(day, row)}
            onCopy={(onto) => copy(day, onto)}
          />
        ))}
      </div>
    </div>
  );
}

interface DayProps {
  day: number;
  rows: Row[];
  onType: (rows: Row[]) => void;
  onChange: () => void;
  onSettle: (row: Row) => void;
  onCopy: (onto: readonly number[]) => void;
}

function Day({ day, rows, onType, onChange, onSettle, onCopy }: DayProps) {
  const words = useWords("scheduling.hours");
  const fill = useFill();
  const name = weekdayText(useLocale(), day);
  const add = () => {
    const last = rows.at(-1);
    const from = last ? laterBy(last.to, 1) : "09:00";
    onType([...rows, rowOf({ from, to: laterBy(from, last ? 2 : 8) })]);
    onChange();
  };
  const remove = (key: number) => {
    onType(rows.filter((row) => row.key !== key));
    onChange();
  };
  return (
    <fieldset className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-6 gap-y-1 border-b border-line py-3 sm:grid-cols-[8rem_minmax(0,1fr)_auto] sm:py-4">
      <legend className="contents">
        <span className="flex min-h-11 items-center font-medium">{name}</span>
      </legend>
      <div className="grid content-start gap-2 max-sm:col-span-2 max-sm:row-start-2">
        {rows.length === 0 && <p className="flex min-h-11 items-center text-ink-soft">{words.closed}</p>}
        {rows.map((row, index) => (
          <div key={row.key} className="flex flex-wrap items-center gap-2">
            {(["from", "to"] as const).map((edge) => (
              <Clock
                key={edge}
                name={`day.${day}.${row.key}.${edge}`}
                label={fill(edge === "from" ? words.fromOf : words.toOf, { day: name, n: index + 1 })}
                value={row[edge]}
                onType={(value) => onType(rows.with(index, { ...row, [edge]: value }))}
                onLeave={() => onSettle(row)}
              />
            ))}
            <IconButton label={fill(words.removeRow, { day: name, n: index + 1 })} onClick={() => remove(row.key)}>
              <X aria-hidden="true" />
            </IconButton>
          </div>
        ))}
        <noscript>
          <div className="flex items-center gap-2">
            <Clock name={`day.${day}.99.from`} label={fill(words.fromOf, { day: name, n: rows.length + 1 })} value="" />
            <Clock name={`day.${day}.99.to`} label={fill(words.toOf, { day: name, n: rows.length + 1 })} value="" />
          </div>
        </noscript>
      </div>
      <div className="flex min-h-11 items-center gap-1 self-start">
        <Button
          size="sm"
          variant="quiet"
          icon={<Plus aria-hidden="true" />}
          onClick={add}
          aria-label={fill(words.addTo, { day: name })}
        >
          {words.add}
        </Button>
        <CopyMenu day={day} name={name} onCopy={onCopy} />
      </div>
    </fieldset>
  );
}

/** Puts one day's windows on others; without script it sends the whole form with that wish. */
function CopyMenu({ day, name, onCopy }: { day: number; name: string; onCopy: (onto: readonly number[]) => void }) {
  const words = useWords("scheduling.hours");
  const fill = useFill();
  const locale = useLocale();
  const choices = [
    { onto: [1, 2, 3, 4, 5], says: words.onWorkdays },
    { onto: [0, 1, 2, 3, 4, 5, 6], says: words.onAll },
    ...[1, 2, 3, 4, 5, 6, 0]
      .filter((one) => one !== day)
      .map((one) => ({ onto: [one], says: weekdayText(locale, one) })),
  ];
  return (
    <IconMenu label={fill(words.copyOf, { day: name })} icon={<Copy aria-hidden="true" />}>
      {choices.map(({ onto, says }) => (
        <MenuButton
          key={says}
          type="submit"
          name="copy"
          value={`${day}:${onto}`}
          onClick={(press) => {
            press.preventDefault();
            onCopy(onto.filter((one) => one !== day));
            press.currentTarget.closest<HTMLElement>("[popover]")?.hidePopover();
          }}
        >
          {says}
        </MenuButton>
      ))}
    </IconMenu>
  );
}

interface ClockProps {
  name: string;
  label: string;
  value: string;
  onType?: (value: string) => void;
  /** The focus has gone to something other than the other end. */
  onLeave?: () => void;
}

function Clock({ name, label, value, onType, onLeave }: ClockProps) {
  const shown = value === "24:00" ? "00:00" : value;
  const isEnd = name.endsWith(".to");
  const held = onType
    ? {
        value: shown,
        onChange: (typed: { target: { value: string } }) =>
          onType(isEnd && typed.target.value === "00:00" ? "24:00" : typed.target.value),
        onBlur: ({ target, relatedTarget }: FocusEvent) =>
          !target.parentElement?.contains(relatedTarget) && onLeave?.(),
      }
    : { defaultValue: shown };
  return <input type="time" name={name} aria-label={label} {...held} className="input w-36! tabular" />;
}

const laterBy = (clock: string, hours: number): string =>
  Number(clock.slice(0, 2)) + hours > 23
    ? "23:59"
    : `${String(Number(clock.slice(0, 2)) + hours).padStart(2, "0")}${clock.slice(2)}`;
