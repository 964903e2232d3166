import { Link, redirect } from "react-router";
import { z } from "zod";

import { auth, LoginInput } from "#contract/identity.ts";
import { nostr } from "#contract/nostr.ts";
import { signIn } from "#contract/security.ts";
import { onToSecond } from "#web/features/identity/act.ts";
import { Entrance } from "#web/features/identity/components/entrance.tsx";
import { NostrButton } from "#web/features/identity/components/nostr-button.tsx";
import { PasskeyButton } from "#web/features/identity/components/passkey-button.tsx";
import { PasswordField } from "#web/features/identity/components/password-field.tsx";
import { ProviderProblem, Providers } from "#web/features/identity/components/providers.tsx";
import { keepWaiting } from "#web/features/identity/components/verify-cookie.ts";
import { call, pageOf } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { houseOf } from "#web/platform/house.ts";
import { localPath, nextOf } from "#web/platform/next.ts";
import { said, useWords, words } from "#web/platform/words.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { Field } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";

import type { Route } from "./+types/sign-in-page";

export async function loader({ request, context }: Route.LoaderArgs) {
  const next = nextOf(request);
  if (pageOf(context).viewer) throw redirect(next || "/me");
  return {
    next,
    asks: { method: nostr.signIn.method as "POST", url: `${pageOf(context).publicUrl}/api/v1${nostr.signIn.path}` },
    providers: (await call(context, signIn.providers, {})).items,
    problem: new URL(request.url).searchParams.get("with"),
    words: words(context, ["identity.signIn", "identity.entrance", "identity.password", "identity.with"]),
  };
}

/** What an extension has signed. */
const Proof = z.strictObject({ proof: z.string() });

export async function action({ request, context }: Route.ActionArgs) {
  const form = await request.formData();
  const next = localPath(form.get("next"), "/me");
  form.delete("next");
  const result = form.has("proof")
    ? await formResult(form, Proof, ({ proof }) => {
        const body = { bytes: Buffer.alloc(0), headers: { authorization: proof } };
        return call(context, nostr.signIn, { body, query: {} });
      })
    : await formResult(form, LoginInput, (body) => call(context, auth.login, { body, query: {} }));
  if (result.ok) return redirect(next);
  const second = onToSecond(result, next);
  if (second) return second;
  if (result.code !== "auth.unverified") return result;
  // The step that is left has an address of its own, to which Back and reload return.
  const waiting = { email: result.typed.email ?? "", next: localPath(next, ""), from: "signIn" as const };
  return redirect("/verify", { headers: { "Set-Cookie": keepWaiting(waiting) } });
}

export const meta: Route.MetaFunction = ({ loaderData, matches }) => {
  const words = said(loaderData?.words)?.["identity.signIn"];
  return [{ title: `${words?.submit} · ${houseOf(matches)}` }, { name: "description", content: words?.description }];
};

export default function SignInPage({ loaderData, actionData }: Route.ComponentProps) {
  const { next, asks, providers, problem } = loaderData;
  const words = useWords("identity.signIn");
  return (
    <Entrance title={words.title}>
      <ProviderProblem why={problem} />
      <Form result={actionData} className="grid gap-5">
        <input type="hidden" name="next" value={next} />
        <Field
          name="email"
          type="email"
          label={words.email}
          autoComplete="username webauthn"
          maxLength={254}
          required
        />
        <div className="relative">
          <PasswordField
            name="password"
            label={words.password}
            autoComplete="current-password"
            maxLength={200}
            required
          />
          <Link to="/forgot" className="link absolute end-0 top-0 text-sm">
            {words.forgot}
          </Link>
        </div>
        <SubmitButton size="lg" wide>
          {words.submit}
        </SubmitButton>
      </Form>
      <p className="flex items-center gap-4 text-sm text-ink-soft before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        {words.or}
      </p>
      <div className="grid gap-3">
        <Providers providers={providers} next={next} />
        <PasskeyButton next={next || "/me"} label={words.passkey} failed={words.passkeyFailed} autofill />
        <NostrButton asks={asks} sends={{ next }} label={words.nostr} failed={words.nostrFailed} size="lg" />
        <ButtonLink to={next ? `/sign-in/link?next=${encodeURIComponent(next)}` : "/sign-in/link"} size="lg" wide>
          {words.byLink}
        </ButtonLink>
      </div>
      <p className="text-sm text-ink-soft">
        {words.new}{" "}
        <Link to={next ? `/sign-up?next=${encodeURIComponent(next)}` : "/sign-up"} className="link">
          {words.signUp}
        </Link>
      </p>
    </Entrance>
  );
}
