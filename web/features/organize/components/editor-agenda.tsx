import { Plus, X } from "lucide-react";

import type { AgendaItem, Speaker } from "#contract/agenda.ts";
import { type Rows, staying, useFirstWords } from "#web/features/organize/components/use-rows.ts";
import { dateFormat } from "#web/platform/format.ts";
import { newId } from "#web/platform/id.ts";
import { useFill, useLocale, useWords, useYear } from "#web/platform/words.ts";
import { Button, IconButton } from "#web/ui/button.tsx";
import { Field, Select, TextArea } from "#web/ui/field.tsx";
import { Fold } from "#web/ui/fold.tsx";
import { NumberField } from "#web/ui/number-field.tsx";

/** An item by the clocks on which it begins: on which day, and at what time. */
export type Draft = Pick<
  AgendaItem,
  "id" | "title" | "description" | "placeName" | "durationMinutes" | "speakerIds"
> & {
  on: string;
  at: string;
};

interface Props {
  rows: Rows<Draft>;
  speakers: readonly Speaker[];
  /** The days on which the event is. */
  days: readonly string[];
  /** When it begins on its first day. */
  from: string;
}

const usualMinutes = 30;

/** What comes when. The page shows it by the clock, so nobody has to order it. */
export function EditorAgenda({ rows: list, speakers, days, from }: Props) {
  const words = useWords("organize.agenda");
  const [first = "", start = ""] = from.split("T");
  const { rows } = list;
  const add = () => {
    const last = rows.at(-1);
    const next = last ? after(last) : { on: first, at: start };
    const fresh = { title: "", description: "", placeName: "", speakerIds: [], durationMinutes: usualMinutes };
    list.add({ ...fresh, ...next, id: newId() });
  };
  return (
    <>
      <input type="hidden" name="agenda" value="" />
      <input type="hidden" name="from" value={from} />
      <ol className="grid gap-3">
        {rows.map((item, index) => (
          <li key={item.id} className="rounded-panel border border-line bg-surface p-4">
            <ItemFields item={item} name={`agenda.${index}`} list={list} speakers={speakers} days={days} />
          </li>
        ))}
      </ol>
      <div>
        <Button data-add size="sm" icon={<Plus aria-hidden="true" />} onClick={add}>
          {words.itemAdd}
        </Button>
      </div>
    </>
  );
}

/** When one ends, as long as that is on the same day. */
function after({ on, at, durationMinutes }: Draft): { on: string; at: string } {
  const [hours = 0, minutes = 0] = at.split(":").map(Number);
  const end = Math.min(hours * 60 + minutes + (durationMinutes ?? 0), 23 * 60 + 59);
  const two = (n: number) => String(n).padStart(2, "0");
  return { on, at: `${two(Math.floor(end / 60))}:${two(end % 60)}` };
}

interface ItemProps {
  item: Draft;
  name: string;
  list: Rows<Draft>;
  speakers: readonly Speaker[];
  days: readonly string[];
}

function ItemFields({ item, name, list, speakers, days }: ItemProps) {
  const words = useWords("organize.agenda");
  const fill = useFill();
  const named = { name: item.title || words.nothing };
  const row = useFirstWords(item.title === "");
  const say = (part: Partial<Draft>) => list.say(item.id, part);
  return (
    <fieldset ref={row} className="grid gap-4 [&>details]:border-b-0!">
      <legend className="sr-only">{named.name}</legend>
      <input type="hidden" name={`${name}.id`} value={item.id} />
      <div className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-start gap-x-2 gap-y-4 sm:gap-4 sm:grid-cols-[9rem_6rem_minmax(0,1fr)_auto]">
        <Field
          type="time"
          name={`${name}.at`}
          label={words.at}
          defaultValue={item.at}
          onInput={({ currentTarget }) => say({ at: currentTarget.value })}
          className="tabular"
          required
        />
        <NumberField
          name={`${name}.durationMinutes`}
          label={words.minutes}
          min={1}
          max={20_160}
          defaultValue={item.durationMinutes}
          onInput={({ currentTarget }) => say({ durationMinutes: Number(currentTarget.value) || null })}
        />
        <div data-first className="max-sm:col-span-full max-sm:row-start-2">
          <Field
            name={`${name}.title`}
            label={words.itemTitle}
            defaultValue={item.title}
            onInput={({ currentTarget }) => say({ title: currentTarget.value })}
            maxLength={200}
            required
          />
        </div>
        <IconButton
          label={fill(words.remove, named)}
          onClick={(click) => staying(click, () => list.remove(item.id))}
          className="mt-7"
        >
          <X aria-hidden="true" />
        </IconButton>
      </div>
      <Day item={item} name={name} days={days} />
      <Who item={item} name={name} speakers={speakers.filter((one) => one.name !== "")} />
      <Fold title={words.more} isOpen={item.description !== "" || item.placeName !== ""}>
        <div className="grid items-start gap-4 sm:grid-cols-[1fr_14rem]">
          <TextArea
            name={`${name}.description`}
            label={words.description}
            defaultValue={item.description}
            maxLength={2000}
            rows={2}
            optional
          />
          <Field
            name={`${name}.placeName`}
            label={words.place}
            hint={words.placeHint}
            defaultValue={item.placeName}
            maxLength={120}
            optional
          />
        </div>
      </Fold>
    </fieldset>
  );
}

/** Asked only where there are several. */
function Day({ item, name, days }: Pick<ItemProps, "item" | "name" | "days">) {
  const words = useWords("organize.agenda");
  const locale = useLocale();
  const year = useYear();
  const known = days.includes(item.on) ? days : [...days, item.on].toSorted();
  if (known.length < 2) return <input type="hidden" name={`${name}.on`} value={item.on} />;
  const options = { weekday: "short", day: "numeric", month: "short", ...year("UTC", ...known) } as const;
  const format = dateFormat(locale, { ...options, timeZone: "UTC" });
  return (
    <Select name={`${name}.on`} label={words.on} defaultValue={item.on} className="max-w-56">
      {known.map((date) => (
        <option key={date} value={date}>
          {format.format(new Date(`${date}T00:00:00Z`))}
        </option>
      ))}
    </Select>
  );
}

function Who({ item, name, speakers }: Pick<ItemProps, "item" | "name" | "speakers">) {
  const words = useWords("organize.agenda");
  if (speakers.length === 0) return null;
  return (
    <fieldset>
      <legend className="mb-2 text-sm font-medium">{words.who}</legend>
      <div className="flex flex-wrap gap-2">
        {speakers.map((one) => (
          <label
            key={one.id}
            className="inline-flex min-h-9 items-center rounded-full border border-line px-3.5 text-sm text-ink-soft has-checked:border-accent has-checked:bg-wash has-checked:font-medium has-checked:text-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent pointer-coarse:min-h-11"
          >
            <input
              type="checkbox"
              name={`${name}.speakerIds`}
              value={one.id}
              defaultChecked={item.speakerIds.includes(one.id)}
              className="sr-only"
            />
            <span dir="auto">{one.name}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
