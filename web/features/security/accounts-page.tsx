import { Link2 } from "lucide-react";

import { type LinkedAccount, security, signIn } from "#contract/security.ts";
import { ProviderProblem } from "#web/features/identity/components/providers.tsx";
import { askFirst, confirmed } from "#web/features/security/act.ts";
import { call } from "#web/platform/api.ts";
import { houseOf } from "#web/platform/house.ts";
import { refusalOf } from "#web/platform/refusal.ts";
import { said, useFill, useWords, words } from "#web/platform/words.ts";
import { ButtonLink } from "#web/ui/button.tsx";
import { Confirm, OpenDialog } from "#web/ui/dialog.tsx";
import { NarrowPage, PageHeader } from "#web/ui/page.tsx";

import type { Route } from "./+types/accounts-page";

export async function loader({ request, context }: Route.LoaderArgs) {
  await confirmed(context, request);
  const [{ items }, providers] = await Promise.all([
    call(context, security.linkedAccounts, {}),
    call(context, signIn.providers, {}),
  ]);
  return {
    items,
    open: providers.items.filter(({ id }) => !items.some(({ provider }) => provider === id)),
    problem: new URL(request.url).searchParams.get("with"),
    words: words(context, ["security.linked", "identity.with"]),
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const id = String((await request.formData()).get("id"));
  try {
    await call(context, security.unlink, { params: { id } });
  } catch (thrown) {
    const code = refusalOf(thrown)?.code;
    if (code === "auth.confirm_needed") throw askFirst(request);
    if (code !== "provider.not_found") throw thrown;
  }
  return null;
}

export const meta: Route.MetaFunction = ({ loaderData, matches }) => [
  { title: `${said(loaderData?.words)?.["security.linked"].title} · ${houseOf(matches)}` },
];

export default function AccountsPage({ loaderData }: Route.ComponentProps) {
  const words = useWords("security.linked");
  const fill = useFill();
  const { items, open, problem } = loaderData;
  return (
    <NarrowPage>
      <PageHeader title={words.title} text={words.text} back={{ to: "/me/security", label: words.back }} />
      <div className="mb-8 empty:hidden">
        <ProviderProblem why={problem} />
      </div>
      {items.length === 0 ? (
        <p className="mb-8 text-ink-soft">{words.none}</p>
      ) : (
        <ul aria-label={words.list} className="mb-8 grid">
          {items.map((account) => (
            <Account key={account.id} account={account} />
          ))}
        </ul>
      )}
      <div className="flex flex-wrap gap-2">
        {open.map(({ id, name }) => (
          <ButtonLink key={id} to={`/sign-in/with/${id}?next=/me/security/accounts`} reloadDocument>
            {fill(words.link, { provider: name })}
          </ButtonLink>
        ))}
      </div>
    </NarrowPage>
  );
}

function Account({ account: { id, name, label } }: { account: LinkedAccount }) {
  const words = useWords("security.linked");
  const fill = useFill();
  return (
    <li className="flex items-center gap-4 border-b border-line py-4 first:pt-0">
      <Link2 aria-hidden="true" className="size-6 shrink-0 text-ink-soft" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{name}</p>
        <p className="text-xs wrap-anywhere text-ink-soft">{label}</p>
      </div>
      <OpenDialog dialog={`unlink-${id}`} size="sm" aria-label={fill(words.removeOf, { name })}>
        {words.remove}
      </OpenDialog>
      <Confirm
        id={`unlink-${id}`}
        title={fill(words.removeTitle, { name })}
        text={words.removeText}
        confirm={words.remove}
        danger
        sends={{ id }}
      />
    </li>
  );
}
