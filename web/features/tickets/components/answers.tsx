import type { RegistrationDetail } from "#contract/registrations.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { Field } from "#web/ui/field.tsx";
import { Fold } from "#web/ui/fold.tsx";
import { Form, ownRefusal } from "#web/ui/form.tsx";
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
    <Fold title={isListed ? words.seen : words.hidden} isOpen={isOpen || isRefused(result, "listing")}>
      <Form result={result} sends={{ intent: "listing" }} className="grid justify-items-start gap-4 [&>div]:w-full">
        <p className="text-sm">{words.text}</p>
        <Switch key={String(isListed)} name="isListed" label={words.show} defaultChecked={isListed} />
        <Field name="displayName" label={words.name} defaultValue={displayName} maxLength={120} required />
        <SubmitButton variant="secondary">{words.save}</SubmitButton>
      </Form>
    </Fold>
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
  const { otherSides, fullSides, side } = registration;
  return otherSides.map((other) => (
    <Fold key={other} id="swap" title={fill(words.open, { side: other })} isOpen={isOpen || isRefused(result, "swap")}>
      {fullSides.includes(other) ? (
        <p className="text-sm">{fill(words.full, { side: other })}</p>
      ) : (
        <Form result={result} sends={{ intent: "swap", side: other }} className="grid justify-items-start gap-4">
          <p className="text-sm">{fill(words.text, { side })}</p>
          <SubmitButton variant="secondary">{fill(words.confirm, { side: other })}</SubmitButton>
        </Form>
      )}
    </Fold>
  ));
}

const isRefused = (result: unknown, intent: string) => ownRefusal(result, { intent }) !== undefined;

const givesBack = new Set(["confirmed", "pending", "waitlisted"]);

/** Giving a place back, after being asked once more; opens and works without any script. */
export function GiveBack({ status, result }: { status: RegistrationDetail["status"]; result: unknown }) {
  const words = useWords("tickets.cancel");
  const fill = useFill();
  if (!givesBack.has(status)) return null;
  return (
    <Fold title={fill(words.open, { status })} isOpen={isRefused(result, "cancel")}>
      <Form result={result} sends={{ intent: "cancel" }} className="grid justify-items-start gap-4">
        <p className="text-sm">{fill(words.text, { status })}</p>
        <SubmitButton variant="danger">{fill(words.confirm, { status })}</SubmitButton>
      </Form>
    </Fold>
  );
}
