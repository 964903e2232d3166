import { Check, CircleCheck, UserX, X } from "lucide-react";
import { Link } from "react-router";

import type { Shown } from "#web/features/bookings/act.ts";
import { type Ending, endingDialog, RowMenu } from "#web/features/bookings/components/row-menu.tsx";
import { useAddress } from "#web/features/scheduling/components/address.ts";
import { StatusBadge } from "#web/features/scheduling/components/status-badge.tsx";
import { clockFormat } from "#web/features/scheduling/components/times.tsx";
import { boxes, bulkForm, chooseAll, useChosen } from "#web/platform/chosen.ts";
import { dateFormat } from "#web/platform/format.ts";
import { useFill, useLocale, useWords, useYear } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { openDialog } from "#web/ui/dialog.tsx";
import { Form } from "#web/ui/form.tsx";
import { Table } from "#web/ui/table.tsx";

interface Props {
  items: readonly Shown[];
  zone: string;
  now: string;
  showsHosts: boolean;
  /** What was done to those that were chosen. */
  done: unknown;
  onEnd: (ending: Ending) => void;
}

/** Bookings one below the other, to be chosen and answered together. */
export function BookingList({ items, zone, now, showsHosts, done, onEnd }: Props) {
  const words = useWords("bookings.desk");
  const fill = useFill();
  return (
    <>
      <BulkBar {...{ items, now, done, onEnd }} />
      <Table
        caption={words.caption}
        rows={items}
        rowKey={({ id }) => id}
        columns={[
          {
            key: "who",
            title: words.who,
            as: "main",
            show: (row) => (
              <span className="inline-flex items-center gap-3">
                <input
                  type="checkbox"
                  name="who"
                  value={row.id}
                  form={bulkForm}
                  aria-label={fill(words.choose, { name: row.name })}
                  className="size-4.5 shrink-0 accent-[var(--accent)] pointer-coarse:size-6"
                />
                <Link to={`/bookings/${row.id}`} className="inline-flex min-h-9 items-center hover:text-accent">
                  <Who row={row} />
                </Link>
              </span>
            ),
          },
          {
            key: "time",
            title: words.time,
            show: (row) => <When {...{ row, zone }} />,
          },
          { key: "what", title: words.what, show: ({ typeName }) => typeName },
          ...(showsHosts ? [{ key: "host", title: words.host, show: ({ hosts }: Shown) => hosts }] : []),
          { key: "status", title: words.status, show: ({ status }) => <StatusBadge status={status} /> },
          { key: "act", title: words.acts, as: "act", show: (row) => <RowMenu {...{ row, now, onEnd }} /> },
        ]}
      />
    </>
  );
}

export function Who({ row: { name, others } }: { row: Shown }) {
  const words = useWords("bookings.desk");
  const fill = useFill();
  return others > 0 ? fill(words.andOthers, { name, n: others }) : name || words.nobodyLeft;
}

/** From when to when; whose clocks are meant stands below the list. */
function When({ row: { startTime, endTime }, zone }: { row: Shown; zone: string }) {
  const locale = useLocale();
  const year = useYear();
  const { clock } = useAddress();
  const [start, end] = [new Date(startTime), new Date(endTime)];
  const options = { weekday: "short", day: "numeric", month: "short", ...year(zone, startTime) } as const;
  const day = dateFormat(locale, { ...options, timeZone: zone }).format(start);
  return (
    <time dateTime={startTime} className="tabular">
      <span className="inline-block" suppressHydrationWarning>{`${day},`}</span>{" "}
      <span className="inline-block whitespace-nowrap" suppressHydrationWarning>
        {clockFormat(locale, zone, clock).formatRange(start, end)}
      </span>
    </time>
  );
}

/** What is done to all that are chosen. */
function BulkBar({ items, now, done, onEnd }: Pick<Props, "items" | "now" | "done" | "onEnd">) {
  const words = useWords("bookings.desk");
  const fill = useFill();
  const chosen = useChosen(done);
  const ends = (intent: Ending["intent"]) => (press: React.MouseEvent) => {
    const ids = boxes().flatMap(({ checked, value }) => (checked ? [value] : []));
    if (ids.length === 0) return;
    press.preventDefault();
    onEnd({ intent, rows: items.filter(({ id }) => ids.includes(id)) });
    openDialog(endingDialog);
  };
  const button = (intent: string, says: string, icon: React.ReactNode, onClick?: (press: React.MouseEvent) => void) => (
    <SubmitButton size="sm" variant="secondary" name="intent" value={intent} icon={icon} onClick={onClick}>
      {says}
    </SubmitButton>
  );
  const hasBegun = items.some(({ startTime }) => startTime <= now);
  const isOn = items.some(({ status }) => status === "pending" || status === "confirmed");
  const hasPending = items.some(({ status }) => status === "pending");
  return (
    <Form
      id={bulkForm}
      preventScrollReset
      aria-label={words.bulk}
      className="top-0 z-10 mb-1 flex min-h-11 flex-wrap items-center gap-x-4 gap-y-2 bg-paper py-1 text-sm [:root:has([form=bulk]:checked)_&]:sticky"
    >
      {items.length > 1 && (
        <label className="inline-flex min-h-9 items-center gap-3 pointer-coarse:min-h-11">
          <input
            type="checkbox"
            className="size-4.5 accent-[var(--accent)] pointer-coarse:size-6"
            onChange={chooseAll}
          />
          {fill(words.chooseAll, { n: items.length })}
        </label>
      )}
      <span aria-live="polite" className="text-ink-soft empty:hidden">
        {chosen > 0 && fill(words.chosen, { n: chosen })}
      </span>
      {/* Told by the boxes themselves, so that it holds without script too. */}
      <span className="ms-auto hidden flex-wrap gap-2 [:root:has([form=bulk]:checked)_&]:flex">
        {hasPending && button("confirmed", words.approve, <Check aria-hidden="true" />)}
        {hasPending && button("rejected", words.decline, <X aria-hidden="true" />, ends("rejected"))}
        {hasBegun && button("completed", words.complete, <CircleCheck aria-hidden="true" />)}
        {hasBegun && button("no_show", words.noShow, <UserX aria-hidden="true" />)}
        {isOn && button("cancelled", words.cancel, <X aria-hidden="true" />, ends("cancelled"))}
      </span>
    </Form>
  );
}
