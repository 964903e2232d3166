import { me } from "#contract/identity.ts";
import { PasskeyNameInput, security } from "#contract/security.ts";
import { NewPasskey } from "#web/features/identity/components/new-passkey.tsx";
import { askFirst, confirmed } from "#web/features/security/act.ts";
import { PasskeyRow } from "#web/features/security/components/passkey-row.tsx";
import { call } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { houseOf } from "#web/platform/house.ts";
import { refusalOf } from "#web/platform/refusal.ts";
import { said, useWords, words } from "#web/platform/words.ts";
import { NarrowPage, PageHeader } from "#web/ui/page.tsx";

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
  const form = await request.formData();
  const params = { id: String(form.get("id")) };
  if (form.get("intent") === "rename") {
    return formResult(form, PasskeyNameInput, (body) => call(context, security.renamePasskey, { params, body }));
  }
  try {
    await call(context, security.removePasskey, { params });
  } catch (thrown) {
    const code = refusalOf(thrown)?.code;
    if (code === "auth.confirm_needed") throw askFirst(request);
    // Gone meanwhile: the page shows how it stands.
    if (code !== "passkey.not_found") throw thrown;
  }
  return null;
}

export const meta: Route.MetaFunction = ({ loaderData, matches }) => [
  { title: `${said(loaderData?.words)?.["security.passkeys"].title} · ${houseOf(matches)}` },
];

export default function PasskeysPage({ loaderData, actionData }: Route.ComponentProps) {
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
            <PasskeyRow
              key={passkey.id}
              passkey={passkey}
              zone={zone}
              result={actionData?.ok === false && actionData.typed.id === passkey.id ? actionData : undefined}
            />
          ))}
        </ul>
      )}
      <NewPasskey />
    </NarrowPage>
  );
}
