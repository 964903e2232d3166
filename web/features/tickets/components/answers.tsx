import type { RegistrationDetail } from "#contract/registrations.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { Field } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { Switch } from "#web/ui/switch.tsx";

/** Yes or no to a place that is kept. */
export function Answers({ registration, result }: { registration: RegistrationDetail; result: unknown }) {
  const words = useWords("tickets.state");
  return (
    <Form result={result} className="grid gap-3">
      <input type="hidden" name="registration" value={registration.id} />
      <SubmitButton size="lg" wide name="intent" value="accept">
        {words.accept}
      </SubmitButton>
      <SubmitButton variant="quiet" wide name="intent" value="cancel">
        {words.refuse}
      </SubmitButton>
    </Form>
  );
}

/** Whether the others who come see this person; opens and works without any script. */
export function BeSeen({ registration, result, isOpen }: SwapProps) {
  const words = useWords("tickets.listing");
  const { isListed, displayName } = registration.listing;
  return (
    <details open={isOpen || undefined} className="group border-t border-line pt-4">
      <summary className="inline-flex min-h-11 items-center text-sm text-ink-soft hover:text-ink group-open:font-medium group-open:text-ink">
        {isListed ? words.seen : words.hidden}
      </summary>
      <Form result={result} className="grid justify-items-start gap-4 pt-2 pb-4 [&>div]:w-full">
        <p className="text-sm">{words.text}</p>
        <Switch key={String(isListed)} name="isListed" label={words.show} defaultChecked={isListed} />
        <Field name="displayName" label={words.name} defaultValue={displayName} maxLength={120} required />
        <SubmitButton variant="secondary" name="intent" value="listing">
          {words.save}
        </SubmitButton>
      </Form>
    </details>
  );
}

interface SwapProps {
  registration: RegistrationDetail;
  result: unknown;
  isOpen: boolean;
}

/** Coming another way, after being told what it costs; opens and works without any script. */
export function SwapSide({ registration, result, isOpen }: SwapProps) {
  const words = useWords("tickets.swap");
  const fill = useFill();
  const { otherSides, side } = registration;
  return otherSides.map((other) => (
    <details key={other} id="swap" open={isOpen || undefined} className="group border-t border-line pt-4">
      <summary className="inline-flex min-h-11 items-center text-sm text-ink-soft hover:text-ink group-open:font-medium group-open:text-ink">
        {fill(words.open, { side: other })}
      </summary>
      <Form result={result} className="grid justify-items-start gap-4 pt-2 pb-4">
        <p className="text-sm">{fill(words.text, { side })}</p>
        <input type="hidden" name="side" value={other} />
        <SubmitButton variant="secondary" name="intent" value="swap">
          {fill(words.confirm, { side: other })}
        </SubmitButton>
      </Form>
    </details>
  ));
}

const givesBack = new Set(["confirmed", "pending", "waitlisted"]);

/** Giving a place back, after being asked once more; opens and works without any script. */
export function GiveBack({ status, result }: { status: RegistrationDetail["status"]; result: unknown }) {
  const words = useWords("tickets.cancel");
  const fill = useFill();
  if (!givesBack.has(status)) return null;
  return (
    <details className="group border-t border-line pt-4">
      <summary className="inline-flex min-h-11 items-center text-sm text-ink-soft hover:text-ink group-open:font-medium group-open:text-ink">
        {fill(words.open, { status })}
      </summary>
      <Form result={result} className="grid justify-items-start gap-4 pt-2 pb-4">
        <p className="text-sm">{fill(words.text, { status })}</p>
        <SubmitButton variant="danger" name="intent" value="cancel">
          {fill(words.confirm, { status })}
        </SubmitButton>
      </Form>
    </details>
  );
}
