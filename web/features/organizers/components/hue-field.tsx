import { Check } from "lucide-react";

import { useWords } from "#web/platform/words.ts";
import { useFieldState } from "#web/ui/field-state.ts";
import { toneStyle } from "#web/ui/tone.ts";

const hues = [195, 235, 270, 305, 345, 45, 70, 150] as const;

/** One of a few colours that go well with the house; the present one stays among them. Its words are `organizers.settings`. */
export function HueField({ name, defaultValue }: { name: string; defaultValue: number }) {
  const words = useWords("organizers.settings");
  const { typed } = useFieldState(name);
  const chosen = Number(typed ?? defaultValue);
  const named = hues.map((hue) => ({ hue: hue as number, says: words[`hue${hue}`] }));
  const all = named.some(({ hue }) => hue === defaultValue)
    ? named
    : [{ hue: defaultValue, says: words.hueNow }, ...named];
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1.5 text-sm font-medium">{words.hue}</legend>
      <div className="flex flex-wrap gap-2.5">
        {all.map(({ hue, says }) => (
          <label
            key={hue}
            title={says}
            style={toneStyle(hue)}
            className="relative grid size-11 place-items-center rounded-full bg-accent text-on-accent has-checked:outline-2 has-checked:outline-offset-2 has-checked:outline-accent has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-ink"
          >
            <input
              type="radio"
              name={name}
              value={hue}
              defaultChecked={hue === chosen}
              aria-label={says}
              className="peer absolute inset-0 cursor-pointer opacity-0"
            />
            <Check aria-hidden="true" className="pointer-events-none size-5 opacity-0 peer-checked:opacity-100" />
          </label>
        ))}
      </div>
      <p className="text-xs text-ink-soft">{words.hueHint}</p>
    </fieldset>
  );
}
