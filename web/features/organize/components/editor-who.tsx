import type { Category, EventView } from "#contract/events.ts";
import { useWords } from "#web/platform/words.ts";
import { RadioGroup } from "#web/ui/choice.tsx";
import { Field, Select } from "#web/ui/field.tsx";

const visibilities = ["public", "unlisted", "invite_only", "private"] as const;

/** Who finds it, and under what. */
export function EditorWho({ event, categories }: { event: EventView; categories: readonly Category[] }) {
  const words = useWords("organize.edit");
  const kinds = useWords("organize.kinds");
  const category = event.category && !categories.some(({ id }) => id === event.category?.id) ? [event.category] : [];
  return (
    <>
      <RadioGroup
        name="visibility"
        label={words.visibility}
        defaultValue={event.visibility}
        options={visibilities.map((value) => ({ value, label: words[value], hint: words[`${value}Hint`] }))}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <Select name="categoryId" label={words.category} defaultValue={event.categoryId ?? ""}>
          <option value="">{words.none}</option>
          {[...categories, ...category].map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <Select name="kind" label={words.kind} defaultValue={event.kind ?? ""}>
          <option value="">{words.none}</option>
          {Object.entries(kinds).map(([value, says]) => (
            <option key={value} value={value}>
              {says}
            </option>
          ))}
        </Select>
      </div>
      <Field
        name="slug"
        label={words.slug}
        hint={event.status === "published" ? words.slugHint : undefined}
        defaultValue={event.slug}
        minLength={3}
        maxLength={80}
        spellCheck={false}
        autoCapitalize="none"
      />
    </>
  );
}
