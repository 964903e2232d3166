import { Fingerprint } from "lucide-react";

import { me } from "#contract/identity.ts";
import { type PasskeyView, security } from "#contract/security.ts";
import { NewPasskey } from "#web/features/identity/components/new-passkey.tsx";
import { askFirst, confirmed } from "#web/features/security/act.ts";
import { call } from "#web/platform/api.ts";
import { refusalOf } from "#web/platform/refusal.ts";
import { useFill, useWords, words } from "#web/platform/words.ts";
import { Confirm, OpenDialog } from "#web/ui/dialog.tsx";
import { NarrowPage, PageHeader } from "#web/ui/page.tsx";
import { Badge } from "#web/ui/surface.tsx";
import { Time } from "#web/ui/time.tsx";

import type { Route } from "./+types/passkeys-page";

export async function loader({ request, context }: Route.LoaderArgs) {
  await confirmed(context, request);
  const [{ items }, { timeZone }] = await Promise.all([
    call(context, security.passkeys, {}),
    call(context, me.get, {}),
  ]);
  return { items, zone: timeZone, words: words(context, ["security.passkeys"]) };
}

export async function action({ request, context }: Route.ActionArgs) {
  const id = String((await request.formData()).get("id"));
  try {
    await call(context, security.removePasskey, { params: { id } });
  } catch (thrown) {
    const code = refusalOf(thrown)?.code;
    if (code === "auth.confirm_needed") throw askFirst(request);
    if (code !== "passkey.not_found") throw thrown;
  }
  return null;
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: `${loaderData?.words["security.passkeys"].title} · Plenary` },
];

export default function PasskeysPage({ loaderData }: Route.ComponentProps) {
  const words = useWords("security.passkeys");
  const { items, zone } = loaderData;
  return (
    <NarrowPage>
      <PageHeader title={words.title} text={words.text} back={{ to: "/me/security", label: words.back }} />
      {items.length === 0 ? (
        <p className="mb-8 text-ink-soft">{words.none}</p>
      ) : (
        <ul aria-label={words.list} className="mb-8 grid">
          {items.map((passkey) => (
            <Passkey key={passkey.id} passkey={passkey} zone={zone} />
          ))}
        </ul>
      )}
      <NewPasskey />
    </NarrowPage>
  );
}

function Passkey({ passkey, zone }: { passkey: PasskeyView; zone: string }) {
  const words = useWords("security.passkeys");
  const fill = useFill();
  const { id, name, isSynced, createdAt, lastUsedAt } = passkey;
  return (
    <li className="flex items-center gap-4 border-b border-line py-4 first:pt-0">
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
      </div>
      <OpenDialog dialog={`remove-${id}`} size="sm" aria-label={fill(words.removeOf, { name })}>
        {words.remove}
      </OpenDialog>
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
