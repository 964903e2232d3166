import { Fingerprint } from "lucide-react";

import type { PasskeyView } from "#contract/security.ts";
import type { FormFailure } from "#web/platform/form.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { Confirm, Dialog, OpenDialog } from "#web/ui/dialog.tsx";
import { Field } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { Badge } from "#web/ui/surface.tsx";
import { Time } from "#web/ui/time.tsx";

/** One passkey: what it is called, since when, and how it is called otherwise or taken away. */
export function PasskeyRow({
  passkey,
  zone,
  result,
}: {
  passkey: PasskeyView;
  zone: string;
  /** Why it could not be renamed. */
  result: FormFailure | undefined;
}) {
  const words = useWords("security.passkeys");
  const fill = useFill();
  const { id, name, isSynced, createdAt, lastUsedAt } = passkey;
  return (
    <li className="flex items-start gap-4 border-b border-line py-4 first:pt-0">
      <Fingerprint aria-hidden="true" className="size-6 shrink-0 text-ink-soft" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 font-medium wrap-anywhere">
          {name}
          {isSynced && <Badge>{words.synced}</Badge>}
        </p>
        <p className="text-xs text-ink-soft">
          {words.made} <Time at={createdAt} zone={zone} />, {lastUsedAt ? words.used : words.never}{" "}
          {lastUsedAt && <Time at={lastUsedAt} zone={zone} />}
        </p>
        <div className="mt-3 flex flex-wrap gap-2">
          <OpenDialog dialog={`rename-${id}`} size="sm" aria-label={fill(words.renameOf, { name })}>
            {words.rename}
          </OpenDialog>
          <OpenDialog dialog={`remove-${id}`} size="sm" aria-label={fill(words.removeOf, { name })}>
            {words.remove}
          </OpenDialog>
        </div>
      </div>
      <Dialog id={`rename-${id}`} title={fill(words.renameTitle, { name })}>
        <Form result={result} className="grid gap-4">
          <input type="hidden" name="id" value={id} />
          <Field name="name" label={words.newName} hint={words.nameHint} defaultValue={name} maxLength={60} required />
          <SubmitButton name="intent" value="rename" className="justify-self-end">
            {words.save}
          </SubmitButton>
        </Form>
      </Dialog>
      <Confirm
        id={`remove-${id}`}
        title={fill(words.removeTitle, { name })}
        text={words.removeText}
        confirm={words.remove}
        danger
        sends={{ id }}
      />
    </li>
  );
}
