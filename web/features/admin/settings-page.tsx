import { redirect, useSearchParams } from "react-router";
import { z } from "zod";

import { InstallationChange, installation, reviewRules } from "#contract/installation.ts";
import { call } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { said, useWords, words } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { RadioGroup } from "#web/ui/choice.tsx";
import { Field, TextArea } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { Notice } from "#web/ui/surface.tsx";

import type { Route } from "./+types/settings-page";

export async function loader({ context }: Route.LoaderArgs) {
  return {
    settings: await call(context, installation.settings, {}),
    reviewRules,
    words: words(context, ["admin.settings"]),
  };
}

/** Sites as they are written in one field: a line each, or however else they are set apart. */
const sites = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .pipe(z.array(z.string()));

export async function action({ request, context }: Route.ActionArgs) {
  const Change = InstallationChange.extend({ redirectSites: sites.default([]) });
  const result = await formResult(request, Change, (body) => call(context, installation.change, { body }));
  return result.ok ? redirect("/admin/settings?done") : result;
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: said(loaderData?.words)?.["admin.settings"].pageTitle },
];

export default function SettingsPage({ loaderData: { settings, reviewRules }, actionData }: Route.ComponentProps) {
  const words = useWords("admin.settings");
  const [search] = useSearchParams();
  return (
    <div className="max-w-[38rem]">
      <h2 className="mb-6">{words.title}</h2>
      {search.has("done") && !actionData && (
        <div className="mb-6">
          <Notice mood="good">{words.saved}</Notice>
        </div>
      )}
      <Form result={actionData} className="grid gap-7">
        <Field
          name="name"
          label={words.name}
          hint={words.nameHint}
          defaultValue={settings.name}
          maxLength={60}
          required
        />
        <RadioGroup
          name="review"
          label={words.review}
          hint={words.reviewHint}
          defaultValue={settings.review}
          options={reviewRules.map((rule) => ({ value: rule, label: words[rule], hint: words[`${rule}Hint`] }))}
        />
        <TextArea
          name="redirectSites"
          label={words.redirectSites}
          hint={words.redirectSitesHint}
          defaultValue={settings.redirectSites.join("\n")}
          spellCheck={false}
          optional
        />
        <SubmitButton className="justify-self-start">{words.save}</SubmitButton>
      </Form>
    </div>
  );
}
