import { useFill, useWords } from "#web/platform/words.ts";
import { TextArea } from "#web/ui/field.tsx";
import { Switch } from "#web/ui/switch.tsx";

/** Asks whether those who registered hear of a change, and in which words; nobody is asked where there is nobody. */
export function Telling({ told }: { told: number }) {
  const words = useWords("organize.tell");
  const fill = useFill();
  if (told === 0) return null;
  return (
    <fieldset className="group/tell grid gap-3 rounded-panel border border-line bg-sunken p-4">
      <legend className="sr-only">{fill(words.title, { n: told })}</legend>
      <Switch name="notify" label={fill(words.title, { n: told })} hint={words.hint} defaultChecked />
      <div className="group-has-[input[type=checkbox]:not(:checked)]/tell:hidden">
        <TextArea name="note" label={words.note} hint={words.noteHint} rows={2} maxLength={1000} optional />
      </div>
    </fieldset>
  );
}
