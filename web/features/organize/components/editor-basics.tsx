import type { EventView } from "#contract/events.ts";
import { useWords } from "#web/platform/words.ts";
import { Field, TextArea } from "#web/ui/field.tsx";

/** What it is called and what it is about. */
export function EditorBasics({ event }: { event: EventView }) {
  const words = useWords("organize.edit");
  return (
    <>
      <Field name="title" label={words.title} defaultValue={event.title} maxLength={200} required />
      <Field
        name="summary"
        label={words.summary}
        hint={words.summaryHint}
        defaultValue={event.summary}
        maxLength={300}
        optional
      />
      <TextArea
        name="description"
        label={words.description}
        hint={words.descriptionHint}
        defaultValue={event.description}
        maxLength={50_000}
        rows={8}
        optional
      />
    </>
  );
}
