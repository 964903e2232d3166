import { type KeyboardEvent, type PointerEvent, useId, useRef, useState } from "react";

import type { TimeWindow } from "#contract/scheduling.ts";
import { weekdayText } from "#web/features/scheduling/components/month.ts";
import { type Grip, minuteOf, pulled, type Week } from "#web/features/scheduling/components/weekly.ts";
import { dateFormat } from "#web/platform/format.ts";
import { useFill, useLocale, useWords } from "#web/platform/words.ts";

const dayMinutes = 24 * 60;
const hours = [0, 3, 6, 9, 12, 15, 18, 21];
const share = (minute: number) => `${(minute / dayMinutes) * 100}%`;
/** As clocks are read in the language: `17:00` or `5:00 PM`. */
const clockText = (locale: string, minute: number) =>
  dateFormat(locale, { hour: "numeric", minute: "2-digit", timeZone: "UTC" }).format(minute * 60_000);
const nothing: TimeWindow = { from: "00:00", to: "00:00" };

interface Props {
  week: Week;
  firstWeekday: number;
  /** A day has other windows now; they may overlap. */
  onPut: (changes: ReadonlyMap<number, readonly TimeWindow[]>) => void;
}

interface Pull {
  day: number;
  /** Which window of the day; none when a new one is drawn. */
  index: number | undefined;
  grip: Grip;
  from: number;
  over: { day: number; minute: number };
}

/**
 * A week as it is open: windows are drawn, moved and stretched with the pointer, and with the arrow keys once one has the
 * focus. The same hours stand below as fields, which is the way for fingers.
 */
export function WeekGrid({ week, firstWeekday, onPut }: Props) {
  const words = useWords("scheduling.hours");
  const locale = useLocale();
  const help = useId();
  const columns = useRef<HTMLFieldSetElement>(null);
  const [pull, setPull] = useState<Pull>();
  const days = Array.from({ length: 7 }, (_, at) => (at + firstWeekday) % 7);
  const shown = pull ? withPull(week, pull) : week;

  const placeOf = ({ clientX, clientY }: PointerEvent) => {
    const box = columns.current?.getBoundingClientRect() ?? new DOMRect();
    const across = Math.floor(((clientX - box.left) / box.width) * 7);
    const column = Math.min(Math.max(document.dir === "rtl" ? 6 - across : across, 0), 6);
    return { day: days[column] ?? 0, minute: ((clientY - box.top) / box.height) * dayMinutes };
  };
  const begin = (press: PointerEvent) => {
    // A finger on the week scrolls the page.
    if (press.button !== 0 || press.pointerType === "touch") return;
    const held = (press.target as HTMLElement).closest<HTMLElement>("[data-window]")?.dataset;
    const over = placeOf(press);
    const grip = ((press.target as HTMLElement).dataset.grip ?? (held ? "whole" : "new")) as Grip;
    const day = held ? Number(held.day) : over.day;
    setPull({ day, index: held ? Number(held.window) : undefined, grip, from: over.minute, over });
    columns.current?.setPointerCapture(press.pointerId);
  };
  const end = () => {
    if (!pull) return;
    setPull(undefined);
    const after = withPull(week, pull);
    // Held and let go where it was: nothing was meant.
    if (pull.index !== undefined && JSON.stringify(after) === JSON.stringify(week)) return;
    onPut(new Map([pull.day, pull.over.day].map((day) => [day, after[day] ?? []])));
  };
  return (
    <div className="max-sm:hidden">
      <p id={help} className="mb-3 text-xs text-ink-soft">
        {words.gridHelp}
      </p>
      <div className="grid grid-cols-[3.75rem_minmax(0,1fr)] gap-y-1">
        <span />
        <div className="grid grid-cols-7 text-center text-xs text-ink-soft" aria-hidden="true">
          {days.map((day) => (
            <span key={day}>{weekdayText(locale, day, "short")}</span>
          ))}
        </div>
        <div className="relative text-xs text-ink-soft tabular" aria-hidden="true">
          {hours.map((hour) => (
            <span key={hour} className="absolute -translate-y-1/2" style={{ top: share(hour * 60) }}>
              {hour > 0 && clockText(locale, hour * 60)}
            </span>
          ))}
        </div>
        <fieldset
          ref={columns}
          aria-label={words.grid}
          aria-describedby={help}
          onPointerDown={begin}
          onPointerMove={(move) => pull && setPull({ ...pull, over: placeOf(move) })}
          onPointerUp={end}
          onPointerCancel={() => setPull(undefined)}
          className={`relative grid h-96 grid-cols-7 overflow-hidden rounded-control border border-line bg-surface select-none ${pull ? "cursor-grabbing" : "cursor-crosshair"}`}
        >
          {hours.slice(1).map((hour) => (
            <span
              key={hour}
              aria-hidden="true"
              className="pointer-events-none absolute inset-x-0 border-t border-line"
              style={{ top: share(hour * 60) }}
            />
          ))}
          {days.map((day) => (
            <div key={day} className="relative border-line not-first:border-s">
              {shown[day]?.map((window, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a window that moves stays the one that has the focus
                <Block key={index} {...{ day, index, window, week, onPut }} />
              ))}
            </div>
          ))}
        </fieldset>
      </div>
    </div>
  );
}

/** The week as it is while something is pulled; a window as a whole may go to another day. */
function withPull(week: Week, { day, index, grip, from, over }: Pull): Week {
  const held = index === undefined ? nothing : (week[day]?.[index] ?? nothing);
  const window = pulled(held, grip, from, over.minute);
  const onto = grip === "whole" ? over.day : day;
  return week.map((windows, at) => {
    if (at === day && at === onto && index !== undefined) return windows.with(index, window);
    const others = at === day ? windows.filter((_, n) => n !== index) : windows;
    return at === onto ? [...others, window] : others;
  });
}

interface BlockProps extends Pick<Props, "week" | "onPut"> {
  day: number;
  index: number;
  window: TimeWindow;
}

const keys: Record<string, number> = { ArrowUp: -15, ArrowDown: 15 };

function Block({ day, index, window, week, onPut }: BlockProps) {
  const words = useWords("scheduling.hours");
  const fill = useFill();
  const locale = useLocale();
  const [opens, closes] = [minuteOf(window.from), minuteOf(window.to)];
  const press = (key: KeyboardEvent) => {
    const by = keys[key.key];
    const windows = week[day] ?? [];
    if (by === undefined && key.key !== "Delete" && key.key !== "Backspace") return;
    key.preventDefault();
    const changed =
      by === undefined ? [] : [pulled(window, key.shiftKey ? "to" : key.altKey ? "from" : "whole", 0, by)];
    onPut(new Map([[day, windows.toSpliced(index, 1, ...changed)]]));
  };
  const edge = "absolute inset-x-0 h-2 cursor-ns-resize";
  return (
    <button
      type="button"
      data-day={day}
      data-window={index}
      onKeyDown={press}
      aria-label={fill(words.window, { day: weekdayText(locale, day), from: window.from, to: window.to })}
      className="absolute inset-x-0.5 cursor-grab overflow-hidden rounded-[6px] border border-accent/50 bg-wash px-1 text-start text-xs leading-tight text-accent tabular focus-visible:z-10"
      style={{ top: share(opens), height: share(closes - opens) }}
    >
      <span data-grip="from" className={`${edge} top-0`} />
      <span aria-hidden="true" className="pointer-events-none block pt-0.5">
        {closes - opens >= 60 ? `${clockText(locale, opens)} –` : ""}
        {closes - opens >= 120 && <span className="block">{clockText(locale, closes)}</span>}
      </span>
      <span data-grip="to" className={`${edge} bottom-0`} />
    </button>
  );
}
