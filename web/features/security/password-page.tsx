import { redirect } from "react-router";

import { auth, ChangePasswordInput } from "#contract/identity.ts";
import { security } from "#contract/security.ts";
import { PasswordField } from "#web/features/identity/components/password-field.tsx";
import { askFirst } from "#web/features/security/act.ts";
import { call, pageOf, signedIn } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { houseOf } from "#web/platform/house.ts";
import { said, useWords, words } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { Form } from "#web/ui/form.tsx";
import { NarrowPage, PageHeader } from "#web/ui/page.tsx";

import type { Route } from "./+types/password-page";

export async function loader({ request, context }: Route.LoaderArgs) {
  signedIn(context, request);
  const { email, hasPassword, confirmedUntil } = await call(context, security.get, {});
  // Who has a password shows it here anyway.
  if (!hasPassword && !confirmedUntil) throw askFirst(request);
  return { email, hasPassword, words: words(context, ["security.password", "identity.password"]) };
}

export async function action({ request, context }: Route.ActionArgs) {
  const result = await formResult(request, ChangePasswordInput, (body) => call(context, auth.changePassword, { body }));
  if (!result.ok && result.code === "auth.confirm_needed") throw askFirst(request);
  if (result.ok) return redirect("/me/security?done=password");
  // Nobody was asked for an address.
  return result.code === "auth.wrong" ? { ...result, message: pageOf(context).say("security.confirm.wrong") } : result;
}

export const meta: Route.MetaFunction = ({ loaderData, matches }) => [
  { title: `${said(loaderData?.words)?.["security.password"].title} · ${houseOf(matches)}` },
];

export default function PasswordPage({ loaderData, actionData }: Route.ComponentProps) {
  const words = useWords("security.password");
  const { email, hasPassword } = loaderData;
  return (
    <NarrowPage>
      <PageHeader title={words.title} text={words.text} back={{ to: "/me/security", label: words.back }} />
      <Form result={actionData} className="grid gap-5">
        {/* So that a password manager knows whose password this is; it is not sent. */}
        <input type="text" value={email} autoComplete="username" aria-label={words.account} readOnly disabled hidden />
        {hasPassword && (
          <PasswordField
            name="currentPassword"
            label={words.current}
            autoComplete="current-password"
            maxLength={200}
            required
          />
        )}
        <PasswordField
          name="newPassword"
          label={words.next}
          hint={words.nextHint}
          autoComplete="new-password"
          minLength={8}
          maxLength={200}
          required
        />
        <SubmitButton className="justify-self-start">{words.submit}</SubmitButton>
      </Form>
    </NarrowPage>
  );
}
