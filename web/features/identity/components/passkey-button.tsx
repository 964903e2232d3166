import { Fingerprint } from "lucide-react";
import { useEffect, useState } from "react";
import { paths } from "#contract/paths.gen.ts";
import type { security, signIn } from "#contract/security.ts";
import { send } from "#web/platform/send.ts";
import { Button } from "#web/ui/button.tsx";

interface Props {
  /** Where the person goes afterwards. */
  next: string;
  label: string;
  /** What is said when no passkey was shown, or one that opens nothing. */
  failed: string;
  /** Offers passkeys in the list of the address field too, without being pressed. */
  autofill?: boolean;
  /** Shows once more who sits there, instead of signing in. */
  confirms?: boolean;
}

type Ask = typeof signIn.askPasskey;
type Use = typeof signIn.usePasskey;
type Confirm = typeof security.confirmByPasskey;

/** Asks the browser for a passkey, shows it to the house, and goes on. */
async function show({ next, confirms }: Pick<Props, "next" | "confirms">, useBrowserAutofill: boolean): Promise<void> {
  const { startAuthentication } = await import("@simplewebauthn/browser");
  const { step, options } = await send<Ask>(paths.signIn.askPasskey, {});
  const optionsJSON = options as unknown as Parameters<typeof startAuthentication>[0]["optionsJSON"];
  const response = await startAuthentication({ optionsJSON, useBrowserAutofill });
  const body = { step, response: { ...response } };
  if (confirms) await send<Confirm>(paths.security.confirmByPasskey, { body });
  else await send<Use>(paths.signIn.usePasskey, { body });
  location.assign(next);
}

/** Shows a passkey; it needs script, and comes with it where the browser knows passkeys. */
export function PasskeyButton({ next, label, failed, autofill, confirms }: Props) {
  const [isAble, setAble] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [hasFailed, setFailed] = useState(false);

  useEffect(() => {
    if (!("PublicKeyCredential" in window)) return;
    setAble(true);
    if (!autofill) return;
    // Waits in the field's list until a passkey is chosen there; pressing the button ends the wait.
    PublicKeyCredential.isConditionalMediationAvailable?.()
      .then((isOffered) => (isOffered ? show({ next, confirms }, true) : undefined))
      .catch(() => undefined);
  }, [next, confirms, autofill]);

  async function press(): Promise<void> {
    setBusy(true);
    setFailed(false);
    await show({ next, confirms }, false).catch(() => setFailed(true));
    setBusy(false);
  }

  if (!isAble) return null;
  return (
    <div className="grid gap-2">
      <Button size="lg" wide icon={<Fingerprint aria-hidden="true" />} pending={isBusy} onClick={press}>
        {label}
      </Button>
      <p role="status" className="text-sm text-bad empty:hidden">
        {hasFailed ? failed : ""}
      </p>
    </div>
  );
}
