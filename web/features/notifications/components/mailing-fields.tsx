import type { Mailing } from "#contract/mailings.ts";
import { useWords } from "#web/platform/words.ts";
import { Field, TextArea } from "#web/ui/field.tsx";
import { Switch } from "#web/ui/switch.tsx";

const statuses = ["confirmed", "pending", "waitlisted", "offered", "cancelled"] as const;
const sides = ["in_person", "virtual"] as const;
const attendances = ["attended", "no_show"] as const;

export interface Meant {
  format: string;
  /** What can be had at the event. */
  types: readonly { id: string; name: string }[];
}

/** What a letter says, and whom it is meant for. */
export function MailingFields({ mailing, format, types }: Meant & { mailing?: Mailing }) {
  const words = useWords("notifications.letters");
  const meant = useWords("notifications.meant");
  const chosen = mailing?.meantFor ?? { statuses: ["confirmed"], ticketTypeIds: [], sides: [], attendances: [] };
  const said = (values: readonly (keyof typeof meant)[]) => values.map((value) => ({ value, label: meant[value] }));
  return (
    <>
      <Field name="subject" label={words.subject} defaultValue={mailing?.subject} maxLength={200} required />
      <TextArea
        name="markdown"
        label={words.text}
        hint={words.textHint}
        defaultValue={mailing?.markdown}
        rows={10}
        maxLength={20000}
        required
      />
      <Choices name="meantFor.statuses" label={meant.statuses} values={said(statuses)} chosen={chosen.statuses} />
      {types.length > 1 && (
        <Choices
          name="meantFor.ticketTypeIds"
          label={meant.ticketTypes}
          values={types.map(({ id, name }) => ({ value: id, label: name }))}
          chosen={chosen.ticketTypeIds}
          hint={meant.any}
        />
      )}
      {format === "hybrid" && (
        <Choices
          name="meantFor.sides"
          label={meant.sides}
          values={said(sides)}
          chosen={chosen.sides}
          hint={meant.any}
        />
      )}
      <Choices
        name="meantFor.attendances"
        label={meant.attendances}
        values={said(attendances)}
        chosen={chosen.attendances}
        hint={meant.any}
      />
      <Switch
        name="isAnnounced"
        label={words.announce}
        hint={words.announceHint}
        defaultChecked={mailing?.isAnnounced ?? false}
      />
    </>
  );
}

interface ChoicesProps {
  name: string;
  label: string;
  values: readonly { value: string; label: string | undefined }[];
  chosen: readonly string[];
  hint?: string;
}

function Choices({ name, label, values, chosen, hint }: ChoicesProps) {
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-2 text-sm font-medium">
        {label}
        {hint && <span className="ms-2 text-xs font-normal text-ink-soft">{hint}</span>}
      </legend>
      {/* So that none chosen is said, too. */}
      <input type="hidden" name={name} value="" />
      <div className="flex flex-wrap gap-2">
        {values.map(({ value, label: says }) => (
          <label
            key={value}
            className="inline-flex min-h-9 items-center gap-2 rounded-full border border-line px-3.5 text-sm has-checked:border-accent has-checked:bg-wash has-checked:font-medium has-checked:text-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent pointer-coarse:min-h-11"
          >
            <input
              type="checkbox"
              name={name}
              value={value}
              defaultChecked={chosen.includes(value)}
              className="accent-(--accent)"
            />
            {says}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
