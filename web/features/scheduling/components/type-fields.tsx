import { useState } from "react";

import type { EventType } from "#contract/scheduling.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { RadioGroup, Segmented } from "#web/ui/choice.tsx";
import { TextArea } from "#web/ui/field.tsx";
import { NumberField } from "#web/ui/number-field.tsx";
import { Switch } from "#web/ui/switch.tsx";

const listed = [15, 30, 45, 60, 90, 120, 180, 240];

/** How long one lasts, in minutes: what is usual is proposed, anything from 5 to 720 is possible. */
export function DurationField({ type }: { type?: EventType }) {
  const words = useWords("scheduling.edit");
  return (
    <>
      <NumberField
        name="duration"
        min={5}
        max={720}
        list="durations"
        label={words.duration}
        hint={words.durationHint}
        defaultValue={type?.duration ?? 30}
        unit={words.minutes}
        className="max-w-60"
        required
      />
      <datalist id="durations">
        {listed.map((minutes) => (
          <option key={minutes} value={minutes} />
        ))}
      </datalist>
    </>
  );
}

/** Other lengths that a visitor may choose. */
export function OtherDurations({ type }: { type: EventType }) {
  const words = useWords("scheduling.edit");
  const fill = useFill();
  const all = [...new Set([...listed, ...type.durations])].sort((a, b) => a - b);
  return (
    <fieldset>
      <legend className="mb-2 text-sm font-medium">{words.otherDurations}</legend>
      <div className="flex flex-wrap gap-2">
        {all.map((minutes) => (
          <label
            key={minutes}
            className="inline-flex min-h-9 items-center rounded-full border border-line px-3.5 text-sm text-ink-soft has-checked:border-accent has-checked:bg-wash has-checked:font-medium has-checked:text-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent pointer-coarse:min-h-11"
          >
            <input
              type="checkbox"
              name="durations"
              value={minutes}
              defaultChecked={type.durations.slice(1).includes(minutes)}
              className="sr-only"
            />
            {fill(words.someMinutes, { n: minutes })}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** How many may come to one session; of more than one, whether others may wait for a seat. */
export function GroupFields({ type }: { type: EventType }) {
  const words = useWords("scheduling.edit");
  const [most, setMost] = useState(type.maxAttendees);
  return (
    <>
      <NumberField
        name="maxAttendees"
        min={1}
        max={100}
        label={words.maxAttendees}
        hint={words.maxAttendeesHint}
        defaultValue={type.maxAttendees}
        onChange={({ target }) => setMost(Number(target.value))}
        className="max-w-60"
      />
      {most > 1 ? (
        <Switch
          name="enableWaitlist"
          label={words.waitlist}
          hint={words.waitlistHint}
          defaultChecked={type.enableWaitlist}
        />
      ) : (
        <input type="hidden" name="enableWaitlist" value="false" />
      )}
    </>
  );
}

/** Where it takes place. */
export function LocationFields({ type }: { type?: EventType }) {
  const words = useWords("scheduling.edit");
  const [where, setWhere] = useState<string>(type?.locationType ?? "video_call");
  return (
    <div className="grid gap-5">
      <RadioGroup
        name="locationType"
        label={words.where}
        defaultValue={where}
        onChoose={setWhere}
        options={[
          { value: "video_call", label: words.video, hint: words.videoHint },
          { value: "phone_call", label: words.phone },
          { value: "in_person", label: words.inPerson },
          { value: "custom", label: words.custom },
        ]}
      />
      <div hidden={where !== "phone_call"}>
        <Segmented
          name="phoneCaller"
          label={words.caller}
          defaultValue={type?.phoneCaller ?? "host"}
          options={[
            { value: "host", label: words.callerHost },
            { value: "invitee", label: words.callerInvitee },
          ]}
        />
      </div>
      <div hidden={where === "video_call"}>
        <TextArea
          name="locationDetails"
          label={where === "phone_call" ? words.number : words.details}
          hint={words.detailsHint}
          maxLength={2000}
          rows={2}
          defaultValue={type?.locationDetails}
        />
      </div>
    </div>
  );
}
