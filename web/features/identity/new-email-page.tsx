import { signIn, TokenInput } from "#contract/security.ts";
import { Entrance } from "#web/features/identity/components/entrance.tsx";
import { tokenIn } from "#web/features/identity/components/token.ts";
import { call } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { houseOf } from "#web/platform/house.ts";
import { said, useWords, words } from "#web/platform/words.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { Form } from "#web/ui/form.tsx";

import type { Route } from "./+types/new-email-page";

export function loader({ request, context }: Route.LoaderArgs) {
  const token = tokenIn(request, "/me/security");
  return { token, words: words(context, ["identity.newEmail", "identity.entrance"]) };
}

export function action({ request, context }: Route.ActionArgs) {
  return formResult(request, TokenInput, (body) => call(context, signIn.confirmEmail, { body }));
}

export const meta: Route.MetaFunction = ({ loaderData, matches }) => [
  { title: `${said(loaderData?.words)?.["identity.newEmail"].title} · ${houseOf(matches)}` },
  { name: "robots", content: "noindex" },
];

export default function NewEmailPage({ loaderData, actionData }: Route.ComponentProps) {
  const words = useWords("identity.newEmail");
  if (actionData) {
    return (
      <Entrance
        title={actionData.ok ? words.doneTitle : words.oldTitle}
        lead={actionData.ok ? words.doneLead : words.oldLead}
      >
        <ButtonLink to="/me/security" variant="primary" size="lg" wide>
          {actionData.ok ? words.go : words.back}
        </ButtonLink>
      </Entrance>
    );
  }
  return (
    <Entrance title={words.title} lead={words.lead}>
      <Form>
        <input type="hidden" name="token" value={loaderData.token} />
        <SubmitButton size="lg" wide>
          {words.submit}
        </SubmitButton>
      </Form>
    </Entrance>
  );
}
