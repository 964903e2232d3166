import type { RouterContextProvider } from "react-router";

import { mailbox } from "#contract/mailbox.ts";
import { call } from "#web/platform/api.ts";
import { refusalOf } from "#web/platform/refusal.ts";

/** Where letters to an address are read while there is no mail server; `null` where letters really go out. For loaders and actions. */
export async function mailboxFor(context: Readonly<RouterContextProvider>, email: string): Promise<string | null> {
  try {
    await call(context, mailbox.list, { query: { limit: 1 } });
    return `/dev/mail?to=${encodeURIComponent(email)}`;
  } catch (thrown) {
    if (refusalOf(thrown)) return null;
    throw thrown;
  }
}
