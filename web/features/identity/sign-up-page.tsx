import { Link, redirect } from "react-router";

import { auth, SignUpInput } from "#contract/identity.ts";
import { signIn } from "#contract/security.ts";
import { isZone } from "#domain/time/wall.ts";
import { Entrance } from "#web/features/identity/components/entrance.tsx";
import { PasswordField } from "#web/features/identity/components/password-field.tsx";
import { Providers } from "#web/features/identity/components/providers.tsx";
import { keepWaiting } from "#web/features/identity/components/verify-cookie.ts";
import { call, pageOf } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { houseOf } from "#web/platform/house.ts";
import { localPath, nextOf } from "#web/platform/next.ts";
import { said, useWords, words } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { Field } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { useReaderZone } from "#web/ui/time.tsx";

import type { Route } from "./+types/sign-up-page";

export async function loader({ request, context }: Route.LoaderArgs) {
  const { searchParams } = new URL(request.url);
  const next = nextOf(request);
  if (pageOf(context).viewer) throw redirect(next || "/me");
  return {
    next,
    email: searchParams.get("email") ?? "",
    providers: (await call(context, signIn.providers, {})).items,
    words: words(context, ["identity.signUp", "identity.entrance", "identity.password", "identity.with"]),
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await request.formData();
  // The browser names it, not the person, who could not mend it.
  if (!isZone(String(form.get("timeZone")))) form.delete("timeZone");
  const result = await formResult(form, SignUpInput, async (body) => {
    await call(context, auth.register, { body });
    return { email: body.email, next: localPath(body.next, ""), from: "signUp" as const };
  });
  // The step that follows has an address of its own, to which Back and reload return.
  return result.ok ? redirect("/verify", { headers: { "Set-Cookie": keepWaiting(result.value) } }) : result;
}

export const meta: Route.MetaFunction = ({ loaderData, matches }) => {
  const words = said(loaderData?.words)?.["identity.signUp"];
  return [{ title: `${words?.title} · ${houseOf(matches)}` }, { name: "description", content: words?.description }];
};

export default function SignUpPage({ loaderData, actionData }: Route.ComponentProps) {
  const words = useWords("identity.signUp");
  const zone = useReaderZone();
  return (
    <Entrance title={words.title} lead={words.lead}>
      <Form result={actionData} className="grid gap-5">
        <input type="hidden" name="next" value={loaderData.next} />
        {/* Times are shown in the zone where somebody signed up, until they say otherwise. */}
        <input type="hidden" name="timeZone" value={zone ?? ""} />
        <Field name="name" label={words.name} hint={words.nameHint} autoComplete="name" maxLength={120} required />
        <Field
          name="email"
          type="email"
          label={words.email}
          defaultValue={loaderData.email}
          autoComplete="username"
          maxLength={254}
          required
        />
        <PasswordField
          name="password"
          label={words.password}
          hint={words.passwordHint}
          autoComplete="new-password"
          minLength={8}
          maxLength={200}
          required
        />
        <SubmitButton size="lg" wide>
          {words.submit}
        </SubmitButton>
      </Form>
      {loaderData.providers.length > 0 && (
        <div className="grid gap-3">
          <Providers providers={loaderData.providers} next={loaderData.next} />
        </div>
      )}
      <p className="text-sm text-ink-soft">
        {words.have}{" "}
        <Link
          to={loaderData.next ? `/sign-in?next=${encodeURIComponent(loaderData.next)}` : "/sign-in"}
          className="link"
        >
          {words.signIn}
        </Link>
      </p>
    </Entrance>
  );
}
