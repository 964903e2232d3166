import { useState } from "react";

import type { EventType } from "#contract/scheduling.ts";
import { useWords } from "#web/platform/words.ts";
import { ZoneField } from "#web/ui/date-time-field.tsx";
import { Field, Select } from "#web/ui/field.tsx";

/** When it can be booked: how soon, how far ahead, with what around it. */
export function TimeFields({ type }: { type: EventType }) {
  const words = useWords("scheduling.edit");
  return (
    <>
      <ZoneField name="timeZone" label={words.zone} hint={words.zoneHint} defaultValue={type.timeZone} />
      <HorizonFields type={type} />
      <div className="grid items-start gap-5 sm:grid-cols-2">
        <Amount
          name="noticeHours"
          label={words.notice}
          value={type.minSchedulingNotice / 60}
          unit={words.hours}
          step="any"
        />
        <Amount
          name="changeHours"
          label={words.change}
          value={type.changeNoticeMinutes / 60}
          unit={words.hours}
          step="any"
        />
        <Amount
          name="bufferTimeBefore"
          label={words.before}
          value={type.bufferTimeBefore}
          unit={words.minutes}
          max={120}
        />
        <Amount
          name="bufferTimeAfter"
          label={words.after}
          value={type.bufferTimeAfter}
          unit={words.minutes}
          max={120}
        />
        <Amount
          name="slotIntervalMinutes"
          label={words.interval}
          hint={words.intervalHint}
          value={type.slotIntervalMinutes}
          unit={words.minutes}
          max={60}
        />
      </div>
    </>
  );
}

/** How far ahead. */
function HorizonFields({ type: { horizon } }: { type: EventType }) {
  const words = useWords("scheduling.edit");
  const [kind, setKind] = useState<string>(horizon?.type === "minutes" ? "" : (horizon?.type ?? "none"));
  const days = horizon && "days" in horizon ? horizon.days : 60;
  return (
    <div className="grid items-start gap-5 sm:grid-cols-2">
      <Select
        name="horizonType"
        label={words.horizon}
        defaultValue={kind}
        onChange={({ currentTarget }) => setKind(currentTarget.value)}
      >
        {kind === "" && <option value="">{words.horizonMinutes}</option>}
        <option value="none">{words.horizonNone}</option>
        <option value="rollingDays">{words.horizonDays}</option>
        <option value="rollingBookableDays">{words.horizonBookable}</option>
        <option value="range">{words.horizonRange}</option>
      </Select>
      <div hidden={!kind.startsWith("rolling")}>
        <Amount name="horizonDays" label={words.horizonHowMany} value={days} unit={words.days} min={1} max={366} />
      </div>
      <div hidden={kind !== "range"} className="grid grid-cols-2 gap-3">
        <Field
          name="horizonFrom"
          type="date"
          label={words.from}
          defaultValue={horizon?.type === "range" ? horizon.from : ""}
        />
        <Field
          name="horizonTo"
          type="date"
          label={words.to}
          defaultValue={horizon?.type === "range" ? horizon.to : ""}
        />
      </div>
    </div>
  );
}

/** How much of one's time it may take. */
export function LimitFields({ type }: { type: EventType }) {
  const words = useWords("scheduling.edit");
  const { perDay, perWeek, perMonth, perYear, minutesPerDay } = type.limits;
  return (
    <div className="grid items-start gap-5 sm:grid-cols-2">
      <Amount name="limits.perDay" label={words.perDay} value={perDay} unit="" min={1} />
      <Amount name="limits.perWeek" label={words.perWeek} value={perWeek} unit="" min={1} />
      <Amount name="limits.perMonth" label={words.perMonth} value={perMonth} unit="" min={1} />
      <Amount name="limits.perYear" label={words.perYear} value={perYear} unit="" min={1} />
      <Amount
        name="limits.minutesPerDay"
        label={words.minutesPerDay}
        value={minutesPerDay}
        unit={words.minutes}
        min={5}
      />
      <Amount
        name="maxBookingsPerInvitee"
        label={words.perInvitee}
        value={type.maxBookingsPerInvitee ?? undefined}
        unit=""
        min={1}
      />
    </div>
  );
}

interface AmountProps {
  name: string;
  label: string;
  value: number | undefined;
  unit: string;
  hint?: string;
  min?: number;
  max?: number;
  step?: "any";
}

function Amount({ value, unit, min = 0, ...field }: AmountProps) {
  return <Field {...field} type="number" min={min} inputMode="decimal" defaultValue={value} after={unit} />;
}
