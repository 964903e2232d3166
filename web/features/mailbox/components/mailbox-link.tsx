import { Mail } from "lucide-react";
import type { RouterContextProvider } from "react-router";

import { mailbox } from "#contract/mailbox.ts";
import { call } from "#web/platform/api.ts";
import { refusalOf } from "#web/platform/refusal.ts";
import { useWords } from "#web/platform/words.ts";
import { ButtonLink } from "#web/ui/button.tsx";
import { Notice } from "#web/ui/surface.tsx";

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

/** Shows the way to that mailbox, on machines where one tries Plenary out. Its words are `mailbox.link`. */
export function MailboxLink({ to }: { to: string | null | undefined }) {
  const words = useWords("mailbox.link");
  if (!to) return null;
  return (
    <Notice mood="accent" icon={<Mail aria-hidden="true" />}>
      <p>{words.why}</p>
      <ButtonLink to={to} size="sm" className="mt-2">
        {words.open}
      </ButtonLink>
    </Notice>
  );
}
