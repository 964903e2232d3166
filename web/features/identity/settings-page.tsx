import { redirect } from "react-router";

import { MeInput, me } from "#contract/identity.ts";
import { PictureForm, ProfileForm } from "#web/features/identity/components/settings-forms.tsx";
import { SettingsHeader } from "#web/features/identity/components/settings-header.tsx";
import { call, pageOf, signedIn } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { houseOf } from "#web/platform/house.ts";
import { PictureInput, rawOf } from "#web/platform/picture.ts";
import { said, useWords, words } from "#web/platform/words.ts";
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
    words: words(context, ["identity.settings"]),
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await request.formData();
  const intent = String(form.get("intent"));
  form.delete("intent");
  const result = await change(context, intent, form);
  // A page of its own, so that going back or reloading sends nothing again.
  return result.ok ? redirect(`/me/settings?done=${intent}`) : { ...result, intent };
}

async function change(context: Route.ActionArgs["context"], intent: string, form: FormData) {
  switch (intent) {
    case "picture":
      return formResult(form, PictureInput, async (input) =>
        call(context, me.setPicture, { body: await rawOf(input) }),
      );
    case "no-picture":
      return { ok: true as const, value: await call(context, me.removePicture, {}) };
    default:
      return formResult(form, MeInput, (body) => call(context, me.change, { body }));
  }
}

export const meta: Route.MetaFunction = ({ loaderData, matches }) => [
  { title: `${said(loaderData?.words)?.["identity.settings"].title} · ${houseOf(matches)}` },
];

export default function SettingsPage({ loaderData, actionData }: Route.ComponentProps) {
  const words = useWords("identity.settings");
  const { me, languages, done } = loaderData;
  const resultOf = (intent: string) => (actionData?.intent === intent ? actionData : undefined);
  return (
    <NarrowPage>
      <SettingsHeader />
      {done && !actionData && (
        <div className="mb-8">
          <Notice mood="good">{words.saved}</Notice>
        </div>
      )}
      <Section id="you" title={words.you} text={words.youText}>
        <PictureForm key={me.pictureUrl} me={me} result={resultOf("picture")} />
        <ProfileForm me={me} result={resultOf("profile")} languages={languages} />
      </Section>
    </NarrowPage>
  );
}
