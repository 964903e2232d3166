import { Plus, X } from "lucide-react";
import { useEffect, useState } from "react";
import { useFetcher } from "react-router";

import type { EventView } from "#contract/events.ts";
import type { TicketType } from "#contract/tickets.ts";
import { TooSmall } from "#web/features/organize/components/too-small.tsx";
import type { FormResult } from "#web/platform/form.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { Button, IconButton, SubmitButton } from "#web/ui/button.tsx";
import { Field, Select } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { NumberField } from "#web/ui/number-field.tsx";
import { toast } from "#web/ui/toast.tsx";

interface Props {
  event: EventView;
  types: readonly TicketType[];
}

interface Row {
  key: string;
  type?: TicketType;
}

/** What people can choose; saved as a whole, since their order and their number belong together. */
export function EditorTickets({ event, types }: Props) {
  const words = useWords("organize.edit");
  const fetcher = useFetcher<FormResult<unknown>>();
  const [rows, setRows] = useState<Row[]>(() => types.map((type) => ({ key: type.id, type })));
  const isSaved = fetcher.state === "idle" && fetcher.data?.ok === true;
  useEffect(() => {
    if (isSaved) toast(words.ticketsSaved);
  }, [isSaved, words.ticketsSaved]);
  useEffect(() => setRows(types.map((type) => ({ key: type.id, type }))), [types]);
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
          onClick={() => setRows((now) => [...now, { key: crypto.randomUUID() }])}
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
  onRemove: (() => void) | undefined;
}

function TicketFields({ name, type, isHybrid, onRemove }: FieldsProps) {
  const words = useWords("organize.edit");
  const fresh = useWords("organize.fresh");
  const fill = useFill();
  return (
    <div className="grid items-start gap-4 sm:grid-cols-[1fr_7rem_auto]">
      {type && <Kept name={name} type={type} />}
      <Field name={`${name}.name`} label={words.ticketName} defaultValue={type?.name} maxLength={80} required />
      <NumberField
        name={`${name}.capacity`}
        label={words.ticketCapacity}
        min={1}
        max={1_000_000}
        defaultValue={type?.capacity}
      />
      {onRemove && (
        <IconButton label={fill(words.ticketRemove, { name: type?.name ?? "" })} onClick={onRemove} className="sm:mt-7">
          <X aria-hidden="true" />
        </IconButton>
      )}
      {isHybrid && (
        <Select name={`${name}.side`} label={words.ticketSide} defaultValue={type?.side ?? "any"}>
          <option value="any">{words.ticketAny}</option>
          <option value="in_person">{fresh.in_person}</option>
          <option value="virtual">{fresh.virtual}</option>
          <option value="both">{fresh.hybrid}</option>
        </Select>
      )}
    </div>
  );
}

/** What this form does not ask for stays as it is. */
function Kept({ name, type }: { name: string; type: TicketType }) {
  const kept = {
    id: type.id,
    description: type.description,
    opensAt: type.opensAt ?? "",
    closesAt: type.closesAt ?? "",
    maxParty: type.maxParty,
    allowsSeveral: String(type.allowsSeveral),
  };
  return Object.entries(kept).map(([key, value]) => (
    <input key={key} type="hidden" name={`${name}.${key}`} value={value} />
  ));
}
