import { CalendarRange, ChevronLeft, ChevronRight, List, Rows3, Table2 } from "lucide-react";
import type { ReactNode } from "react";
import { Form, Link } from "react-router";

import { type Range, type View, views } from "#web/features/bookings/components/range.ts";
import { useAddress } from "#web/features/scheduling/components/address.ts";
import { dateText } from "#web/features/scheduling/components/month.ts";
import { spanText } from "#web/platform/format.ts";
import { useFill, useLocale, useWords } from "#web/platform/words.ts";
import { Button } from "#web/ui/button.tsx";
import { Field, Select } from "#web/ui/field.tsx";
import { Hidden } from "#web/ui/hidden.tsx";
import { FilterChips, SearchField } from "#web/ui/list.tsx";

const pictures = { list: <List />, agenda: <Rows3 />, week: <CalendarRange />, month: <Table2 /> } as const;
const fields = ["event_type_id", "host_id", "status", "start_date", "end_date"] as const;
const statuses = ["pending", "confirmed", "completed", "no_show", "cancelled", "rejected", "rescheduled"] as const;

/** Which of the views it is: each is a link of its own. */
export function ViewTabs({ view }: { view: View }) {
  const words = useWords("bookings.desk");
  const { changed } = useAddress();
  return (
    <nav aria-label={words.views} className="inline-flex gap-1 rounded-control bg-sunken p-1">
      {views.map((one) => (
        <Link
          key={one}
          to={changed({ view: one === "list" ? null : one, cursor: null })}
          aria-current={one === view ? "page" : undefined}
          className="inline-flex min-h-9 items-center gap-2 rounded-[7px] px-2 text-sm text-ink-soft hover:text-ink sm:px-3 aria-[current]:bg-surface aria-[current]:font-medium aria-[current]:text-ink aria-[current]:shadow-[0_0_0_1px_var(--line)] pointer-coarse:min-h-11 [&_svg]:size-4"
        >
          <span aria-hidden="true" className="max-sm:hidden">
            {pictures[one]}
          </span>
          {words[one]}
        </Link>
      ))}
    </nav>
  );
}

const rangeDay = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" } as const;

/** The dates that are shown, and the way to others. */
export function RangeNav({ view, range, today }: { view: View; range: Range; today: string }) {
  const words = useWords("bookings.desk");
  const locale = useLocale();
  const { changed } = useAddress();
  const title =
    view === "month"
      ? dateText(locale, range.from, { month: "long", year: "numeric" })
      : spanText(locale, rangeDay, range.from, range.to);
  const turn = (to: string, label: string, picture: ReactNode) => (
    <Link
      to={changed({ date: to })}
      aria-label={label}
      title={label}
      preventScrollReset
      className="grid size-10 place-items-center rounded-control hover:bg-ink/7 pointer-coarse:size-11 [&_svg]:size-5 rtl:[&_svg]:-scale-x-100"
    >
      {picture}
    </Link>
  );
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <h2 id="range" aria-live="polite" className="text-lg!" suppressHydrationWarning>
        {title}
      </h2>
      <nav aria-label={words.dates} className="ms-auto flex items-center gap-1">
        {turn(range.before, words.before, <ChevronLeft aria-hidden="true" />)}
        <Link
          to={changed({ date: null })}
          preventScrollReset
          aria-current={today >= range.from && today <= range.to ? "date" : undefined}
          className="inline-flex min-h-9 items-center rounded-control px-3 text-sm hover:bg-ink/7 pointer-coarse:min-h-11"
        >
          {words.today}
        </Link>
        {turn(range.after, words.after, <ChevronRight aria-hidden="true" />)}
      </nav>
    </div>
  );
}

/** What is to come, what was, or both. */
export function WhenChips() {
  const words = useWords("bookings.desk");
  return (
    <FilterChips
      name="when"
      label={words.when}
      all={words.upcoming}
      options={[
        { value: "past", label: words.past },
        { value: "all", label: words.all },
      ]}
    />
  );
}

interface FilterProps {
  view: View;
  types: readonly { id: string; name: string }[];
  hosts: readonly (readonly [string, string])[];
}

/** What is looked for; all of it stays in the address. */
export function DeskFilters({ view, types, hosts }: FilterProps) {
  const words = useWords("bookings.desk");
  const status = useWords("scheduling.status");
  const fill = useFill();
  const { all, changed } = useAddress();
  const asked = new Map(all);
  const set = fields.filter((name) => asked.has(name) && (view === "list" || !name.endsWith("_date")));
  const kept = all.filter(([name]) => !fields.some((one) => one === name) && name !== "cursor");
  return (
    <div className="grid gap-2">
      <SearchField label={words.search} />
      <details open={set.length > 0} className="group">
        <summary className="inline-flex min-h-9 items-center gap-2 rounded-control text-sm text-ink-soft hover:text-ink pointer-coarse:min-h-11">
          <span className="underline decoration-dotted underline-offset-4">
            {set.length > 0 ? fill(words.filtersSet, { n: set.length }) : words.filters}
          </span>
        </summary>
        <Form
          onChange={({ target, currentTarget }) =>
            (target as HTMLElement).tagName === "SELECT" && currentTarget.requestSubmit()
          }
          className="mt-2 flex flex-wrap items-end gap-3"
        >
          <Hidden values={kept} />
          <Choice name="event_type_id" label={words.type} any={words.anyType} chosen={asked.get("event_type_id")}>
            {types.map(({ id, name }) => ({ value: id, label: name }))}
          </Choice>
          {hosts.length > 1 && (
            <Choice name="host_id" label={words.host} any={words.anyHost} chosen={asked.get("host_id")}>
              {hosts.map(([value, label]) => ({ value, label }))}
            </Choice>
          )}
          <Choice name="status" label={words.status} any={words.anyStatus} chosen={asked.get("status")}>
            {statuses.map((value) => ({ value, label: status[value] }))}
          </Choice>
          {view === "list" && (
            <>
              <Field name="start_date" type="date" label={words.from} defaultValue={asked.get("start_date")} />
              <Field name="end_date" type="date" label={words.to} defaultValue={asked.get("end_date")} />
            </>
          )}
          <Button type="submit">{words.apply}</Button>
          {set.length > 0 && (
            <Link
              to={changed(Object.fromEntries([...fields, "cursor"].map((name) => [name, null])))}
              className="link inline-flex min-h-11 items-center text-sm"
            >
              {words.clear}
            </Link>
          )}
        </Form>
      </details>
    </div>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  any: string;
  chosen: string | undefined;
  children: readonly { value: string; label: string }[];
}

function Choice({ name, label, any, chosen = "", children }: ChoiceProps) {
  return (
    <Select key={chosen} name={name} label={label} defaultValue={chosen} className="min-w-40 max-sm:w-full">
      <option value="">{any}</option>
      {children.map(({ value, label: says }) => (
        <option key={value} value={value}>
          {says}
        </option>
      ))}
    </Select>
  );
}
