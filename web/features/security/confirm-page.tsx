import { redirect } from "react-router";

import { auth } from "#contract/identity.ts";
import { ConfirmInput, security } from "#contract/security.ts";
import { Entrance } from "#web/features/identity/components/entrance.tsx";
import { PasskeyButton } from "#web/features/identity/components/passkey-button.tsx";
import { PasswordField } from "#web/features/identity/components/password-field.tsx";
import { call, pageOf, signedIn } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { houseOf } from "#web/platform/house.ts";
import { localPath } from "#web/platform/next.ts";
import { said, useFill, useWords, words } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { Form } from "#web/ui/form.tsx";

import type { Route } from "./+types/confirm-page";

export async function loader({ request, context }: Route.LoaderArgs) {
  signedIn(context, request);
  const { email, hasPassword, passkeys } = await call(context, security.get, {});
  return {
    email,
    hasPassword,
    hasPasskey: passkeys > 0,
    next: localPath(new URL(request.url).searchParams.get("next"), "/me/security"),
    words: words(context, ["security.confirm", "identity.entrance", "identity.password"]),
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await request.formData();
  const next = localPath(form.get("next"), "/me/security");
  form.delete("next");
  if (form.has("letter")) {
    const { email } = await call(context, security.get, {});
    await call(context, auth.forgotPassword, { body: { email } });
    return { sent: true };
  }
  const result = await formResult(form, ConfirmInput, (body) => call(context, security.confirm, { body }));
  if (result.ok) return redirect(next);
  // Nobody was asked for an address.
  return result.code === "auth.wrong" ? { ...result, message: pageOf(context).say("security.confirm.wrong") } : result;
}

export const meta: Route.MetaFunction = ({ loaderData, matches }) => [
  { title: `${said(loaderData?.words)?.["security.confirm"].title} · ${houseOf(matches)}` },
];

export default function ConfirmPage({ loaderData, actionData }: Route.ComponentProps) {
  const words = useWords("security.confirm");
  const fill = useFill();
  const { email, hasPassword, hasPasskey, next } = loaderData;
  const passkey = hasPasskey && (
    <PasskeyButton next={next} label={words.passkey} failed={words.passkeyFailed} confirms />
  );
  if (!hasPassword) {
    const isSent = actionData && "sent" in actionData;
    return (
      <Entrance title={words.title} lead={fill(isSent ? words.sent : words.none, { email })}>
        {passkey}
        {!isSent && (
          <Form>
            <SubmitButton size="lg" wide name="letter" value="true">
              {words.send}
            </SubmitButton>
          </Form>
        )}
      </Entrance>
    );
  }
  return (
    <Entrance title={words.title} lead={words.lead}>
      <Form result={actionData} className="grid gap-5">
        <input type="hidden" name="next" value={next} />
        {/* So that a password manager knows whose password this is; it is not sent. */}
        <input type="text" value={email} autoComplete="username" aria-label={email} readOnly disabled hidden />
        <PasswordField
          name="password"
          label={words.password}
          autoComplete="current-password"
          maxLength={200}
          required
          autoFocus
        />
        <SubmitButton size="lg" wide>
          {words.submit}
        </SubmitButton>
      </Form>
      {passkey}
    </Entrance>
  );
}
