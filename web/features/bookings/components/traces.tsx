import type { BookingLetter } from "#contract/scheduling-desk.ts";
import { type Stay, StaysTable } from "#web/features/organize/components/stays-table.tsx";
import { dateFormat } from "#web/platform/format.ts";
import { useFill, useLocale, useWords } from "#web/platform/words.ts";
import { Badge, Section } from "#web/ui/surface.tsx";
import { Table } from "#web/ui/table.tsx";
import { Time, useMoment } from "#web/ui/time.tsx";

const moods = { waiting: "neutral", handed_over: "good", failed: "bad", refused: "bad" } as const;

/** Which letters went to whom, and whether they arrived at the post. */
export function Letters({ items, zone }: { items: readonly BookingLetter[]; zone: string }) {
  const words = useWords("bookings.letters");
  const kindOf = (kind: string) => words[kind as keyof typeof words] ?? words.other;
  return (
    <Section id="letters" title={words.title} text={items.length === 0 ? words.none : undefined}>
      {items.length > 0 && (
        <Table
          caption={words.title}
          rows={items}
          rowKey={({ id }) => id}
          columns={[
            { key: "kind", title: words.kind, as: "main", show: ({ kind }) => kindOf(kind) },
            { key: "to", title: words.to, show: ({ toName, toAddress }) => toName || toAddress },
            { key: "at", title: words.at, show: ({ createdAt }) => <Time at={createdAt} zone={zone} /> },
            {
              key: "status",
              title: words.status,
              as: "end",
              show: ({ status }) => <Badge mood={moods[status]}>{words[status]}</Badge>,
            },
          ]}
        />
      )}
    </Section>
  );
}

export interface Trace {
  id: string;
  action: string;
  actorType: "organizer" | "invitee" | "attendee" | "system" | "integration";
  actorName: string;
  at: string;
  oldValues: Record<string, unknown>;
  newValues: Record<string, unknown>;
}

/** What happened to it, in words; what the places in it tell again is left out. */
export function History({
  items,
  attendees,
  zone,
}: {
  items: readonly Trace[];
  attendees: readonly { id: string; name: string }[];
  zone: string;
}) {
  const words = useWords("bookings.history");
  const told = items.filter(({ action }) => action.startsWith("booking."));
  return (
    <Section id="history" title={words.title}>
      <ol className="grid gap-3 text-sm">
        {told.map((one) => (
          <li
            key={one.id}
            className="grid gap-x-6 sm:grid-cols-[minmax(10rem,auto)_minmax(0,1fr)] sm:[grid-template-columns:13rem_minmax(0,1fr)]"
          >
            <span className="text-ink-soft">
              <Time at={one.at} zone={zone} />
            </span>
            <span>
              <What trace={one} {...{ attendees, zone }} />
              <span className="text-ink-soft"> · {one.actorName || words[`by${one.actorType}`]}</span>
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function What({
  trace,
  attendees,
  zone,
}: {
  trace: Trace;
  zone: string;
  attendees: readonly { id: string; name: string }[];
}) {
  const words = useWords("bookings.history");
  const fill = useFill();
  const locale = useLocale();
  const moment = useMoment();
  const { action, oldValues, newValues } = trace;
  const key = action.replace(/^booking\./, "");
  const when = (value: unknown): string =>
    typeof value === "string" && Number.isFinite(Date.parse(value))
      ? moment(dateFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone: zone }), value)
      : "";
  const id = newValues.attendeeId ?? oldValues.attendeeId;
  const name = attendees.find((one) => one.id === id)?.name || words.somebody;
  const isAsked = key === "made" && newValues.status === "pending";
  const isPresent = key === "no_show_set" && newValues.noShow === false;
  const says = words[(isAsked ? "asked" : isPresent ? "present" : key) as keyof typeof words] ?? words.other;
  return (
    <span suppressHydrationWarning>
      {fill(says, {
        name,
        from: when(oldValues.startTime),
        to: when(newValues.startTime),
        before: String(oldValues.seats ?? ""),
        seats: String(newValues.seats ?? ""),
      })}
    </span>
  );
}

/** Who was in its room, and for how long. */
export function InTheRoom({ stays, zone }: { stays: readonly Stay[]; zone: string }) {
  const words = useWords("organize.attendance");
  return (
    <Section id="room" title={words.title} text={stays.length === 0 ? words.emptyTitle : undefined}>
      {stays.length > 0 && <StaysTable stays={stays} zone={zone} />}
    </Section>
  );
}
