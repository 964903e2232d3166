import { Plus, X } from "lucide-react";
import { useState } from "react";

import type { Question } from "#contract/questions.ts";
import type { Side } from "#contract/registrations.ts";
import { Questions } from "#web/features/questions/components/questions.tsx";
import type { Way } from "#web/features/registrations/components/party.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { useViewer } from "#web/shell/viewer.ts";
import { IconButton } from "#web/ui/button.tsx";
import { Segmented } from "#web/ui/choice.tsx";
import { Field } from "#web/ui/field.tsx";

interface Props {
  /** How many stand in the form to begin with: more than one after a problem, or after adding without script. */
  places: number;
  most: number;
  /** The ways of coming that may be chosen from; fewer than two leave nothing to ask. */
  ways: readonly Way[];
  /** How each of them comes. */
  party: readonly (Side | undefined)[];
  /** Whether the first of them is who fills in the form. */
  startsWithMe: boolean;
  /** The one address that may register, where one comes by invitation. */
  invitedAs: { name: string; email: string } | null;
  /** All that is asked; here, of each who comes. */
  questions: readonly Question[];
  onParty: (sides: (Side | undefined)[]) => void;
}

/** Everybody for whom a seat is taken, each with their own name and address. */
export function PartyFields({ places, most, ways, party, startsWithMe, invitedAs, questions, onParty }: Props) {
  const words = useWords("registrations.form");
  const fill = useFill();
  const [rows, setRows] = useState(() => Array.from({ length: places }, (_, index) => index));
  const add = () => {
    setRows([...rows, Math.max(...rows) + 1]);
    onParty([...party, undefined]);
  };
  const leaveOut = (index: number) => {
    setRows(rows.toSpliced(index, 1));
    onParty(party.toSpliced(index, 1));
  };
  return (
    <div className="grid gap-6">
      {rows.map((row, index) => (
        <Person
          key={row}
          index={index}
          isMe={startsWithMe && index === 0}
          invitedAs={index === 0 ? invitedAs : null}
          alone={rows.length === 1}
          ways={ways}
          side={party[index]}
          questions={questions}
          onSide={(side) => onParty(party.with(index, side))}
          onRemove={() => leaveOut(index)}
        />
      ))}
      {rows.length < most && (
        <button
          // Without script the form is sent as it stands, and comes back with one more person in it.
          type="submit"
          name="intent"
          value="add"
          formNoValidate
          onClick={(press) => {
            press.preventDefault();
            add();
          }}
          className="inline-flex min-h-11 items-center gap-2 justify-self-start rounded-control px-2 text-sm font-medium text-accent -ms-2 hover:bg-wash"
        >
          <Plus aria-hidden="true" className="size-4.5" />
          {words.addPerson}
        </button>
      )}
      {rows.length > 1 && rows.length >= most && (
        <p className="text-xs text-ink-soft">{fill(words.mostPeople, { n: most })}</p>
      )}
    </div>
  );
}

interface PersonProps {
  index: number;
  isMe: boolean;
  invitedAs: Props["invitedAs"];
  alone: boolean;
  ways: readonly Way[];
  side: Side | undefined;
  questions: readonly Question[];
  onSide: (side: Side) => void;
  onRemove: () => void;
}

function Person({ index, isMe, invitedAs, alone, ways, side, questions, onSide, onRemove }: PersonProps) {
  const words = useWords("registrations.form");
  const fill = useFill();
  const account = useViewer();
  const viewer = account ?? invitedAs;
  const at = `attendees.${index}`;
  const standingOf = ({ state, left }: Way) => {
    if (state === "waitlist") return [words.ticketWaits];
    return left === null ? [] : [fill(words.ticketLeft, { n: left })];
  };
  return (
    <fieldset className={`grid min-w-0 gap-4 ${index === 0 ? "" : "border-t border-line pt-5"}`}>
      <legend className="sr-only">{isMe ? words.you : fill(words.person, { n: index + 1 })}</legend>
      {!alone && (
        <div className="flex min-h-9 items-center justify-between">
          <p className="font-serif text-lg font-[560]">{isMe ? words.you : fill(words.person, { n: index + 1 })}</p>
          {index > 0 && (
            <IconButton
              label={words.removeThis}
              type="submit"
              name="intent"
              value={`remove.${index}`}
              formNoValidate
              onClick={(press) => {
                press.preventDefault();
                onRemove();
              }}
            >
              <X aria-hidden="true" />
            </IconButton>
          )}
        </div>
      )}
      <Field
        name={`${at}.name`}
        label={isMe ? words.yourName : words.name}
        hint={isMe ? words.yourNameHint : undefined}
        autoComplete={isMe ? "name" : "off"}
        defaultValue={isMe ? viewer?.name : undefined}
        maxLength={120}
        required
      />
      {isMe && viewer ? (
        <>
          <input type="hidden" name={`${at}.email`} value={viewer.email} />
          <p className="-mt-1 text-sm text-ink-soft">{fill(words.signedInAs, { email: viewer.email })}</p>
        </>
      ) : (
        <Field
          name={`${at}.email`}
          type="email"
          label={isMe ? words.yourEmail : words.email}
          hint={isMe ? words.yourEmailHint : words.emailHint}
          autoComplete={isMe ? "email" : "off"}
          inputMode="email"
          maxLength={254}
          required
        />
      )}
      {ways.length > 1 && (
        <Segmented
          name={`${at}.side`}
          label={isMe ? words.side : words.sideOther}
          defaultValue={side}
          onChoose={(chosen) => onSide(chosen as Side)}
          options={ways.map((way) => ({
            value: way.side,
            label: [fill(words.sideName, { side: way.side }), ...standingOf(way)].join(" · "),
            disabled: way.state === "sold_out",
          }))}
        />
      )}
      <Questions questions={questions} name={`${at}.customAnswers`} scope="attendee" />
    </fieldset>
  );
}
