import { Plus, X } from "lucide-react";
import { useEffect, useState } from "react";
import { useFetcher } from "react-router";

import type { EventView } from "#contract/events.ts";
import type { TicketType } from "#contract/tickets.ts";
import { TooSmall } from "#web/features/organize/components/too-small.tsx";
import { wallIn } from "#web/features/organize/components/wall.ts";
import type { FormResult } from "#web/platform/form.ts";
import { newId } from "#web/platform/id.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { Button, IconButton, SubmitButton } from "#web/ui/button.tsx";
import { DateTimeField } from "#web/ui/date-time-field.tsx";
import { Field, Select, TextArea } from "#web/ui/field.tsx";
import { Fold } from "#web/ui/fold.tsx";
import { Form } from "#web/ui/form.tsx";
import { useFormState } from "#web/ui/form-state.ts";
import { NumberField } from "#web/ui/number-field.tsx";
import { Switch } from "#web/ui/switch.tsx";
import { toast } from "#web/ui/toast.tsx";

interface Props {
  event: EventView;
  types: readonly TicketType[];
}

interface Row {
  key: string;
  type?: TicketType;
}

const rowsOf = (types: readonly TicketType[]): Row[] => types.map((type) => ({ key: type.id, type }));

/** What people can choose; saved as a whole, since their order and their number belong together. */
export function EditorTickets({ event, types }: Props) {
  const words = useWords("organize.edit");
  const fetcher = useFetcher<FormResult<{ items: TicketType[] }>>();
  const [rows, setRows] = useState(() => rowsOf(types));
  const { data } = fetcher;
  useEffect(() => {
    if (!data?.ok) return;
    toast(words.ticketsSaved);
    // Only what was saved here replaces what is written here: the rest of the page saves itself in between.
    setRows(rowsOf(data.value.items));
  }, [data, words.ticketsSaved]);
  return (
    <Form fetcher={fetcher} className="grid gap-4">
      <input type="hidden" name="intent" value="tickets" />
      <ul className="grid gap-3">
        {rows.map(({ key, type }, index) => (
          <li key={key} className="rounded-panel border border-line bg-surface p-4">
            <TicketFields
              name={`items.${index}`}
              type={type}
              isHybrid={event.format === "hybrid"}
              zone={event.timeZone}
              onRemove={rows.length > 1 ? () => setRows((now) => now.filter((row) => row.key !== key)) : undefined}
            />
          </li>
        ))}
      </ul>
      <TooSmall failure={fetcher.data?.ok === false ? fetcher.data : undefined} />
      <div className="flex flex-wrap justify-between gap-3">
        <Button
          size="sm"
          variant="quiet"
          icon={<Plus aria-hidden="true" />}
          onClick={() => setRows((now) => [...now, { key: newId() }])}
        >
          {words.ticketAdd}
        </Button>
        <SubmitButton size="sm" variant="secondary" name="intent" value="tickets">
          {words.ticketSave}
        </SubmitButton>
      </div>
    </Form>
  );
}

interface FieldsProps {
  name: string;
  type: TicketType | undefined;
  isHybrid: boolean;
  zone: string;
  onRemove: (() => void) | undefined;
}

function TicketFields({ name, type, isHybrid, zone, onRemove }: FieldsProps) {
  const words = useWords("organize.edit");
  const fresh = useWords("organize.fresh");
  const fill = useFill();
  return (
    <div
      className={`relative grid items-start gap-4 ${isHybrid ? "sm:grid-cols-[1fr_5rem_10.5rem_auto]" : "sm:grid-cols-[1fr_7rem_auto]"}`}
    >
      {type && <input type="hidden" name={`${name}.id`} value={type.id} />}
      <Field name={`${name}.name`} label={words.ticketName} defaultValue={type?.name} maxLength={80} required />
      <NumberField
        name={`${name}.capacity`}
        label={words.ticketCapacity}
        min={1}
        max={1_000_000}
        defaultValue={type?.capacity}
      />
      {isHybrid && (
        <Select name={`${name}.side`} label={words.ticketSide} defaultValue={type?.side ?? "any"}>
          <option value="any">{words.ticketAny}</option>
          <option value="in_person">{fresh.in_person}</option>
          <option value="virtual">{fresh.virtual}</option>
          <option value="both">{fresh.hybrid}</option>
        </Select>
      )}
      {onRemove && (
        <IconButton
          label={fill(words.ticketRemove, { name: type?.name ?? "" })}
          onClick={onRemove}
          className="max-sm:absolute max-sm:end-2 max-sm:top-2 sm:mt-7"
        >
          <X aria-hidden="true" />
        </IconButton>
      )}
      <TicketMore name={name} type={type} zone={zone} />
    </div>
  );
}

/** What the simplest ticket does without; open where it says something. */
function TicketMore({ name, type, zone }: { name: string; type: TicketType | undefined; zone: string }) {
  const words = useWords("organize.edit");
  const { failure } = useFormState();
  const isWrong = ["description", "opensAt", "closesAt", "maxParty"].some((one) => failure?.fields[`${name}.${one}`]);
  const saysMore = isWrong || type?.description || type?.opensAt || type?.closesAt || type?.allowsSeveral;
  return (
    <div className="col-span-full">
      <Fold title={words.ticketMore} isOpen={Boolean(saysMore)}>
        <div className="grid gap-4">
          <TextArea
            name={`${name}.description`}
            label={words.ticketDescription}
            defaultValue={type?.description}
            maxLength={500}
            rows={2}
            optional
          />
          <div className="grid items-start gap-4 sm:grid-cols-2">
            <DateTimeField
              name={`${name}.opensAt`}
              label={words.ticketOpens}
              hint={words.ticketOpensHint}
              defaultValue={wallIn(type?.opensAt ?? null, zone)}
              optional
            />
            <DateTimeField
              name={`${name}.closesAt`}
              label={words.ticketCloses}
              hint={words.ticketClosesHint}
              defaultValue={wallIn(type?.closesAt ?? null, zone)}
              optional
            />
            <NumberField
              name={`${name}.maxParty`}
              label={words.ticketMaxParty}
              hint={words.ticketMaxPartyHint}
              min={1}
              max={100}
              defaultValue={type?.maxParty ?? 10}
              required
            />
          </div>
          <Switch
            name={`${name}.allowsSeveral`}
            label={words.ticketSeveral}
            hint={words.ticketSeveralHint}
            defaultChecked={type?.allowsSeveral ?? false}
          />
        </div>
      </Fold>
    </div>
  );
}
