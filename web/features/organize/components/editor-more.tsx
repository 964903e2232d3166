import type { EventView } from "#contract/events.ts";
import { useWords } from "#web/platform/words.ts";
import { Field, Select, TextArea } from "#web/ui/field.tsx";
import { NumberField } from "#web/ui/number-field.tsx";

interface Props {
  event: EventView;
  languages: readonly { code: string; name: string }[];
}

/** What helps people tell beforehand whether it is for them. */
export function EditorMore({ event, languages }: Props) {
  const words = useWords("organize.edit");
  const isOther = !languages.some(({ code }) => code === event.language);
  return (
    <>
      <div className="grid items-start gap-5 sm:grid-cols-2">
        <Select name="language" label={words.language} defaultValue={event.language}>
          {isOther && <option value={event.language}>{event.language}</option>}
          {languages.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </Select>
        <NumberField
          name="minimumAge"
          label={words.minimumAge}
          hint={words.minimumAgeHint}
          min={1}
          max={120}
          defaultValue={event.minimumAge}
          optional
        />
      </div>
      <Field
        name="tags"
        label={words.tags}
        hint={words.tagsHint}
        defaultValue={event.tags.join(", ")}
        maxLength={450}
        optional
      />
      <TextArea
        name="accessibility"
        label={words.accessibility}
        hint={words.accessibilityHint}
        defaultValue={event.accessibility}
        maxLength={2000}
        rows={2}
        optional
      />
      <TextArea
        name="conduct"
        label={words.conduct}
        hint={words.conductHint}
        defaultValue={event.conduct}
        maxLength={5000}
        rows={3}
        optional
      />
      <TextArea
        name="contact"
        label={words.contact}
        hint={words.contactHint}
        defaultValue={event.contact}
        maxLength={500}
        rows={2}
        optional
      />
    </>
  );
}
