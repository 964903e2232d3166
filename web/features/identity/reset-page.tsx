import { redirect } from "react-router";

import { auth, ResetInput } from "#contract/identity.ts";
import { onToSecond } from "#web/features/identity/act.ts";
import { Entrance } from "#web/features/identity/components/entrance.tsx";
import { PasswordField } from "#web/features/identity/components/password-field.tsx";
import { tokenIn } from "#web/features/identity/components/token.ts";
import { call } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { houseOf } from "#web/platform/house.ts";
import { said, useWords, words } from "#web/platform/words.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { Form } from "#web/ui/form.tsx";

import type { Route } from "./+types/reset-page";

export function loader({ request, context }: Route.LoaderArgs) {
  const token = tokenIn(request, "/forgot");
  return { token, words: words(context, ["identity.reset", "identity.entrance", "identity.password"]) };
}

export async function action({ request, context }: Route.ActionArgs) {
  const result = await formResult(request, ResetInput, (body) => call(context, auth.resetPassword, { body }));
  return result.ok ? redirect("/me") : (onToSecond(result, "/me") ?? result);
}

export const meta: Route.MetaFunction = ({ loaderData, matches }) => [
  { title: `${said(loaderData?.words)?.["identity.reset"].title} · ${houseOf(matches)}` },
  { name: "robots", content: "noindex" },
];

export default function ResetPage({ loaderData, actionData }: Route.ComponentProps) {
  const words = useWords("identity.reset");
  if (actionData?.code === "auth.link_invalid") {
    return (
      <Entrance title={words.oldTitle} lead={words.oldLead}>
        <ButtonLink to="/forgot" variant="primary" size="lg" wide>
          {words.again}
        </ButtonLink>
      </Entrance>
    );
  }
  return (
    <Entrance title={words.title} lead={words.lead}>
      <Form result={actionData} className="grid gap-5">
        <input type="hidden" name="token" value={loaderData.token} />
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
    </Entrance>
  );
}
