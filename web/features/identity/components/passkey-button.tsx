import { Fingerprint } from "lucide-react";
import { useEffect, useState } from "react";
import type { PasskeyWay } from "#web/features/identity/components/passkey.ts";
import { refusalOf } from "#web/platform/refusal.ts";
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

/** Shows a passkey to the house; what that takes is loaded only then. */
const show = async (way: PasskeyWay) => (await import("#web/features/identity/components/passkey.ts")).showPasskey(way);

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
      .then((isOffered) => (isOffered ? show({ next, confirms, useBrowserAutofill: true }) : undefined))
      // A wait that was ended is nothing to tell of; a passkey that the house does not know is.
      .catch((thrown: unknown) => setFailed(refusalOf(thrown)?.code === "passkey.refused"));
  }, [next, confirms, autofill]);

  async function press(): Promise<void> {
    setBusy(true);
    setFailed(false);
    await show({ next, confirms, useBrowserAutofill: false }).catch(() => setFailed(true));
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
