import type { EventView } from "#contract/events.ts";
import { wallIn } from "#web/features/organize/components/wall.ts";
import { useWords } from "#web/platform/words.ts";
import { DateTimeField } from "#web/ui/date-time-field.tsx";
import { NumberField } from "#web/ui/number-field.tsx";
import { Switch } from "#web/ui/switch.tsx";

/** How many may come, from when until when, and whether each is asked. */
export function EditorSeats({ event }: { event: EventView }) {
  const words = useWords("organize.edit");
  const { timeZone: zone, format, inPersonCapacity } = event;
  // Left over from when there were two sides, it still binds.
  const limitsSide = format === "hybrid" || (format === "in_person" && inPersonCapacity !== null);
  return (
    <>
      <div className="grid items-start gap-5 sm:grid-cols-2">
        <NumberField
          name="capacity"
          label={words.capacity}
          hint={words.capacityHint}
          min={1}
          max={1_000_000}
          defaultValue={event.capacity}
          optional
        />
        {limitsSide && (
          <NumberField
            name="inPersonCapacity"
            label={words.inPersonCapacity}
            min={1}
            max={1_000_000}
            defaultValue={inPersonCapacity}
            optional
          />
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
