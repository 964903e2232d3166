import type { EventTypeHost } from "#contract/scheduling.ts";
import type { Share } from "#domain/availability/teams.ts";
import { useFill, useLocale, useWords } from "#web/platform/words.ts";
import { Field, Select } from "#web/ui/field.tsx";
import { NumberField } from "#web/ui/number-field.tsx";
import { Switch } from "#web/ui/switch.tsx";

interface Props {
  field: (part: string) => string;
  host: EventTypeHost | undefined;
  name: string;
  portion: number | undefined;
  onShare: (said: Partial<Share>) => void;
  isShown: boolean;
}

const ranks = [1, 0, -1];

/** How much of what is booked goes to a host who takes turns; kept, though unseen, where there are none. */
export function ShareFields({ field, host, name, portion = 0, onShare, isShown }: Props) {
  const words = useWords("scheduling.hosts");
  const fill = useFill();
  const percent = new Intl.NumberFormat(useLocale(), { style: "percent" });
  const priority = host?.priority ?? 0;
  const says: Record<number, string> = { 1: words.first, 0: words.alike, [-1]: words.last };
  return (
    <fieldset hidden={!isShown} className="ms-8 pt-1 pb-3">
      <legend className="sr-only">{fill(words.partOf, { name })}</legend>
      <div className="grid grid-cols-2 items-start gap-x-4 gap-y-3 sm:grid-cols-3">
        <NumberField
          name={field("weight")}
          max={1000}
          label={words.weight}
          hint={fill(words.portion, { portion: percent.format(portion) })}
          defaultValue={host?.weight ?? 1}
          onInput={({ currentTarget }) => onShare({ weight: Number(currentTarget.value) })}
        />
        <Select name={field("priority")} label={words.priority} defaultValue={String(priority)}>
          {(ranks.includes(priority) ? ranks : [...ranks, priority].sort((a, b) => b - a)).map((rank) => (
            <option key={rank} value={rank}>
              {says[rank] ?? fill(words.rank, { n: rank })}
            </option>
          ))}
        </Select>
        <Field
          name={field("group")}
          label={words.group}
          maxLength={60}
          defaultValue={host?.group ?? ""}
          onInput={({ currentTarget }) => onShare({ group: currentTarget.value.trim() || null })}
          optional
        />
      </div>
      <Switch
        name={field("isFixed")}
        label={words.fixed}
        defaultChecked={host?.isFixed ?? false}
        onInput={({ currentTarget }) => onShare({ isFixed: currentTarget.checked })}
      />
    </fieldset>
  );
}
