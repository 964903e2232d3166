import { Mail } from "lucide-react";

import { useWords } from "#web/platform/words.ts";
import { ButtonLink } from "#web/ui/button.tsx";
import { Notice } from "#web/ui/surface.tsx";

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
