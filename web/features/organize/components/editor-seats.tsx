import type { EventView } from "#contract/events.ts";
import { wallIn } from "#web/features/organize/components/wall.ts";
import { useWords } from "#web/platform/words.ts";
import { Switch } from "#web/ui/choice.tsx";
import { DateTimeField } from "#web/ui/date-time-field.tsx";
import { Field } from "#web/ui/field.tsx";

/** How many may come, from when until when, and whether each is asked. */
export function EditorSeats({ event }: { event: EventView }) {
  const words = useWords("organize.edit");
  const { timeZone: zone } = event;
  return (
    <>
      <div className="grid items-start gap-5 sm:grid-cols-2">
        <Places name="capacity" label={words.capacity} hint={words.capacityHint} value={event.capacity} />
        {event.format === "hybrid" && (
          <Places name="inPersonCapacity" label={words.inPersonCapacity} value={event.inPersonCapacity} />
        )}
      </div>
      <div className="grid gap-1">
        <Switch
          name="needsApproval"
          label={words.approval}
          hint={words.approvalHint}
          defaultChecked={event.needsApproval}
        />
        <Switch
          name="hasWaitlist"
          label={words.waitlist}
          hint={words.waitlistHint}
          defaultChecked={event.hasWaitlist}
        />
      </div>
      <div className="grid items-start gap-5 sm:grid-cols-2">
        <DateTimeField
          name="registrationOpensAt"
          label={words.opens}
          hint={words.opensHint}
          defaultValue={wallIn(event.registrationOpensAt, zone)}
          optional
        />
        <DateTimeField
          name="registrationClosesAt"
          label={words.closes}
          hint={words.closesHint}
          defaultValue={wallIn(event.registrationClosesAt, zone)}
          optional
        />
      </div>
    </>
  );
}

function Places({ value, ...field }: { name: string; label: string; hint?: string; value: number | null }) {
  return (
    <Field
      {...field}
      type="number"
      inputMode="numeric"
      min={1}
      max={1_000_000}
      step={1}
      defaultValue={value ?? ""}
      optional
      className="tabular"
    />
  );
}
