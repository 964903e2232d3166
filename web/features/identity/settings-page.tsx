import { redirect } from "react-router";

import { auth, ChangePasswordInput, MeInput, me } from "#contract/identity.ts";
import { PasswordField } from "#web/features/identity/components/password-field.tsx";
import { SettingsHeader } from "#web/features/identity/components/settings-header.tsx";
import { call, pageOf, signedIn } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { useWords, words } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { ZoneField } from "#web/ui/date-time-field.tsx";
import { Field, Select } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { NarrowPage } from "#web/ui/page.tsx";
import { Notice, Section } from "#web/ui/surface.tsx";

import type { Route } from "./+types/settings-page";

export async function loader({ request, context }: Route.LoaderArgs) {
  signedIn(context, request);
  const { locale, locales } = pageOf(context);
  const names = new Intl.DisplayNames(locale, { type: "language" });
  return {
    me: await call(context, me.get, {}),
    languages: locales.map((code) => ({ code, name: names.of(code) ?? code })),
    done: new URL(request.url).searchParams.get("done"),
    words: words(context, ["identity.settings", "identity.password"]),
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await request.formData();
  const intent = form.get("intent");
  form.delete("intent");
  const result =
    intent === "password"
      ? await formResult(form, ChangePasswordInput, (body) => call(context, auth.changePassword, { body }))
      : await formResult(form, MeInput, (body) => call(context, me.change, { body }));
  // A page of its own, so that going back or reloading sends nothing again.
  return result.ok ? redirect(`?done=${intent === "password" ? "password" : "profile"}`) : { ...result, intent };
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: `${loaderData?.words["identity.settings"].title} · Plenary` },
];

export default function SettingsPage({ loaderData, actionData }: Route.ComponentProps) {
  const words = useWords("identity.settings");
  const { me, languages, done } = loaderData;
  const isPassword = actionData?.intent === "password";
  return (
    <NarrowPage>
      <SettingsHeader />
      {done && !actionData && (
        <div className="mb-8">
          <Notice mood="good">{done === "password" ? words.changed : words.saved}</Notice>
        </div>
      )}
      <Section id="you" title={words.you} text={words.youText}>
        <Form result={isPassword ? undefined : actionData} className="grid gap-5">
          <Field name="name" label={words.name} defaultValue={me.name} autoComplete="name" maxLength={120} required />
          <div className="grid gap-1.5">
            <p className="text-sm font-medium">{words.email}</p>
            <p>{me.email}</p>
            <p className="text-xs text-ink-soft">{words.emailHint}</p>
          </div>
          <Select name="locale" label={words.language} defaultValue={me.locale}>
            {languages.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </Select>
          <ZoneField name="timeZone" label={words.zone} hint={words.zoneHint} defaultValue={me.timeZone} required />
          <SubmitButton name="intent" value="profile" className="justify-self-start">
            {words.save}
          </SubmitButton>
        </Form>
      </Section>
      <Section id="password" title={words.password} text={words.passwordText}>
        <Form result={isPassword ? actionData : undefined} className="grid gap-5">
          <input type="hidden" name="email" value={me.email} autoComplete="username" disabled />
          <PasswordField
            name="currentPassword"
            label={words.current}
            autoComplete="current-password"
            maxLength={200}
            required
          />
          <PasswordField
            name="newPassword"
            label={words.next}
            hint={words.nextHint}
            autoComplete="new-password"
            minLength={8}
            maxLength={200}
            required
          />
          <SubmitButton variant="secondary" name="intent" value="password" className="justify-self-start">
            {words.change}
          </SubmitButton>
        </Form>
      </Section>
    </NarrowPage>
  );
}
