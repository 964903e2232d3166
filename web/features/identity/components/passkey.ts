import { startAuthentication } from "@simplewebauthn/browser";

import { paths } from "#contract/paths.gen.ts";
import type { security, signIn } from "#contract/security.ts";
import { send } from "#web/platform/send.ts";

export interface PasskeyWay {
  /** Where the person goes afterwards. */
  next: string;
  /** Shows once more who sits there, instead of signing in. */
  confirms?: boolean | undefined;
  /** Waits in the list of the address field, instead of asking at once. */
  useBrowserAutofill: boolean;
}

type Ask = typeof signIn.askPasskey;
type Use = typeof signIn.usePasskey;
type Confirm = typeof security.confirmByPasskey;

/** Asks the browser for a passkey, shows it to the house, and goes on. */
export async function showPasskey({ next, confirms, useBrowserAutofill }: PasskeyWay): Promise<void> {
  const { step, options } = await send<Ask>(paths.signIn.askPasskey, {});
  const optionsJSON = options as unknown as Parameters<typeof startAuthentication>[0]["optionsJSON"];
  const response = await startAuthentication({ optionsJSON, useBrowserAutofill });
  const body = { step, response: { ...response } };
  if (confirms) await send<Confirm>(paths.security.confirmByPasskey, { body });
  else await send<Use>(paths.signIn.usePasskey, { body });
  location.assign(next);
}
