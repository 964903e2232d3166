import { Copy, Plus, X } from "lucide-react";
import { useState } from "react";

import { dateText, daysAfter } from "#web/features/scheduling/components/month.ts";
import type { Week } from "#web/features/scheduling/components/weekly.ts";
import { useFill, useLocale, useWords } from "#web/platform/words.ts";
import { Button, IconButton } from "#web/ui/button.tsx";
import { Menu, MenuButton } from "#web/ui/menu.tsx";

/** A weekday's name; the first of November 2026 is a Sunday. */
export const weekdayText = (locale: string, day: number, weekday: "long" | "short" = "long") =>
  dateText(locale, daysAfter("2026-11-01", day), { weekday });

/** The open hours of each weekday, several windows a day. Without script there is one empty row more on each day. */
export function WeekForm({ week, firstWeekday }: { week: Week; firstWeekday: number }) {
  return (
    <div className="grid">
      {Array.from({ length: 7 }, (_, index) => (index + firstWeekday) % 7).map((day) => (
        <Day key={day} day={day} windows={week[day] ?? []} />
      ))}
    </div>
  );
}

function Day({ day, windows }: { day: number; windows: Week[number] }) {
  const words = useWords("scheduling.hours");
  const fill = useFill();
  const locale = useLocale();
  const name = weekdayText(locale, day);
  const [rows, setRows] = useState(() => windows.map((window, key) => ({ key, ...window })));
  const add = () =>
    setRows((now) => {
      const last = now.at(-1);
      const from = last ? laterBy(last.to, 1) : "09:00";
      return [...now, { key: Math.max(0, ...now.map(({ key }) => key + 1)), from, to: laterBy(from, last ? 2 : 8) }];
    });
  return (
    <fieldset className="grid gap-x-6 gap-y-2 border-b border-line py-4 sm:grid-cols-[8rem_minmax(0,1fr)_auto]">
      <legend className="contents">
        <span className="flex min-h-11 items-center font-medium">{name}</span>
      </legend>
      <div className="grid content-start gap-2">
        {rows.length === 0 && <p className="flex min-h-11 items-center text-ink-soft">{words.closed}</p>}
        {rows.map((row, index) => (
          <div key={row.key} className="flex flex-wrap items-center gap-2">
            <Clock
              name={`day.${day}.${row.key}.from`}
              label={fill(words.fromOf, { day: name, n: index + 1 })}
              value={row.from}
            />
            <span aria-hidden="true">–</span>
            <Clock
              name={`day.${day}.${row.key}.to`}
              label={fill(words.toOf, { day: name, n: index + 1 })}
              value={row.to}
            />
            <IconButton
              label={fill(words.removeRow, { day: name, n: index + 1 })}
              onClick={() => setRows((now) => now.filter(({ key }) => key !== row.key))}
            >
              <X aria-hidden="true" />
            </IconButton>
          </div>
        ))}
        <noscript>
          <div className="flex items-center gap-2">
            <Clock name={`day.${day}.99.from`} label={fill(words.fromOf, { day: name, n: rows.length + 1 })} value="" />
            <span aria-hidden="true">–</span>
            <Clock name={`day.${day}.99.to`} label={fill(words.toOf, { day: name, n: rows.length + 1 })} value="" />
          </div>
        </noscript>
      </div>
      <div className="flex items-start gap-1">
        <Button
          size="sm"
          variant="quiet"
          icon={<Plus aria-hidden="true" />}
          onClick={add}
          aria-label={fill(words.addTo, { day: name })}
        >
          {words.add}
        </Button>
        <CopyMenu day={day} name={name} />
      </div>
    </fieldset>
  );
}

/** Sends the whole form, with one day's windows put on others. */
function CopyMenu({ day, name }: { day: number; name: string }) {
  const words = useWords("scheduling.hours");
  const fill = useFill();
  const locale = useLocale();
  const choices = [
    { onto: "1,2,3,4,5", says: words.onWorkdays },
    { onto: "0,1,2,3,4,5,6", says: words.onAll },
    ...[1, 2, 3, 4, 5, 6, 0]
      .filter((one) => one !== day)
      .map((one) => ({ onto: String(one), says: weekdayText(locale, one) })),
  ];
  return (
    <Menu
      label={fill(words.copyOf, { day: name })}
      trigger={<Copy aria-hidden="true" className="size-4.5" />}
      triggerClassName="grid size-9 place-items-center rounded-control hover:bg-ink/7 pointer-coarse:size-11"
    >
      {choices.map(({ onto, says }) => (
        <MenuButton key={onto} type="submit" name="copy" value={`${day}:${onto}`}>
          {says}
        </MenuButton>
      ))}
    </Menu>
  );
}

function Clock({ name, label, value }: { name: string; label: string; value: string }) {
  return (
    <input
      type="time"
      name={name}
      aria-label={label}
      defaultValue={value === "24:00" ? "00:00" : value}
      className="input w-32! tabular"
    />
  );
}

const laterBy = (clock: string, hours: number): string =>
  Number(clock.slice(0, 2)) + hours > 23
    ? "23:59"
    : `${String(Number(clock.slice(0, 2)) + hours).padStart(2, "0")}${clock.slice(2)}`;
