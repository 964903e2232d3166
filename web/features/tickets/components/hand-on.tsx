import type { RegistrationDetail } from "#contract/registrations.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { Field } from "#web/ui/field.tsx";
import { Fold } from "#web/ui/fold.tsx";
import { Form, ownRefusal } from "#web/ui/form.tsx";
import { CopyField } from "#web/ui/share.tsx";

interface Props {
  registration: RegistrationDetail;
  result: unknown;
}

/** The seats that somebody took along and may still name, each with its form and its link. */
export function UnnamedSeats({ registration, result }: Props) {
  const words = useWords("tickets.handOn");
  const fill = useFill();
  const { seats } = registration;
  if (seats.length === 0) return null;
  return (
    <section aria-labelledby="seats" className="grid gap-2">
      <h2 id="seats" className="text-lg!">
        {fill(words.seats, { n: seats.length })}
      </h2>
      <p className="text-sm text-ink-soft">{fill(words.seatsText, { n: seats.length })}</p>
      <ul className="grid">
        {seats.map(({ id, name, claimUrl }) => (
          <li key={id}>
            <Fold title={name} isOpen={seats.length === 1 || ownRefusal(result, { seat: id }) !== undefined}>
              <Ways seat={id} claimUrl={claimUrl} result={result} act={words.name} />
            </Fold>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Giving one's own seat to somebody else; opens and works without any script. */
export function HandOn({ registration: { id, claimUrl }, result }: Props) {
  const words = useWords("tickets.handOn");
  if (claimUrl === null) return null;
  return (
    <Fold title={words.open} isOpen={ownRefusal(result, { seat: id }) !== undefined}>
      <p className="text-sm">{words.text}</p>
      <Ways seat={id} claimUrl={claimUrl} result={result} act={words.give} />
    </Fold>
  );
}

/** By letter, or by a link. */
function Ways({ seat, claimUrl, result, act }: { seat: string; claimUrl: string; result: unknown; act: string }) {
  const words = useWords("tickets.handOn");
  return (
    <div className="grid gap-6 pt-3">
      <Form result={result} sends={{ intent: "name", seat }} className="grid justify-items-start gap-4 [&>div]:w-full">
        <Field name="name" label={words.theirName} autoComplete="off" maxLength={120} required />
        <Field
          name="email"
          type="email"
          label={words.theirEmail}
          hint={words.theirEmailHint}
          autoComplete="off"
          inputMode="email"
          maxLength={254}
          required
        />
        <SubmitButton variant="secondary">{act}</SubmitButton>
      </Form>
      <div className="grid gap-2">
        <CopyField label={words.link} value={claimUrl} />
        <p className="text-xs text-ink-soft">{words.linkHint}</p>
        <Form result={result} sends={{ intent: "renew", seat }}>
          <SubmitButton size="sm" variant="quiet" className="-ms-3">
            {words.renew}
          </SubmitButton>
        </Form>
      </div>
    </div>
  );
}
