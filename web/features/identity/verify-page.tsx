import { redirect } from "react-router";

import { auth, VerifyCode, VerifyLink } from "#contract/identity.ts";
import { CodeForm } from "#web/features/identity/components/code-form.tsx";
import { Entrance } from "#web/features/identity/components/entrance.tsx";
import { call } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { localPath } from "#web/platform/next.ts";
import { useWords, words } from "#web/platform/words.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { Form } from "#web/ui/form.tsx";

import type { Route } from "./+types/verify-page";

export function loader({ request, context }: Route.LoaderArgs) {
  const token = new URL(request.url).searchParams.get("token") ?? "";
  return { token, words: words(context, ["identity.verify", "identity.entrance"]) };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await request.formData();
  const next = localPath(form.get("next"), "/me");
  form.delete("next");
  const schema = form.has("token") ? VerifyLink : VerifyCode;
  const result = await formResult(form, schema, (body) => call(context, auth.verify, { body }));
  return result.ok ? redirect(localPath(result.value.next, next)) : result;
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: `${loaderData?.words["identity.verify"].title} · Plenary` },
  { name: "robots", content: "noindex" },
];

export default function VerifyPage({ loaderData, actionData }: Route.ComponentProps) {
  const words = useWords("identity.verify");
  if (!loaderData.token) {
    return (
      <Entrance title={words.title} lead={words.codeLead}>
        <CodeForm email={actionData?.typed.email} result={actionData} />
      </Entrance>
    );
  }
  if (actionData) {
    return (
      <Entrance title={words.oldTitle} lead={words.oldLead}>
        <ButtonLink to="/sign-in" variant="primary" size="lg" wide>
          {words.signIn}
        </ButtonLink>
      </Entrance>
    );
  }
  return (
    <Entrance title={words.title} lead={words.lead}>
      {/* A button and no more: mail programs follow links on their own, and must not use this one up. */}
      <Form>
        <input type="hidden" name="token" value={loaderData.token} />
        <SubmitButton size="lg" wide>
          {words.submit}
        </SubmitButton>
      </Form>
    </Entrance>
  );
}
