import { MapPin, MapPinned, Video } from "lucide-react";
import { useId } from "react";

import type { EventView } from "#contract/events.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { Segmented } from "#web/ui/choice.tsx";
import { Field, Select, TextArea } from "#web/ui/field.tsx";
import { Fold } from "#web/ui/fold.tsx";
import { NumberField } from "#web/ui/number-field.tsx";
import { Switch } from "#web/ui/switch.tsx";

const starts = [0, 5, 10, 15, 30, 60, 120];

/** How people come together; each side shows its fields only where there is that side. */
export function EditorWhere({ event }: { event: EventView }) {
  const words = useWords("organize.edit");
  const fresh = useWords("organize.fresh");
  return (
    <div className="group/where grid gap-6">
      <Segmented
        name="format"
        label={words.format}
        defaultValue={event.format}
        options={[
          { value: "virtual", label: fresh.virtual, icon: <Video aria-hidden="true" /> },
          { value: "in_person", label: fresh.in_person, icon: <MapPin aria-hidden="true" /> },
          { value: "hybrid", label: fresh.hybrid, icon: <MapPinned aria-hidden="true" /> },
        ]}
      />
      <div className="grid gap-5 group-has-[[name=format][value=virtual]:checked]/where:hidden">
        <Field name="placeName" label={words.placeName} defaultValue={event.placeName} maxLength={200} />
        <Field
          name="placeAddress"
          label={words.placeAddress}
          defaultValue={event.placeAddress}
          maxLength={500}
          autoComplete="off"
          optional
        />
        <TextArea
          name="placeNotes"
          label={words.placeNotes}
          hint={words.placeNotesHint}
          defaultValue={event.placeNotes}
          maxLength={1000}
          rows={2}
          optional
        />
      </div>
      <OnlineSide event={event} />
    </div>
  );
}

/** Every option of the online side as source 003 has them; those that do nothing yet cannot be chosen. */
function OnlineSide({ event }: { event: EventView }) {
  const words = useWords("events.virtualConfig");
  const edit = useWords("organize.edit");
  const fill = useFill();
  const { autoStartMinutes, maxVirtualAttendees, waitingRoomEnabled } = event.virtualConfig;
  return (
    <fieldset className="grid gap-5 rounded-panel border border-line bg-surface p-5 group-has-[[name=format][value^=in]:checked]/where:hidden">
      <legend className="sr-only">{words.title}</legend>
      <div>
        <p className="font-medium">{words.title}</p>
        <p className="text-sm text-ink-soft">{words.description}</p>
      </div>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Select
          name="virtualConfig.autoStartMinutes"
          label={words.autoStartLabel}
          hint={words.autoStartHint}
          defaultValue={autoStartMinutes}
        >
          {[...new Set([...starts, autoStartMinutes])]
            .toSorted((one, other) => one - other)
            .map((n) => (
              <option key={n} value={n}>
                {fill(edit.autoStart, { n })}
              </option>
            ))}
        </Select>
        <NumberField
          name="virtualConfig.maxVirtualAttendees"
          label={words.maxAttendeesLabel}
          hint={words.maxAttendeesHint}
          min={1}
          max={1_000_000}
          defaultValue={maxVirtualAttendees}
          optional
        />
      </div>
      <Switch
        name="virtualConfig.waitingRoomEnabled"
        label={words.waitingRoomLabel}
        hint={words.waitingRoomHint}
        defaultChecked={waitingRoomEnabled}
      />
      <Switch name="chatEnabled" label={words.chatLabel} hint={words.chatHint} defaultChecked={event.chatEnabled} />
      <Later />
    </fieldset>
  );
}

function Later() {
  const words = useWords("events.virtualConfig");
  const id = useId();
  const later = [
    { name: "recordingEnabled", label: words.recordingLabel, hint: words.recordingHint },
    { name: "recordingConsentRequired", label: words.consentLabel, hint: words.consentHint },
    { name: "breakoutRoomsEnabled", label: words.breakoutLabel, hint: words.breakoutHint },
    { name: "e2eeRequired", label: words.e2eeLabel, hint: words.e2eeHint },
  ];
  return (
    <div className="-mb-5 [&>details]:border-b-0">
      <Fold title={words.laterTitle}>
        <fieldset disabled aria-describedby={id} className="grid gap-2">
          <legend className="sr-only">{words.laterTitle}</legend>
          <p id={id} className="text-sm text-ink-soft">
            {words.laterText}
          </p>
          {later.map(({ name, label, hint }) => (
            <Switch key={name} name={`virtualConfig.${name}`} label={label} hint={hint} disabled />
          ))}
        </fieldset>
      </Fold>
    </div>
  );
}
