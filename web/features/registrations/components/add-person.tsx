import { Link } from "react-router";

import type { Participant, Side } from "#contract/registrations.ts";
import type { TicketType } from "#contract/tickets.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { useBeginning } from "#web/ui/beginning.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { RadioGroup } from "#web/ui/choice.tsx";
import { Field } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { Panel } from "#web/ui/surface.tsx";
import { Switch } from "#web/ui/switch.tsx";

interface Props {
  types: readonly TicketType[];
  format: "in_person" | "virtual" | "hybrid";
  back: string;
  result: unknown;
}

/** Somebody whom the team adds, whatever the window and the approval say. */
export function AddPerson({ types, format, back, result }: Props) {
  const words = useWords("registrations.team");
  const fill = useFill();
  const sides: Side[] = format === "hybrid" ? ["in_person", "virtual"] : [format];
  return (
    <Ask title={words.addTitle} text={words.addText} back={back} result={result} intent="add" act={words.addNow}>
      <Field name="name" label={words.name} maxLength={120} required autoFocus />
      <Field name="email" type="email" label={words.email} maxLength={254} required />
      <Tickets types={types} chosen={types[0]?.id} />
      {sides.length > 1 ? (
        <RadioGroup
          name="side"
          label={words.side}
          defaultValue={sides[0]}
          options={sides.map((side) => ({ value: side, label: fill(words.sideName, { side }) }))}
        />
      ) : (
        <input type="hidden" name="side" value={sides[0]} />
      )}
      <div>
        <Switch name="letter" label={words.letter} defaultChecked />
        <Switch name="overbook" label={words.overbook} hint={words.overbookHint} />
      </div>
    </Ask>
  );
}

interface MoveProps extends Omit<Props, "format"> {
  person: Participant;
  times: readonly { id: string; startTime: string; endTime: string | null }[];
  /** The time they come to now. */
  now: string;
  zone: string;
}

/** Another time or another ticket for somebody. */
export function MovePerson({ person, types, times, now, zone, back, result }: MoveProps) {
  const words = useWords("registrations.team");
  const fill = useFill();
  const beginning = useBeginning();
  return (
    <Ask
      title={fill(words.moveTitle, { name: person.name })}
      text={words.moveText}
      back={back}
      result={result}
      intent="move"
      act={words.moveNow}
    >
      <input type="hidden" name="registration" value={person.id} />
      {times.length > 1 && (
        <RadioGroup
          name="occurrenceId"
          label={words.time}
          defaultValue={now}
          options={times.map(({ id, ...span }) => ({ value: id, label: beginning(span, zone) }))}
        />
      )}
      <Tickets types={types} chosen={types.find(({ name }) => name === person.ticketTypeName)?.id ?? types[0]?.id} />
      <Switch name="overbook" label={words.overbook} hint={words.overbookHint} />
    </Ask>
  );
}

function Tickets({ types, chosen }: { types: readonly TicketType[]; chosen?: string }) {
  const words = useWords("registrations.team");
  if (types.length < 2) return <input type="hidden" name="ticketTypeId" value={chosen ?? ""} />;
  return (
    <RadioGroup
      name="ticketTypeId"
      label={words.ticket}
      defaultValue={chosen}
      options={types.map(({ id, name }) => ({ value: id, label: name }))}
    />
  );
}

interface AskProps {
  title: string;
  text: string;
  back: string;
  result: unknown;
  intent: string;
  act: string;
  children: React.ReactNode;
}

function Ask({ title, text, back, result, intent, act, children }: AskProps) {
  const common = useWords("ui.common");
  return (
    <Panel aria-labelledby="question" className="mb-8 max-w-[40rem] animate-rise">
      <h2 id="question" className="mb-1 text-lg!">
        {title}
      </h2>
      <p className="mb-5 text-ink-soft">{text}</p>
      <Form result={result} className="grid gap-5">
        {children}
        <div className="flex flex-wrap gap-2">
          <SubmitButton name="intent" value={intent}>
            {act}
          </SubmitButton>
          <Link to={back} className="touch inline-flex items-center rounded-control px-4 font-medium hover:bg-ink/7">
            {common.cancel}
          </Link>
        </div>
      </Form>
    </Panel>
  );
}
