import { useState } from "react";

import type { EventType } from "#contract/scheduling.ts";
import { useWords } from "#web/platform/words.ts";
import { ZoneField } from "#web/ui/date-time-field.tsx";
import { Field, Select } from "#web/ui/field.tsx";
import { NumberField } from "#web/ui/number-field.tsx";

/** When it can be booked: how soon, how far ahead, with what around it. */
export function TimeFields({ type }: { type: EventType }) {
  const words = useWords("scheduling.edit");
  return (
    <>
      <ZoneField name="timeZone" label={words.zone} hint={words.zoneHint} defaultValue={type.timeZone} />
      <HorizonFields type={type} />
      <div className="grid items-start gap-5 sm:grid-cols-2">
        <NumberField
          name="noticeHours"
          label={words.notice}
          defaultValue={type.minSchedulingNotice / 60}
          unit={words.hours}
          step="any"
        />
        <NumberField
          name="changeHours"
          label={words.change}
          defaultValue={type.changeNoticeMinutes / 60}
          unit={words.hours}
          step="any"
        />
        <NumberField
          name="bufferTimeBefore"
          label={words.before}
          defaultValue={type.bufferTimeBefore}
          unit={words.minutes}
          max={120}
        />
        <NumberField
          name="bufferTimeAfter"
          label={words.after}
          defaultValue={type.bufferTimeAfter}
          unit={words.minutes}
          max={120}
        />
        <NumberField
          name="slotIntervalMinutes"
          label={words.interval}
          hint={words.intervalHint}
          defaultValue={type.slotIntervalMinutes}
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
        <NumberField
          name="horizonDays"
          label={words.horizonHowMany}
          defaultValue={days}
          unit={words.days}
          min={1}
          max={366}
        />
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
      <NumberField name="limits.perDay" label={words.perDay} defaultValue={perDay} min={1} />
      <NumberField name="limits.perWeek" label={words.perWeek} defaultValue={perWeek} min={1} />
      <NumberField name="limits.perMonth" label={words.perMonth} defaultValue={perMonth} min={1} />
      <NumberField name="limits.perYear" label={words.perYear} defaultValue={perYear} min={1} />
      <NumberField
        name="limits.minutesPerDay"
        label={words.minutesPerDay}
        defaultValue={minutesPerDay}
        unit={words.minutes}
        min={5}
      />
      <NumberField
        name="maxBookingsPerInvitee"
        label={words.perInvitee}
        defaultValue={type.maxBookingsPerInvitee}
        min={1}
      />
    </div>
  );
}
